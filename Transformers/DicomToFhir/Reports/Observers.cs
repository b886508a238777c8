using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// Who made a report and who answers for it (PS3.3-2024 C.17.2, PS3.16-2024 TID 1001). A name without a registration number is nobody in the index of
/// professionals: it stands as it was sent.
/// </summary>
internal static class Observers
{
    public static void Set(StudyMapping mapping, FhirNode report, StudyDocument document)
    {
        var authors = Items(document.Attributes, "0040A078").Select(author => author.First("0040A123")).OfType<AttributeValue>().ToList();
        // Person Observer Name, in the tree.
        if (authors.Count == 0) authors = [.. document.Content.All().Where(item => item.Names("DCM", "121008")).Select(item => item.Attributes.First("0040A123")).OfType<AttributeValue>()];
        foreach (var author in authors) Person(mapping, report.Item("performer"), author);
        foreach (var verifier in Items(document.Attributes, "0040A073"))
        {
            if (verifier.First("0040A075") is not { } name) continue;
            var person = report.Item("resultsInterpreter");
            Person(mapping, person, name, verifier.First("0040A027"));
        }
    }

    /// <summary>The last verification; null where nobody verified it.</summary>
    public static AttributeValue? VerifiedAt(StudyDocument document) =>
        Items(document.Attributes, "0040A073").Select(verifier => verifier.First("0040A030")).OfType<AttributeValue>().MaxBy(at => at.Text, StringComparer.Ordinal);

    private static IEnumerable<Attributes> Items(Attributes stated, string tag) => stated.All(tag).Select(value => value.Item).OfType<Attributes>();

    private static void Person(StudyMapping mapping, FhirNode person, AttributeValue name, AttributeValue? organization = null)
    {
        if (name.Name.Count == 0) return;
        var said = string.Join(' ', name.Name.Select(group => string.Join(' ', group.Text.Split('^', StringSplitOptions.RemoveEmptyEntries))));
        person.Set("display", mapping.Text(organization is null ? said : $"{said}, {organization.Text}"), organization?.Leaf ?? FhirNode.NoLeaf);
        foreach (var group in name.Name) person.AlsoFrom("display", group.Leaf);
    }
}
