using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// Status of reports and observations. The official table maps come first; they leave some codes of HL7 tables 0085 and 0123
/// open, for which FHIR's own definitions of the statuses decide.
/// </summary>
internal static class ResultStatus
{
    /// <summary>DiagnosticReport.status from OBR-25.</summary>
    public static void SetReportStatus(FhirNode report, Value status)
    {
        if (report.TrySetMapped("status", status, TableMaps.ResultStatusNonQueries)) return; // OBR-25 ResultStatus[Non-Queries]
        var open = status.Text switch
        {
            "A" => "partial", // some results are there, not all
            "M" => "preliminary", // corrected, but not final
            "N" => "registered", // done, results pending
            _ => null,
        };
        if (open is null) report.Set("status", "unknown");
        else report.Set("status", open, status.Leaf);
    }

    /// <summary>Observation.status from OBX-11.</summary>
    /// <param name="report">OBR-25: stands in where OBX-11 is empty.</param>
    public static void SetObservationStatus(FhirNode observation, Value status, Value report)
    {
        if (status.Leaf < 0)
        {
            var implied = report.Text switch { "F" => "final", "C" => "corrected", "P" => "preliminary", "X" => "cancelled", _ => "unknown" };
            observation.Set("status", implied, report.Leaf);
            return;
        }

        if (observation.TrySetMapped("status", status, TableMaps.ObservationResultStatusCodesInterpretation)) return; // OBX-11 ObservationResultStatusCodesInterpretation
        var open = status.Text switch
        {
            "B" => "amended", // appended: reviewed, and more was said
            "I" or "O" => "registered", // specimen in the laboratory; description of the order only
            "N" => "cancelled", // not asked
            "R" or "S" => "preliminary", // entered and not verified; partial
            "U" or "V" => "final", // now final; verified
            _ => null,
        };
        if (open is null) observation.Set("status", "unknown");
        else observation.Set("status", open, status.Leaf);
    }
}
