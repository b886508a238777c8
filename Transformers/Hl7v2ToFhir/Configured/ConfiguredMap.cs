using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>One checked map file: what a source's fields go to.</summary>
/// <param name="File">Its name, without folder.</param>
/// <param name="Source">Id of the source, or * for all.</param>
public sealed record ConfiguredMap(string File, string Source, IReadOnlyList<ConfiguredSegment> Segments);

/// <summary>The fields of one segment and the resource they go to.</summary>
/// <param name="Segment">Such as ZPD.</param>
/// <param name="Resource">Its type.</param>
/// <param name="Key">For a new resource the fields that make its id; empty where the nearest one before the segment is added to.</param>
/// <param name="Category">For a new resource.</param>
/// <param name="Constants">For a new resource elements that are always the same, as JSON.</param>
public sealed record ConfiguredSegment(
    string Segment, string Resource, IReadOnlyList<FieldPlace> Key, SharingCategory Category, IReadOnlyList<KeyValuePair<string, string>> Constants, IReadOnlyList<ConfiguredField> Fields)
{
    public bool IsNew => Key.Count > 0;
}

/// <param name="Number">Field number.</param>
/// <param name="Component">0 for the whole field.</param>
public readonly record struct FieldPlace(int Number, int Component);

/// <param name="Steps">The elements on the way, each with whether it is a list; of an extension only extension.</param>
/// <param name="Url">The extension's, or null.</param>
/// <param name="Type">FHIR data type.</param>
/// <param name="Table">Official table map that codes go through, or null.</param>
public sealed record ConfiguredField(FieldPlace From, IReadOnlyList<(string Name, bool IsList)> Steps, string? Url, string Type, TableMap? Table);
