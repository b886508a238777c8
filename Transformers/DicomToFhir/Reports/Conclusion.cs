using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// What a report comes to: the text of its impression, conclusion and summary (PS3.16-2024 CID 7002 and their sections in CID 7001, and what LOINC calls
/// so), in the order of the document.
/// </summary>
internal static class Conclusion
{
    private static readonly (string Scheme, string Code)[] Names =
    [
        ("DCM", "121072"), ("DCM", "121073"), ("DCM", "121076"), ("DCM", "121077"), ("DCM", "121111"), ("LN", "19005-8"), ("LN", "55110-1"), ("LN", "55112-7"),
    ];

    public static void Set(StudyMapping mapping, FhirNode report, ContentItem root)
    {
        var said = new List<AttributeValue>();
        Find(root, said);
        if (said.Count == 0) return;
        report.Set("conclusion", mapping.Text(string.Join('\n', said.Select(value => value.Text.ReplaceLineEndings("\n").Trim()))));
        foreach (var value in said) report.AlsoFrom("conclusion", value.Leaf);
    }

    private static void Find(ContentItem item, List<AttributeValue> said)
    {
        if (Array.Exists(Names, name => item.Names(name.Scheme, name.Code)))
        {
            said.AddRange(item.All().Where(each => each.ValueType is "TEXT" or "CODE" && each.Relationship is "" or "CONTAINS").SelectMany(ContentValue.Of).Select(value => value.Value));
            return;
        }

        foreach (var child in item.Children) Find(child, said);
    }
}
