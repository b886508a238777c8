using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// One item of a content tree (PS3.3-2024 C.17.3). The depth and the number of items were bounded when the manifest was written.
/// </summary>
internal sealed class ContentItem(Attributes attributes)
{
    /// <summary>The root: the document itself.</summary>
    public static ContentItem RootOf(Attributes document) => new(document);

    public Attributes Attributes => attributes;

    /// <summary>CONTAINER, TEXT, CODE, NUM, IMAGE and so on; empty where it refers to another item of the tree.</summary>
    public string ValueType { get; } = attributes.Text("0040A040");

    /// <summary>CONTAINS, HAS PROPERTIES, INFERRED FROM and so on; empty for the root.</summary>
    public string Relationship { get; } = attributes.Text("0040A010");

    /// <summary>Concept Name Code Sequence.</summary>
    public Attributes? Concept { get; } = attributes.First("0040A043")?.Item;

    public IReadOnlyList<ContentItem> Children { get; } = [.. attributes.All("0040A730").Select(value => value.Item).OfType<Attributes>().Select(item => new ContentItem(item))];

    public bool Names(string scheme, string code) => CodedConcept.Is(Concept, scheme, code);

    /// <summary>This one and all below it, in the order of the document.</summary>
    public IEnumerable<ContentItem> All() => Children.SelectMany(child => child.All()).Prepend(this);
}
