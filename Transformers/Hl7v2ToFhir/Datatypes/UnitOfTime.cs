using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>CWE[Timing-DurationUnit], CQ[Decimal], CQ[Code]: units of time, of which FHIR takes those of UCUM alone (R4 valueset-units-of-time).</summary>
public static class UnitOfTime
{
    /// <summary>Sets the UCUM code of a unit that is sent as UCUM, as ISO+, or in an English word.</summary>
    /// <returns>False where it is no unit of time that is known: the value is carried then.</returns>
    public static bool SetUnitOfTime(this FhirNode node, string name, Value unit)
    {
        var leaf = unit.Leaf;
        if (leaf < 0) return false;
        if (Of(unit.Utf8) is not { } code)
        {
            unit.Note(CarryReason.NoTableRow);
            return false;
        }

        node.Set(name, code, leaf); // CWE.1 repeat.durationUnit
        return true;
    }

    /// <summary>CQ[Quantity] as a Duration. Without a unit of time there is none (R4 drt-1), and the value is carried.</summary>
    public static bool SetDuration(FhirNode node, string name, Value cq)
    {
        if (!Numbers.IsDecimal(cq[1].Utf8) || Of(cq[2][1].Utf8) is null)
        {
            cq.Note(CarryReason.NoUnitOfTime);
            return false;
        }

        var duration = node.Object(name);
        duration.SetDecimal("value", cq[1]);
        duration.SetText("unit", cq[2][2].Leaf >= 0 ? cq[2][2] : cq[2][1]);
        duration.Constant("system", "http://unitsofmeasure.org").SetUnitOfTime("code", cq[2][1]);
        return true;
    }

    /// <returns>The UCUM code: s, min, h, d, wk, mo or a; null where the text is no unit of time.</returns>
    public static string? Of(ReadOnlySpan<byte> unit)
    {
        unit = unit.Trim((byte)' ');
        if (unit.Length is 0 or > 16) return null;
        Span<char> small = stackalloc char[unit.Length];
        for (var at = 0; at < unit.Length; at++) small[at] = char.ToLowerInvariant((char)unit[at]);
        // A small m alone is a metre in UCUM, a capital one a minute or a month: none of them is taken.
        return small switch
        {
            "s" or "sec" or "secs" or "second" or "seconds" => "s",
            "min" or "mins" or "minute" or "minutes" => "min",
            "h" or "hr" or "hrs" or "hour" or "hours" => "h",
            "d" or "day" or "days" => "d",
            "wk" or "w" or "week" or "weeks" => "wk",
            "mo" or "mon" or "month" or "months" => "mo",
            "a" or "ann" or "yr" or "year" or "years" => "a",
            _ => null,
        };
    }

    /// <summary>The letters of HL7 table 0335, and of TQ.3 and RXE-22: here M is a minute, and L a month.</summary>
    /// <returns>The UCUM code, or null.</returns>
    internal static string? OfLetter(byte letter) =>
        letter switch { (byte)'S' => "s", (byte)'M' => "min", (byte)'H' => "h", (byte)'D' => "d", (byte)'W' => "wk", (byte)'L' => "mo", _ => null };

    /// <returns>How many seconds the unit has; null for months and years, which differ.</returns>
    public static int? SecondsOf(string unit) => unit switch { "s" => 1, "min" => 60, "h" => 3600, "d" => 86_400, "wk" => 604_800, _ => null };
}
