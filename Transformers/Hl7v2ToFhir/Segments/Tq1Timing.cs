using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// TQ1[ServiceRequest] and TQ1[MedicationRequest], as far as they fill a Timing. The caller takes TQ1-2 quantity, TQ1-9 priority,
/// TQ1-10 condition and TQ1-11 text.
/// </summary>
internal static class Tq1Timing
{
    public static void Map(SegmentValue tq1, FhirNode timing)
    {
        var repeat = timing.Object("repeat");
        // Times of the day come first: they rule out events such as meals, and are the more exact.
        foreach (var time in tq1[4]) repeat.AppendTime("timeOfDay", time); // TQ1-4 occurrenceTiming.repeat.timeOfDay
        Rpt.ToTiming(timing, tq1[3].First); // TQ1-3 RPT[Timing]
        if (tq1[3].Count > 1) NoteOthers(tq1[3]);
        Rpt.SetOffset(repeat, tq1[5].First[1], tq1[5].First[2]); // TQ1-5 IF TQ1-3.9 IS EMPTY
        Bounds(repeat, tq1);
        // R4 tim-1: a duration needs its unit.
        var duration = tq1[13].First;
        if (Numbers.IsDecimal(duration[1].Utf8) && repeat.SetUnitOfTime("durationUnit", duration[2][1])) repeat.SetDecimal("duration", duration[1]); // TQ1-13 occurrenceTiming.duration occurrenceTiming.durationUnit
        // The official map says countMax, which R4 (tim-8) allows beside count only: the most there will be is then the count.
        repeat.SetPositiveInteger("count", tq1[14]); // TQ1-14 occurrenceTiming.repeat.countMax
    }

    // The official maps add the duration to the start where the end is missing. FHIR reads a date without time as the end of that day, so
    // the sum would be one day too much for "5 days": with a start the duration stays carried.
    private static void Bounds(FhirNode repeat, SegmentValue tq1)
    {
        if (tq1[7].HasValue || tq1[8].HasValue)
        {
            repeat.Object("boundsPeriod").SetDateTime("start", tq1[7]); // TQ1-7 occurrenceTiming.repeat.boundsPeriod.start
            repeat.Object("boundsPeriod").SetDateTime("end", tq1[8]); // TQ1-8 occurrenceTiming.repeat.boundsPeriod.end
            tq1[6].Note(CarryReason.NoRoom);
        }
        else if (tq1[6].HasValue)
        {
            UnitOfTime.SetDuration(repeat, "boundsDuration", tq1[6]); // TQ1-6 IF TQ1-7 AND TQ1-8 NOT VALUED
        }
    }

    // One Timing has one pattern: a second is not the same said twice, and both together are no code.
    private static void NoteOthers(FieldValue patterns)
    {
        var first = true;
        foreach (var pattern in patterns)
        {
            if (!first) pattern.Note(CarryReason.NoRoom);
            first = false;
        }
    }
}
