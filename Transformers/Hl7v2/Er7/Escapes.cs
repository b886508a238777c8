using System.Buffers;
using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>
/// Escape sequences of text (HL7 v2.8.2 2.7). What is unknown, half, or meant for the two parties only (\Z..\) stays as written,
/// so that nothing is lost.
/// </summary>
internal static class Escapes
{
    private const int MaxFormattingCount = 1000;

    /// <param name="leaf">UTF-8.</param>
    /// <returns>UTF-8; the same bytes where there is no escape.</returns>
    public static ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> leaf, Delimiters delimiters, CharacterSet characterSet)
    {
        if (!delimiters.HasEscape || !leaf.Contains(delimiters.Escape)) return leaf;
        var output = new ArrayBufferWriter<byte>(leaf.Length + 16);
        while (true)
        {
            int open = leaf.IndexOf(delimiters.Escape);
            if (open < 0) break;
            output.Write(leaf[..open]);
            leaf = leaf[open..];
            int close = leaf[1..].IndexOf(delimiters.Escape);
            if (close < 0) break;
            if (TryResolve(leaf.Slice(1, close), delimiters, characterSet, output))
            {
                leaf = leaf[(close + 2)..];
            }
            else
            {
                // Only the opening character is passed over: a stray one must not hide the sequence that its closing partner opens.
                output.Write(leaf[..1]);
                leaf = leaf[1..];
            }
        }
        output.Write(leaf);
        return output.WrittenSpan;
    }

    private static bool TryResolve(ReadOnlySpan<byte> sequence, Delimiters delimiters, CharacterSet characterSet, ArrayBufferWriter<byte> output)
    {
        if (sequence.Length == 0) return false;
        if (sequence.Length > 1)
        {
            return sequence[0] switch
            {
                (byte)'X' => TryHexadecimal(sequence[1..], characterSet, output),
                (byte)'.' => TryFormatting(sequence[1..], output),
                _ => false,
            };
        }
        byte? character = sequence[0] switch
        {
            (byte)'F' => delimiters.Field,
            (byte)'S' => delimiters.Component,
            (byte)'T' => delimiters.Subcomponent,
            (byte)'R' => delimiters.Repetition,
            (byte)'E' => delimiters.Escape,
            (byte)'P' when delimiters.HasTruncation => delimiters.Truncation,
            _ => null,
        };
        if (character is { } delimiter)
        {
            output.Write([delimiter]);
            return true;
        }
        // Highlighting starts and ends: no text.
        return sequence[0] is (byte)'H' or (byte)'N';
    }

    private static bool TryHexadecimal(ReadOnlySpan<byte> digits, CharacterSet characterSet, ArrayBufferWriter<byte> output)
    {
        if (digits.Length % 2 != 0) return false;
        byte[] bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(digits.Slice(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i])) return false;
        }
        if (characterSet.TryDecode(bytes) is not { } text) return false;
        foreach (char character in text)
        {
            if (char.IsControl(character) && character is not ('\r' or '\n' or '\t')) return false;
        }
        output.Write(Encoding.UTF8.GetBytes(text));
        return true;
    }

    /// <summary>Formatting of FT (HL7 v2.8.2 2.7.6) as plain text: what ends a line becomes a line feed; indents and fill modes become nothing.</summary>
    private static bool TryFormatting(ReadOnlySpan<byte> command, ArrayBufferWriter<byte> output)
    {
        if (command.Length < 2) return false;
        int number = 1;
        ReadOnlySpan<byte> argument = command[2..];
        if (argument.Length > 0 && !int.TryParse(argument, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out number)) return false;

        (byte filler, int times) = command[..2] switch
        {
            [(byte)'b', (byte)'r'] when argument.Length == 0 => ((byte)'\n', 1),
            [(byte)'c', (byte)'e'] when argument.Length == 0 => ((byte)'\n', 1),
            [(byte)'s', (byte)'p'] => ((byte)'\n', number),
            [(byte)'s', (byte)'k'] => ((byte)' ', number),
            [(byte)'i', (byte)'n'] or [(byte)'t', (byte)'i'] => ((byte)' ', 0),
            [(byte)'f', (byte)'i'] or [(byte)'n', (byte)'f'] when argument.Length == 0 => ((byte)' ', 0),
            _ => ((byte)0, -1),
        };
        if (times is < 0 or > MaxFormattingCount) return false;
        output.GetSpan(times + 1)[..times].Fill(filler);
        output.Advance(times);
        return true;
    }
}
