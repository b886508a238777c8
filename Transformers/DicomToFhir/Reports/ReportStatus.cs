using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// SR Document General Module (PS3.3-2024 C.17.2): Completion (0040,A491), Preliminary (0040,A496) and Verification Flag (0040,A493) as DiagnosticReport.status.
/// A file in a data set has the last of them only, or none: then nobody said how far it may be trusted.
/// </summary>
internal static class ReportStatus
{
    public static string Of(DocumentChain chain)
    {
        var status = Alone(chain.Current);
        // What followed a draft is its end, not its correction. A predecessor that is not here was given out elsewhere, as a report.
        return status == "final" && chain.Current.Predecessor.Length > 0 && (chain.Earlier.Count == 0 || chain.Earlier.Any(earlier => Alone(earlier) == "final")) ? "corrected" : status;
    }

    public static void Set(FhirNode report, DocumentChain chain)
    {
        var stated = chain.Current.Attributes;
        report.Set("status", Of(chain));
        foreach (var flag in (AttributeValue?[])[stated.First("0040A491"), stated.First("0040A496"), stated.First("0040A493")]) report.AlsoFrom("status", flag?.Leaf ?? FhirNode.NoLeaf);
    }

    /// <summary>R4 Observation.status has no word for a part of a report.</summary>
    public static string OfObservation(string report) => report == "partial" ? "preliminary" : report;

    /// <summary>R4 DocumentReference.docStatus; null where nobody said.</summary>
    public static string? OfDocument(string report) => report switch { "final" => "final", "corrected" => "amended", "partial" or "preliminary" => "preliminary", _ => null };

    private static string Alone(StudyDocument document)
    {
        var (completion, preliminary, verification) = (document.Attributes.Text("0040A491"), document.Attributes.Text("0040A496"), document.Attributes.Text("0040A493"));
        if (completion == "PARTIAL") return "partial";
        if (preliminary == "PRELIMINARY") return "preliminary";
        if (preliminary == "FINAL" || verification == "VERIFIED") return "final";
        return completion.Length + verification.Length > 0 ? "preliminary" : "unknown";
    }
}
