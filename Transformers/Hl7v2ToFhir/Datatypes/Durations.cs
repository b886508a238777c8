using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>A number and a unit of time in two fields, as in SCH-9 and SCH-10, or AIS-7 and AIS-8.</summary>
internal static class Durations
{
    /// <param name="units">CNE or CWE: its code, else its text, says the unit.</param>
    /// <returns>False where either is absent or no duration up to a year.</returns>
    public static bool TryRead(Value number, Value units, out TimeSpan duration)
    {
        duration = default;
        if (!decimal.TryParse(number.Utf8, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
        var seconds = SecondsOf(units[1]) ?? SecondsOf(units[2]);
        if (seconds is null || Math.Abs(count) > 31_622_400m / seconds) return false;
        duration = TimeSpan.FromSeconds((double)(count * seconds.Value));
        return true;
    }

    /// <summary>Sets a time from another plus a duration, in the form and zone of the first.</summary>
    /// <param name="from">dateTime or instant with a time of day.</param>
    /// <returns>False where that is not so, and in the last years of the calendar.</returns>
    public static bool SetLater(this FhirNode node, string name, string? from, TimeSpan duration, Value number)
    {
        if (from is not { Length: > 10 } || !DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, out var time)) return false;
        // No sum of up to a year then leaves the years that there are, in any zone.
        if (time.Year is < 3 or > 9997) return false;
        var text = time.Add(duration).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        node.Set(name, node.Arena.Write(text.AsSpan()), number.Leaf);
        return true;
    }

    /// <summary>Says that the units, code and text, went into what was made with them.</summary>
    public static void AlsoFromAll(this FhirNode node, string name, Value units)
    {
        for (var leaf = units.From; leaf < units.Until; leaf++) node.AlsoFrom(name, leaf);
    }

    // M is ambiguous elsewhere, but no visit takes months: here it is a minute.
    private static int? SecondsOf(Value unit) => unit.IsOneOf("M"u8, "m"u8) ? 60 : UnitOfTime.Of(unit.Utf8) is { } code ? UnitOfTime.SecondsOf(code) : null;
}
