using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Resources;

/// <summary>An item of a code sequence (PS3.3-2024 8.8) as CodeableConcept.</summary>
internal static class CodedConcept
{
    public const string DicomTerms = "http://dicom.nema.org/resources/ontology/DCM";
    public const string Snomed = "http://snomed.info/sct";
    public const string Ucum = "http://unitsofmeasure.org";

    private const string Meaning = "00080104";
    private const string Scheme = "00080102";

    /// <summary>Code Value, else Long Code Value, else URN Code Value: one of them stands in each item.</summary>
    public static AttributeValue? CodeOf(Attributes item) => item.First("00080100") ?? item.First("00080119") ?? item.First("00080120");

    public static AttributeValue? MeaningOf(Attributes? item) => item?.First(Meaning);

    /// <summary>Whether the item is that code; a scheme may stand for another, as SRT did for SCT.</summary>
    public static bool Is(Attributes? item, string scheme, string code) => item is not null && CodeOf(item)?.Text == code && item.Text(Scheme) == scheme;

    /// <summary>A coding with its display; the meaning alone where the item has no code. Nothing where it has neither.</summary>
    public static void Set(StudyMapping mapping, FhirNode concept, Attributes? item)
    {
        if (item is null) return;
        if (CodeOf(item) is { Text.Length: > 0 } code)
        {
            var coding = concept.Item("coding");
            System(mapping, coding, item);
            mapping.Set(coding, "code", code);
            if (item.First("00080103") is { } version && item.Text(Scheme) is not ("SCT" or "DCM" or "LN" or "UCUM")) mapping.Set(coding, "version", version);
            mapping.Set(coding, "display", item.First(Meaning));
        }
        else mapping.Set(concept, "text", item.First(Meaning));
    }

    public static void System(StudyMapping mapping, FhirNode coding, Attributes item)
    {
        if (item.First(Scheme) is { } scheme) coding.Set("system", SystemOf(mapping, scheme.Text), scheme.Leaf);
    }

    // PS3.16-2024 section 8: the designators that have a URI in FHIR; any other is the source's own word.
    private static FhirText SystemOf(StudyMapping mapping, string designator) => designator.Trim() switch
    {
        "SCT" => mapping.Text(Snomed),
        "SRT" => mapping.Text("http://snomed.info/srt"),
        "LN" => mapping.Text("http://loinc.org"),
        "DCM" => mapping.Text(DicomTerms),
        "RADLEX" => mapping.Text("http://radlex.org"),
        "UCUM" => mapping.Text(Ucum),
        _ => mapping.LocalUri(designator),
    };
}
