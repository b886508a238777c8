using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// TQ[ServiceRequest] and TQ[MedicationRequest], as far as they fill a Timing: timing/quantity (HL7 v2.5.1 2.A.81), what TQ1 was before
/// version 2.5. The caller takes TQ.1 quantity, TQ.6 priority, TQ.7 condition and TQ.8 text.
/// </summary>
public static class Tq
{
    public static void ToTiming(FhirNode timing, Value tq)
    {
        if (!tq.HasValue) return;
        Ri.ToTiming(timing, tq[2]); // TQ.2 RI[Timing]
        var repeat = timing.Object("repeat");
        if (tq[4].HasValue || tq[5].HasValue)
        {
            repeat.Object("boundsPeriod").SetDateTime("start", tq[4]); // TQ.4 occurrenceTiming.repeat.boundsPeriod.start
            repeat.Object("boundsPeriod").SetDateTime("end", tq[5]); // TQ.5 occurrenceTiming.repeat.boundsPeriod.end
            tq[3].Note(CarryReason.NoRoom);
        }
        else
        {
            Duration(repeat, tq[3]); // TQ.3 occurenceTiming.repeat.boundsDuration.value
        }

        repeat.SetPositiveInteger("count", tq[12]); // TQ.12 occurrenceTiming.repeat.count
    }

    // S, M, H, D, W or L before a whole number: seconds, minutes, hours, days, weeks, months (HL7 v2.5.1 2.A.81.3). X is a number of times.
    private static void Duration(FhirNode repeat, Value duration)
    {
        var leaf = duration.Leaf;
        if (leaf < 0) return;
        var text = duration.Utf8.Trim((byte)' ');
        var number = text[1..];
        if (number.IsEmpty || number.Length > 6 || number.ContainsAnyExceptInRange((byte)'0', (byte)'9') || number[0] == (byte)'0')
        {
            duration.Note(CarryReason.NoUnitOfTime);
            return;
        }

        if (text[0] == (byte)'X')
        {
            repeat.SetRaw("count", repeat.Arena.Write(number), leaf);
            return;
        }

        var unit = UnitOfTime.OfLetter(text[0]);
        if (unit is null)
        {
            duration.Note(CarryReason.NoUnitOfTime);
            return;
        }

        var bounds = repeat.Object("boundsDuration");
        bounds.SetRaw("value", repeat.Arena.Write(number), leaf);
        bounds.Constant("unit", unit).Constant("system", "http://unitsofmeasure.org").Constant("code", unit); // TQ.3 occurenceTiming.repeat.boundsDuration.unit occurenceTiming.repeat.boundsDuration.system
    }
}
