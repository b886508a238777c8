using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>Encounter.status, which R4 requires: from the event, from the time of discharge, or from the patient class.</summary>
internal static class EncounterStatus
{
    /// <returns>The status set.</returns>
    public static string Set(FhirNode encounter, SegmentValue pv1)
    {
        var type = pv1.Mapping.Segments[0][9].First;
        var trigger = type[1].Is("ADT"u8) ? type[2] : default;
        var byEvent = trigger.Leaf >= 0 && TableMaps.EventEncounterStatus.TryGet(trigger.Utf8, out var mapped) ? mapped.CodeText : null; // MSH-9 Event[EncounterStatus]
        if (trigger.Leaf >= 0 && trigger.IsOneOf("A11"u8, "A13"u8)) return Put(encounter, byEvent ?? "unknown", trigger);
        if (pv1[45].HasValue) return Put(encounter, "finished", pv1[45]); // PV1-45 IF PV1-45 VALUED
        // An update (A08) says nothing about the status: unknown, which leaves the one in the record as it is.
        if (byEvent is not null) return Put(encounter, byEvent, trigger);
        return pv1[2].First.Leaf >= 0 && TableMaps.PatientClassEncounterStatus.TryGet(pv1[2].First.Utf8, out var byClass)
            ? Put(encounter, byClass.CodeText, pv1[2]) // PV1-2 CWE[code]
            : Put(encounter, "unknown", default);
    }

    private static string Put(FhirNode encounter, string status, Value from)
    {
        encounter.Set("status", status, from.Mapping is null ? FhirNode.NoLeaf : from.Leaf);
        return status;
    }
}
