using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Indexing;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>What the department that did the service (OBR-24, HL7 table 0074) says of its results.</summary>
/// <param name="ObservationCategory">Observation.category as JSON, or null where the department says none.</param>
internal readonly record struct ServiceSection(SharingCategory Category, string? ObservationCategory)
{
    private const string Laboratory = """[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}]""";
    private const string Imaging = """[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"imaging"}]}]""";

    public bool IsImaging => ObservationCategory == Imaging;

    public static ServiceSection Of(ReadOnlySpan<byte> section) => System.Text.Encoding.ASCII.GetString(section) switch
    {
        "BG" or "BLB" or "CG" or "CH" or "CP" or "GE" or "HM" or "IMM" or "LAB" or "MB" or "MCB" or "MYC" or "OSL" or "SP" or "SR" or "TX" or "VR" =>
            new(SharingCategory.LaboratoryAndRadiologyReports, Laboratory),
        var code when IndexRules.IsImagingSection(code) => new(SharingCategory.LaboratoryAndRadiologyReports, Imaging),
        "ICU" or "NRS" => new(SharingCategory.ObservationsAndLifestyle, null),
        "PHY" => new(SharingCategory.ClinicalNotesAndSummaries, null),
        "AU" or "EC" or "EN" or "OT" or "OTH" or "PF" or "PHR" or "PT" or "RC" or "RT" => new(SharingCategory.OtherInvestigationReports, null),
        _ => new(SharingCategory.LaboratoryAndRadiologyReports, null),
    };
}
