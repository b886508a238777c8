using System.Text;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>
/// \Cxxyy\ and \Mxxyyzz\: the text behind them is in another character set, up to the next one or the end of the segment
/// (HL7 v2.8.2 2.7.3). A message in ASCII or ISO 8859 may switch to the sets that the standard lists there.
/// </summary>
internal static class SwitchEscapes
{
    private const int ShortestLength = 7;
    private const int LongestLength = 9;

    /// <summary>True where the text may hold one: a quick look.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text, Delimiters delimiters) =>
        delimiters.HasEscape && (text.IndexOf([delimiters.Escape, (byte)'C']) >= 0 || text.IndexOf([delimiters.Escape, (byte)'M']) >= 0);

    /// <returns>Offset of the next one, or -1.</returns>
    public static int Find(ReadOnlySpan<byte> text, byte escape, out int length)
    {
        length = 0;
        for (int from = 0; text[from..].IndexOf(escape) is >= 0 and var found; from++)
        {
            from += found;
            length = LengthAt(text[from..], escape);
            if (length > 0) return from;
        }
        return -1;
    }

    /// <summary>Decodes a message of a single-byte set that switches.</summary>
    /// <param name="decoded">What could be decoded.</param>
    /// <returns>Where it ended: the length of the bytes when all is well, else the place of what is not known or not valid.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, byte escape, CharacterSet main, StringBuilder decoded, out bool unknown)
    {
        CharacterSet current = main;
        byte[] kept = [];
        unknown = false;
        int at = 0;
        while (at < bytes.Length)
        {
            int line = bytes[at..].IndexOfAny((byte)'\r', (byte)'\n');
            int end = line < 0 ? bytes.Length : at + line + 1;
            int found = Find(bytes[at..end], escape, out int length);
            int stop = found < 0 ? end : at + found;
            byte[] part = [.. kept, .. bytes[at..stop]];
            if (current.TryDecode(part) is not { } text) return at + Math.Max(0, current.ValidLength(part) - kept.Length);
            decoded.Append(text);
            at = stop;
            if (found < 0)
            {
                current = main;
                kept = [];
                continue;
            }
            ReadOnlySpan<byte> sequence = bytes.Slice(stop, length);
            if (SetOf(sequence, main) is not { } next)
            {
                unknown = true;
                return stop;
            }
            current = next;
            // Japanese text knows its switches itself.
            kept = next.IsJapanese ? [(byte)'\\', .. sequence[1..^1], (byte)'\\'] : [];
            at = stop + length;
        }
        return at;
    }

    /// <summary>True for the switch back to ASCII: in a set that contains ASCII it says nothing.</summary>
    public static bool IsAscii(ReadOnlySpan<byte> sequence) => sequence[1..^1].SequenceEqual("C2842"u8);

    private static CharacterSet? SetOf(ReadOnlySpan<byte> sequence, CharacterSet main) => Encoding.ASCII.GetString(sequence[1..^1]).ToUpperInvariant() switch
    {
        "C2842" => main,
        "C2D41" => CharacterSet.Find("8859/1"),
        "C2D42" => CharacterSet.Find("8859/2"),
        "C2D43" => CharacterSet.Find("8859/3"),
        "C2D44" => CharacterSet.Find("8859/4"),
        "C2D4C" => CharacterSet.Find("8859/5"),
        "C2D47" => CharacterSet.Find("8859/6"),
        "C2D46" => CharacterSet.Find("8859/7"),
        "C2D48" => CharacterSet.Find("8859/8"),
        "C2D4D" => CharacterSet.Find("8859/9"),
        "C284A" or "C2949" or "M2442" or "M242844" => CharacterSet.Find("ISO IR87"),
        _ => null,
    };

    private static int LengthAt(ReadOnlySpan<byte> text, byte escape)
    {
        if (text.Length < ShortestLength || text[1] is not ((byte)'C' or (byte)'M')) return 0;
        int close = text[1..Math.Min(text.Length, LongestLength)].IndexOf(escape) + 1;
        if (close < ShortestLength - 1 || close % 2 != 0) return 0;
        foreach (byte digit in text[2..close])
        {
            if (!char.IsAsciiHexDigit((char)digit)) return 0;
        }
        return close + 1;
    }
}
