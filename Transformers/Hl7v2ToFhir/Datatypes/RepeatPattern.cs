using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.CodeSystems;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// RPT.1, RI-1: how often (HL7 table 0335). The code is kept, and what it says by its definition is written as numbers beside it:
/// Q6H is every 6 hours, BID twice a day.
/// </summary>
public static class RepeatPattern
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The code of a day of the week, of which HL7 v2 counts Monday as 1; null where it is none.</summary>
    public static string? DayOf(ReadOnlySpan<byte> number) => number.Length == 1 && number[0] is >= (byte)'1' and <= (byte)'7' ? Days[number[0] - '1'] : null;

    /// <summary>True for PRN, and PRN with a frequency behind it: as the need arises.</summary>
    public static bool IsAsNeeded(Value pattern) => pattern.Utf8.StartsWith("PRN"u8);

    /// <param name="timing">A Timing: its code and repeat are set.</param>
    /// <param name="pattern">A CWE, or a code alone.</param>
    public static void ToTiming(FhirNode timing, Value pattern)
    {
        if (!pattern.HasValue) return;
        var code = pattern[1].Utf8;
        var stated = pattern[3].Leaf >= 0 && !(CodeSystemNames.TryGetUri(pattern[3].Utf8, out var uri) && uri.EndsWith("/v2-0335"u8));
        var known = !stated && Repeat(timing, code.StartsWith("PRN"u8) ? code[3..] : code, pattern[1].Leaf);
        if (known && !TableMaps.RepeatPattern.TryGet(code, out _))
        {
            var coding = timing.Object("code").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0335");
            coding.SetCode("code", pattern[1]); // RPT.1 code RI-1 code
            coding.SetText("display", pattern[2]);
            timing.Object("code").SetText("text", pattern[9]);
        }
        else
        {
            timing.SetConcept("code", pattern, TableMaps.RepeatPattern); // RPT.1 code RI-1 code
        }
    }

    // True where the pattern is one of the table's.
    private static bool Repeat(FhirNode timing, ReadOnlySpan<byte> code, int leaf)
    {
        var repeat = timing.Object("repeat");
        switch (code)
        {
            case [(byte)'B', (byte)'I', (byte)'D']:
                return Every(repeat, 2, 1, "d", leaf);
            case [(byte)'T', (byte)'I', (byte)'D']:
                return Every(repeat, 3, 1, "d", leaf);
            case [(byte)'Q', (byte)'I', (byte)'D']:
                return Every(repeat, 4, 1, "d", leaf);
            case [(byte)'Q', (byte)'O', (byte)'D']:
                return Every(repeat, 1, 2, "d", leaf);
            case [>= (byte)'5' and <= (byte)'9', (byte)'I', (byte)'D']:
                return Every(repeat, code[0] - '0', 1, "d", leaf);
            case [(byte)'O', (byte)'n', (byte)'c', (byte)'e'] or [(byte)'O', (byte)'N', (byte)'C', (byte)'E']:
                repeat.SetRaw("count", repeat.Arena.Write("1"u8), leaf);
                return true;
            case [(byte)'Q', .. var rest]:
                return EveryNumbered(repeat, rest, leaf);
            default:
                return false;
        }
    }

    // Q<integer>S, M, H, D, W, L and Q<integer>J<day>; without a number it is 1.
    private static bool EveryNumbered(FhirNode repeat, ReadOnlySpan<byte> rest, int leaf)
    {
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 0 or > 4) return false;
        var number = 1;
        if (digits > 0 && (!int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number) || number == 0)) return false;
        rest = rest[digits..];
        if (rest is [(byte)'J', .. var day])
        {
            if (DayOf(day) is not { } name || !Every(repeat, 1, number, "wk", leaf)) return false;
            repeat.Append("dayOfWeek", name, leaf);
            return true;
        }

        if (rest.Length != 1) return false;
        var unit = UnitOfTime.OfLetter(rest[0]);
        return unit is not null && Every(repeat, 1, number, unit, leaf);
    }

    private static bool Every(FhirNode repeat, int frequency, int period, string unit, int leaf)
    {
        repeat.SetRaw("frequency", Digits(repeat.Arena, frequency), leaf);
        repeat.SetRaw("period", Digits(repeat.Arena, period), leaf);
        repeat.Set("periodUnit", unit, leaf);
        return true;
    }

    private static FhirText Digits(FhirArena arena, int number) => arena.Write(number.ToString(CultureInfo.InvariantCulture).AsSpan());
}
