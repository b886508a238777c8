using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>TQ1[ServiceRequest] and TQ[ServiceRequest]: how much, when and how often, and how urgently.</summary>
internal static class Tq1ServiceRequest
{
    /// <param name="group">Its ServiceRequest has one place for a timing: of a sequence of TQ1 the first takes it, the others are carried.</param>
    public static void Map(SegmentValue tq1, OrderGroup group)
    {
        tq1[1].Drop(DropRule.SetId);
        var request = group.Request;
        if (!request.Exists || request.Has("occurrenceTiming")) return;
        Quantities.SetQuantity(request, "quantityQuantity", tq1[2]); // TQ1-2 CQ[Quantity]
        if (!request.Has("priority")) request.SetMapped("priority", tq1[9].First, TableMaps.ExtendedPriorityCodes); // TQ1-9 ExtendedPriorityCodes
        Condition(request, tq1[10], tq1[3].First[1]); // TQ1-10 extension??-performance-condition
        Note(request, tq1[11]); // TQ1-11 note
        Tq1Timing.Map(tq1, request.Object("occurrenceTiming")); // TQ1-3 RPT[Timing]
        Replace(group, tq1[7]);
    }

    /// <summary>TQ[ServiceRequest]: ORC-7 and OBR-27 as they were before version 2.5.</summary>
    public static void FromTq(Value tq, OrderGroup group)
    {
        var request = group.Request;
        if (!tq.HasValue || !request.Exists) return;
        if (!request.Has("quantityQuantity")) Quantities.SetQuantity(request, "quantityQuantity", tq[1]); // TQ.1 CQ[Quantity]
        if (!request.Has("priority")) request.SetMapped("priority", tq[6], TableMaps.ExtendedPriorityCodes); // TQ.6 ExtendedPriorityCodes
        Condition(request, tq[7], tq[2][1]); // TQ.7 extension??-condition
        if (tq[8].HasValue) request.Item("note").SetJoined("text", " "u8, tq[8]); // TQ.8 note
        Tq.ToTiming(request.Object("occurrenceTiming"), tq);
        Replace(group, tq[4]);
    }

    // R4 has one occurrence. OBR-6 is the older of the two (HL7 v2.8.2 4.5.3.6): it then says when the timing begins, if that does not.
    private static void Replace(OrderGroup group, Value start)
    {
        var (request, requested) = (group.Request, group.Obr[6].First);
        if (!request.Find("occurrenceTiming").Populated || !request.Has("occurrenceDateTime")) return;
        request.Find("occurrenceDateTime").Remove();
        var repeat = request.Object("occurrenceTiming").Object("repeat");
        if (start.Leaf >= 0 && start.Is(requested.Utf8)) requested.Drop(DropRule.SameAsOther);
        else if (repeat.Find("boundsPeriod").Has("start") || repeat.Has("boundsDuration")) requested.Note(CarryReason.NoRoom);
        else repeat.Object("boundsPeriod").SetDateTime("start", requested);
    }

    // The official map has no element for the condition; R4 has one for what must be so before the service is done.
    private static void Condition(FhirNode request, Value condition, Value pattern)
    {
        if (request.Has("asNeededBoolean") || request.Has("asNeededCodeableConcept")) return;
        if (condition.HasValue) request.Object("asNeededCodeableConcept").SetJoined("text", " "u8, condition);
        else if (RepeatPattern.IsAsNeeded(pattern)) request.Set("asNeededBoolean", true, pattern.Leaf);
    }

    private static void Note(FhirNode request, FieldValue text)
    {
        foreach (var line in text)
        {
            if (line.HasValue) request.Item("note").SetJoined("text", " "u8, line);
        }
    }
}
