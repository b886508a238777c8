using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Documents;

/// <summary>DocumentReference.status and docStatus: from the event, TXA-17 (HL7 table 0271) and TXA-19 (HL7 table 0273).</summary>
internal static class TxaStatus
{
    private const string AlternateCodes = "http://hl7.org/fhir/StructureDefinition/alternate-codes";

    public static void Set(FhirNode document, SegmentValue txa)
    {
        var trigger = txa.Mapping.Segments[0][9].First[2];
        var available = txa[19].First;
        if (trigger.Is("T11"u8)) document.Set("status", "entered-in-error", trigger.Leaf);
        else if (available.Leaf >= 0) document.Set("status", available.Text switch { "CA" => "entered-in-error", "OB" => "superseded", _ => "current" }, available.Leaf); // TXA-19 IF TXA-19 = "AV"
        else document.Constant("status", "current"); // TXA IF TXA-19 NOT VALUED
        if (available.Leaf >= 0) // TXA-19 IF TXA-19 IN ("CA", "OB", "UN")
        {
            document.Object("_status").Extension(AlternateCodes).Object("valueCodeableConcept").Item("coding")
                .Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0273").Set("code", txa.Mapping.Arena.Write(available.Utf8), available.Leaf);
        }

        Completion(document, txa[17].First, trigger);
    }

    // TXA-17 ID[code]
    private static void Completion(FhirNode document, Value completion, Value trigger)
    {
        if (trigger.Is("T11"u8))
        {
            document.Set("docStatus", "entered-in-error", trigger.Leaf);
            if (completion.Leaf >= 0) completion.Note(CarryReason.EventDecides);
            return;
        }

        if (completion.Leaf < 0) return;
        // An edit of what was final before amends it (R4 composition-status).
        var edited = trigger.IsOneOf("T07"u8, "T08"u8);
        var status = completion.Text switch
        {
            "DI" or "DO" or "IN" or "IP" or "PA" => "preliminary",
            "AU" or "LA" => edited ? "amended" : "final",
            _ => null,
        };
        if (status is null) completion.Note(CarryReason.NoTableRow);
        else document.Set("docStatus", status, completion.Leaf);
    }
}
