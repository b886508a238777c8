using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXA[Immunization], as far as it says whether something was given: RXA-20, RXA-21 and the amount 999.</summary>
internal static class AdministrationStatus
{
    /// <summary>completed, not-done, or entered-in-error for what the sender deletes.</summary>
    /// <param name="unclear">Status for a completion that the table does not know; null where the resource has none for it.</param>
    public static void Set(FhirNode resource, SegmentValue rxa, string? unclear)
    {
        var (completion, refusal, action) = (rxa[20].First, rxa[18].First, rxa[21].First);
        if (action.Is("D"u8))
        {
            resource.Set("status", "entered-in-error", action.Leaf); // RXA-21 IF RXA-21 EQUALS "D"
            return;
        }

        // What to do with the record: how it is written says it.
        action.Drop(DropRule.RecordAction);
        if (completion.Leaf >= 0 && resource.SetMapped("status", completion, TableMaps.CompletionStatus)) return; // RXA-20 CompletionStatus
        // A reason to refuse, and no other word: it was refused.
        if (completion.Leaf < 0 && refusal.HasValue) resource.Set("status", "not-done", refusal[1].Leaf);
        else if (completion.Leaf >= 0 && unclear is null) AbsentData.Set(resource.Object("_status"));
        else resource.Set("status", completion.Leaf < 0 ? "completed" : unclear!); // RXA-20 IF NOT VALUED AND RXA-21 NOT EQUALS "D"
    }

    /// <summary>999 in the place of an amount that nobody wrote down (HL7 v2.8.2 4A.4.7.6).</summary>
    public static bool IsUnrecorded(Value amount, Value units)
    {
        if (!amount.Is("999"u8) || units.HasValue) return false;
        amount.Note(CarryReason.NotRecorded);
        return true;
    }
}
