using System.Buffers;
using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Writing;

/// <summary>Puts escape sequences in place of delimiters and control characters (HL7 v2.8.2 2.7.1, 2.7.5).</summary>
internal static class Escaping
{
    public static void Write(string text, Delimiters delimiters, ArrayBufferWriter<byte> output)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> hexadecimal = stackalloc byte[2];
        foreach (byte value in bytes)
        {
            char name = Name(value, delimiters);
            if (name == '\0')
            {
                output.Write([value]);
            }
            else if (!delimiters.HasEscape)
            {
                // Without an escape character a delimiter can't be written as text; a blank keeps the words apart.
                output.Write(" "u8);
            }
            else if (name == 'X')
            {
                value.TryFormat(hexadecimal, out _, "X2", CultureInfo.InvariantCulture);
                output.Write([delimiters.Escape, (byte)'X', .. hexadecimal, delimiters.Escape]);
            }
            else
            {
                output.Write([delimiters.Escape, (byte)name, delimiters.Escape]);
            }
        }
    }

    private static char Name(byte value, Delimiters delimiters) =>
        value == delimiters.Field ? 'F'
        : value == delimiters.Component ? 'S'
        : value == delimiters.Repetition ? 'R'
        : value == delimiters.Escape ? 'E'
        : value == delimiters.Subcomponent ? 'T'
        : value == delimiters.Truncation ? 'P'
        : value < 0x20 && value != '\t' ? 'X'
        : '\0';
}
