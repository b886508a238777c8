using System.Globalization;
using System.Text;
using System.Text.Unicode;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Inspection;

/// <summary>Splits also a message that the hub refuses, so that people see what is wrong with it.</summary>
internal static class UncheckedReading
{
    public static Er7Message Read(ReadOnlyMemory<byte> bytes, string defaultCharacterSet)
    {
        Result<Er7Message> read = Er7Message.Read(bytes, defaultCharacterSet);
        if (read.Accepted) return read.Value;

        ReadOnlySpan<byte> header = MessageOpening.HeaderOf(bytes.Span);
        Delimiters delimiters = header.StartsWith("MSH"u8) && header.Length > 4 && Delimiters.Read(header) is { Accepted: true } stated
            ? stated.Value
            : Delimiters.Recommended;
        ReadOnlyMemory<byte> content = Utf8.IsValid(bytes.Span) ? bytes : Spelled(bytes.Span, delimiters);
        return new Er7Message(bytes, content, delimiters, CharacterSet.Utf8);
    }

    /// <summary>Each byte beyond ASCII as an escape sequence, such as \XE9\.</summary>
    private static byte[] Spelled(ReadOnlySpan<byte> bytes, Delimiters delimiters)
    {
        char escape = delimiters.HasEscape ? (char)delimiters.Escape : '\\';
        var text = new StringBuilder(bytes.Length + 64);
        foreach (byte value in bytes)
        {
            if (value < 0x80) text.Append((char)value);
            else text.Append(escape).Append('X').Append(value.ToString("X2", CultureInfo.InvariantCulture)).Append(escape);
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
