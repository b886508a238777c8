using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>TQ1[ServiceRequest] and RPT[Timing]: how much, when and how often.</summary>
internal static class Tq1ServiceRequest
{
    public static void Map(SegmentValue tq1, FhirNode request)
    {
        tq1[1].Drop(DropRule.SetId);
        // The first TQ1 of an order takes the one place for a timing; a sequence of them is carried.
        if (!request.Exists || request.Has("occurrenceTiming")) return;
        Quantities.SetQuantity(request, "quantityQuantity", tq1[2]); // TQ1-2 CQ[Quantity]
        if (!request.Has("priority")) request.SetMapped("priority", tq1[9].First, TableMaps.ExtendedPriorityCodes); // TQ1-9 ExtendedPriorityCodes
        foreach (var text in tq1[11]) // TQ1-11 note
        {
            if (text.Leaf >= 0) request.Item("note").SetText("text", text);
        }

        if (request.Has("occurrenceDateTime")) return;
        var timing = request.Object("occurrenceTiming");
        var repeat = timing.Object("repeat");
        if (tq1[7].HasValue || tq1[8].HasValue)
        {
            repeat.Object("boundsPeriod").SetDateTime("start", tq1[7]); // TQ1-7 occurrenceTiming.repeat.boundsPeriod.start
            repeat.Object("boundsPeriod").SetDateTime("end", tq1[8]); // TQ1-8 occurrenceTiming.repeat.boundsPeriod.end
        }
        else
        {
            Duration(repeat, "boundsDuration", tq1[6]); // TQ1-6 CQ[Quantity]
        }

        // The official map says countMax, which R4 (tim-9) allows beside count only: the most there will be is then the count.
        repeat.SetPositiveInteger("count", tq1[14]); // TQ1-14 occurrenceTiming.repeat.countMax
        foreach (var time in tq1[4]) repeat.AppendTime("timeOfDay", time); // TQ1-4 occurrenceTiming.repeat.timeOfDay
        if (tq1[3].First[1].HasValue) timing.SetConcept("code", tq1[3].First[1], TableMaps.RepeatPattern); // TQ1-3 RPT[Timing] RPT.1
    }

    // A Duration's unit is one of time in UCUM, or it has no code.
    private static void Duration(FhirNode repeat, string name, Value cq)
    {
        if (!Numbers.IsDecimal(cq[1].Utf8)) return;
        var duration = repeat.Object(name);
        duration.SetDecimal("value", cq[1]);
        Cwe.SetString(duration, "unit", cq[2]);
        if (!cq[2][1].IsOneOf("s"u8, "min"u8) && !cq[2][1].IsOneOf("h"u8, "d"u8) && !cq[2][1].Is("wk"u8)) return;
        duration.Constant("system", "http://unitsofmeasure.org").SetCode("code", cq[2][1]);
    }
}
