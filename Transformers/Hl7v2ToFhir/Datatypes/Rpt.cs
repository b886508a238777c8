using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>RPT[Timing]: repeat pattern (HL7 v2.8.2 2A.66).</summary>
public static class Rpt
{
    /// <param name="timing">A Timing. Times of the day that it has already rule out events such as meals (R4 tim-10).</param>
    public static void ToTiming(FhirNode timing, Value rpt)
    {
        if (!rpt.HasValue) return;
        RepeatPattern.ToTiming(timing, rpt[1]); // RPT.1 code
        if (rpt.PartCount < 2) return;
        var repeat = timing.Object("repeat");
        if (rpt[2].Is("DW"u8)) // RPT.2 IF RPT.2 = "DW"
        {
            Day(repeat, rpt[3], rpt[2].Leaf); // RPT.3 repeat.dayOfWeek[1]
            Day(repeat, rpt[4], rpt[2].Leaf); // RPT.4 repeat.dayOfWeek[2]
        }

        // R4 tim-2: a period needs its unit.
        if (Numbers.IsDecimal(rpt[5].Utf8) && UnitOfTime.Of(rpt[6].Utf8) is not null)
        {
            repeat.SetDecimal("period", rpt[5]); // RPT.5 repeat.period
            repeat.SetUnitOfTime("periodUnit", rpt[6][1]); // RPT.6 repeat.periodUnit
        }

        if (!SetEvent(repeat, rpt[8])) return; // RPT.8 repeat.when
        SetOffset(repeat, rpt[9], rpt[10]); // RPT.9 repeat.offset
    }

    /// <summary>Timing.repeat.offset: a time after or before the event, in whole minutes. It needs an event other than a meal itself (R4 tim-9).</summary>
    /// <param name="unit">In minutes where none is given.</param>
    internal static void SetOffset(FhirNode repeat, Value quantity, Value unit)
    {
        var leaf = quantity.Leaf;
        if (leaf < 0 || !repeat.Has("when") || repeat.Has("offset")) return;
        var factor = unit.Leaf < 0 ? 60 : UnitOfTime.Of(unit.Utf8) is { } code ? UnitOfTime.SecondsOf(code) : null;
        if (factor is null || !decimal.TryParse(quantity.Utf8, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 10_000) return;
        var minutes = number * factor.Value / 60;
        if (minutes != decimal.Truncate(minutes)) return;
        repeat.SetRaw("offset", repeat.Arena.Write(((int)minutes).ToString(CultureInfo.InvariantCulture).AsSpan()), leaf).AlsoFrom("offset", unit.Leaf);
    }

    // HL7 table 0528 has events "between meals", which FHIR does not.
    private static bool SetEvent(FhirNode repeat, Value when)
    {
        if (when.Leaf < 0) return false;
        if (!TableMaps.EventRelatedPeriod.TryGet(when.Utf8, out var mapped) || !mapped.System.EndsWith("/v3-TimingEvent"u8))
        {
            when.Note(CarryReason.NoTableRow);
            return false;
        }

        if (repeat.Has("timeOfDay"))
        {
            when.Note(CarryReason.NoRoom);
            return false;
        }

        repeat.Append("when", repeat.Arena.Write(mapped.Code), when.Leaf);
        return true;
    }

    private static void Day(FhirNode repeat, Value number, int alignment)
    {
        if (number.Leaf < 0) return;
        if (RepeatPattern.DayOf(number.Utf8) is { } day) repeat.Append("dayOfWeek", day, number.Leaf).AlsoFrom("dayOfWeek", alignment);
        else number.Note(CarryReason.NoTableRow);
    }
}
