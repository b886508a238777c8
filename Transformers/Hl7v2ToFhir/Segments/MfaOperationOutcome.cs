using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>MFA: what became of one record of a master file, as an issue of an OperationOutcome (HL7 v2.8.2 8.5.3).</summary>
internal static class MfaOperationOutcome
{
    public static void Map(SegmentValue mfa, FhirNode outcome)
    {
        if (!mfa[4].HasValue) return;
        var issue = outcome.Item("issue");
        // HL7 table 0181: S successful, U unsuccessful.
        var done = mfa[4].First[1].Is("S"u8);
        issue.Set("severity", done ? "information" : "error", mfa[4].First[1].Leaf); // MFA-4 issue.severity
        issue.Set("code", done ? "informational" : "processing");
        issue.SetConcept("details", mfa[4]); // MFA-4 issue.details
        issue.SetJoined("diagnostics", " "u8, mfa[1], mfa[2], mfa[5]); // MFA-1 MFA-2 MFA-5 issue.diagnostics
    }
}
