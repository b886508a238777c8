using System.Buffers;
using System.Text;
using EHealthPlus.Transformers.CharacterSets;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>
/// Text that switches between ASCII, JIS X 0201, JIS X 0208 and JIS X 0212 by escape sequences (ISO 2022; HL7 v2.8.2 2.7.2, 2.7.3).
/// The hub also takes half-width katakana as single bytes A1 to DF, as JIS X 0201 senders write them.
/// </summary>
internal sealed class JapaneseText : ITextCoding
{
    private const byte Escape = 0x1B;

    private static readonly Encoding Kanji = CodePagesEncodingProvider.Instance.GetEncoding(
        20932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private enum Set
    {
        Ascii,
        Roman,
        Katakana,
        Kanji,
        SupplementaryKanji,
    }

    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        return Decode(bytes, text) == bytes.Length ? text.ToString() : null;
    }

    public int ValidPrefix(ReadOnlySpan<byte> bytes) => Decode(bytes, new StringBuilder());

    public byte[]? TryEncode(string text)
    {
        var bytes = new List<byte>(text.Length);
        Set set = Set.Ascii;
        Span<byte> pair = stackalloc byte[4];
        foreach (char character in text)
        {
            if (character < 0x80)
            {
                if (set != Set.Ascii) bytes.AddRange("\u001B(B"u8);
                set = Set.Ascii;
                bytes.Add((byte)character);
                continue;
            }
            if (character is >= '\uFF61' and <= '\uFF9F')
            {
                bytes.Add((byte)(character - 0xFF61 + 0xA1));
                continue;
            }
            if (!TryPair(character, pair, out Set needed)) return null;
            if (set != needed) bytes.AddRange(needed == Set.Kanji ? "\u001B$B"u8 : "\u001B$(D"u8);
            set = needed;
            bytes.Add((byte)(pair[0] & 0x7F));
            bytes.Add((byte)(pair[1] & 0x7F));
        }
        if (set != Set.Ascii) bytes.AddRange("\u001B(B"u8);
        return [.. bytes];
    }

    /// <returns>How many bytes could be read.</returns>
    private static int Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        Set set = Set.Ascii;
        int at = 0;
        while (at < bytes.Length)
        {
            byte value = bytes[at];
            if (value == Escape)
            {
                if (!TryDesignate(bytes[at..], ref set, out int length)) return at;
                at += length;
            }
            else if (value == (byte)'\\' && TryWrittenOut(bytes[at..], ref set, out int written))
            {
                at += written;
            }
            else if (value is (byte)'\r' or (byte)'\n')
            {
                // A line end switches back to the first set (ISO 2022; HL7 v2.8.2 2.14.9.20).
                set = Set.Ascii;
                text.Append((char)value);
                at++;
            }
            else if (set is Set.Kanji or Set.SupplementaryKanji && value > 0x20)
            {
                if (at + 1 == bytes.Length || value > 0x7E || bytes[at + 1] > 0x7E || !Iso2022Pairs.TryDecode(set == Set.Kanji ? 87 : 159, value, bytes[at + 1], text)) return at;
                at += 2;
            }
            else if (value is >= 0xA1 and <= 0xDF)
            {
                text.Append((char)(0xFF61 + value - 0xA1));
                at++;
            }
            else if (value >= 0x80)
            {
                return at;
            }
            else
            {
                // JIS X 0201 has the yen sign and the overline where ASCII has \ and ~. Those two are HL7 delimiters, so they are kept as such.
                text.Append(set == Set.Katakana && value is >= 0x21 and <= 0x5F ? (char)(0xFF61 + value - 0x21) : (char)value);
                at++;
            }
        }
        return at;
    }

    /// <summary>The same switches as HL7 escape sequences, such as \M2442\ for ESC $ B and \C2842\ for ESC ( B (HL7 v2.8.2 2.7.3, 2.7.4).</summary>
    private static bool TryWrittenOut(ReadOnlySpan<byte> sequence, ref Set set, out int length)
    {
        length = 0;
        if (sequence.Length < 7 || sequence[1] is not ((byte)'C' or (byte)'M')) return false;
        int close = sequence[1..Math.Min(sequence.Length, 10)].IndexOf((byte)'\\');
        if (close < 5) return false;
        Span<byte> designation = stackalloc byte[5];
        designation[0] = Escape;
        ReadOnlySpan<byte> digits = sequence.Slice(2, close - 1);
        if (Convert.FromHexString(digits, designation[1..], out int consumed, out int made) != OperationStatus.Done || consumed != digits.Length) return false;
        length = close + 2;
        return TryDesignate(designation[..(made + 1)], ref set, out int designated) && designated == made + 1;
    }

    private static bool TryDesignate(ReadOnlySpan<byte> sequence, ref Set set, out int length)
    {
        length = 3;
        if (sequence.StartsWith("\u001B(B"u8)) set = Set.Ascii;
        else if (sequence.StartsWith("\u001B(J"u8)) set = Set.Roman;
        else if (sequence.StartsWith("\u001B(I"u8)) set = Set.Katakana;
        else if (sequence.StartsWith("\u001B$B"u8) || sequence.StartsWith("\u001B$@"u8)) set = Set.Kanji;
        else if (sequence.StartsWith("\u001B$(D"u8))
        {
            set = Set.SupplementaryKanji;
            length = 4;
        }
        else if (sequence.StartsWith("\u001B)I"u8))
        {
            // Katakana as the right-hand set: bytes A1 to DF are read as such anyway.
        }
        else return false;
        return true;
    }

    /// <summary>Code page 20932 has JIS X 0208 with both high bits set, JIS X 0212 with the first only.</summary>
    private static bool TryPair(char character, Span<byte> pair, out Set set)
    {
        set = Set.Kanji;
        try
        {
            if (Kanji.GetBytes([character], pair) != 2) return false;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
        set = pair[1] >= 0x80 ? Set.Kanji : Set.SupplementaryKanji;
        return true;
    }
}
