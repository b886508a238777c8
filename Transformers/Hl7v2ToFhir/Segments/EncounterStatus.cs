using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// MSH[Encounter], and the status rows of PV1[Encounter]. R4 requires Encounter.status: it comes from the event, from the time of
/// discharge, or from the patient class.
/// </summary>
internal static class EncounterStatus
{
    /// <returns>The status set.</returns>
    public static string Set(FhirNode encounter, SegmentValue pv1)
    {
        var type = pv1.Mapping.Segments[0][9].First;
        var number = AdtEvent.Of(pv1.Mapping);
        var trigger = number > 0 ? type[2] : default;
        var byEvent = IsArrival(number) ? "arrived" : trigger.Leaf >= 0 && TableMaps.EventEncounterStatus.TryGet(trigger.Utf8, out var mapped) ? mapped.CodeText : Unlisted(number); // MSH-9 Event[EncounterStatus]
        if (IsCorrection(number)) return Put(encounter, byEvent ?? "unknown", trigger);
        if (pv1[45].HasValue) return Put(encounter, "finished", pv1[45]); // PV1-45 IF PV1-45 VALUED
        // An update (A08) says nothing about the status: unknown, which leaves the one in the record as it is.
        if (byEvent is not null) return Put(encounter, byEvent, trigger);
        return pv1[2].First.Leaf >= 0 && TableMaps.PatientClassEncounterStatus.TryGet(pv1[2].First.Utf8, out var byClass)
            ? Put(encounter, byClass.CodeText, pv1[2]) // PV1-2 CWE[code]
            : Put(encounter, "unknown", default);
    }

    // What the event itself says of the visit, whatever else stands in it: leave of absence, and all that takes something back.
    private static bool IsCorrection(int number) => number is 11 or 13 or 21 or 23 or 27 or 38 or 52 or 53;

    // The official table calls A04 planned; but its patient has arrived or checked in (HL7 v2.8.2 3.3.4, and 3.3.10 for A10).
    private static bool IsArrival(int number) => number is 4 or 10;

    // The events that the official table leaves out, by their text in HL7 v2.8.2 3.3.
    private static string? Unlisted(int number) => number switch
    {
        6 or 7 or 9 or 12 or 15 or 16 or 17 or 22 or 25 or 26 or 33 or 52 => "in-progress",
        14 => "planned",
        21 or 53 => "onleave",
        23 => "entered-in-error",
        27 or 38 => "cancelled",
        // Of the person and not of the visit; links, merges, moves, changed numbers, allergies, other doctors.
        18 or 24 or (>= 28 and <= 32) or >= 34 => "unknown",
        _ => null,
    };

    private static string Put(FhirNode encounter, string status, Value from)
    {
        encounter.Set("status", status, from.Mapping is null ? FhirNode.NoLeaf : from.Leaf);
        return status;
    }
}
