using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EHealthPlus.Monitoring.Console.Messages;

/// <summary>
/// Bytes of a message as text for people. A byte that is not valid in the character set becomes <see cref="BadByte"/> and its two
/// hexadecimal digits, so that nothing is guessed and nothing is hidden.
/// </summary>
internal static class MessageText
{
    /// <summary>A Unicode noncharacter: no sender's text holds it.</summary>
    public const char BadByte = '\uFDD0';

    // HL7 table 0211, by the names that .NET knows.
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["ASCII"] = "us-ascii", ["UNICODE UTF-8"] = "utf-8", ["UTF-8"] = "utf-8", ["UNICODE"] = "utf-8",
        ["GB 18030-2000"] = "gb18030", ["BIG-5"] = "big5",
        ["8859/1"] = "iso-8859-1", ["8859/2"] = "iso-8859-2", ["8859/3"] = "iso-8859-3", ["8859/4"] = "iso-8859-4", ["8859/5"] = "iso-8859-5",
        ["8859/6"] = "iso-8859-6", ["8859/7"] = "iso-8859-7", ["8859/8"] = "iso-8859-8", ["8859/9"] = "iso-8859-9", ["8859/15"] = "iso-8859-15",
        ["ISO IR14"] = "iso-2022-jp", ["ISO IR87"] = "iso-2022-jp", ["ISO IR159"] = "iso-2022-jp",
        ["ISO IR 14"] = "iso-2022-jp", ["ISO IR 87"] = "iso-2022-jp", ["ISO IR 159"] = "iso-2022-jp",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    static MessageText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(ReadOnlySpan<byte> bytes, string characterSet) =>
        Encoding.GetEncoding(NameOf(characterSet), EncoderFallback.ExceptionFallback, new BadByteFallback()).GetString(bytes);

    /// <summary>
    /// The text as a form can carry it: one segment a line, and ⟦0B⟧ for bytes that a form would lose. A message without a carriage return, as
    /// files and v2 XML often are, has its lines by LF.
    /// </summary>
    public static string ToForm(string text)
    {
        var byLineFeed = !text.Contains('\r', StringComparison.Ordinal);
        var form = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == BadByte && index + 2 < text.Length)
            {
                form.Append('⟦').Append(text, index + 1, 2).Append('⟧');
                index += 2;
            }
            else if (letter is '\r' || (letter is '\n' && byLineFeed)) form.Append('\n');
            else if (letter is '\n') form.Append(index > 0 && text[index - 1] == '\r' ? "" : "⟦0A⟧");
            else if (letter is < ' ' and not '\t' or '\x7f') form.Append('⟦').Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture)).Append('⟧');
            else form.Append(letter);
        }

        return form.ToString();
    }

    /// <summary>The bytes that a form means.</summary>
    /// <returns>Null where a character does not exist in the character set.</returns>
    public static byte[]? FromForm(string form, string characterSet)
    {
        var encoding = Encoding.GetEncoding(NameOf(characterSet), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        using var bytes = new MemoryStream(form.Length);
        var text = form.Replace("\r\n", "\r", StringComparison.Ordinal).Replace('\n', '\r');
        var from = 0;
        try
        {
            for (var index = 0; index < text.Length; index++)
            {
                if (text[index] != '⟦' || index + 3 >= text.Length || text[index + 3] != '⟧' ||
                    !byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) continue;
                bytes.Write(encoding.GetBytes(text[from..index]));
                bytes.WriteByte(value);
                from = index + 4;
                index += 3;
            }

            bytes.Write(encoding.GetBytes(text[from..]));
            return bytes.ToArray();
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>An unknown set is shown as Latin 1: every byte has a character there.</summary>
    private static string NameOf(string characterSet) => Names.GetValueOrDefault(characterSet.Split('~')[0].Trim(), "iso-8859-1");

    private sealed class BadByteFallback : DecoderFallback
    {
        public override int MaxCharCount => 3 * 8;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private string marks = "";
            private int next;

            public override int Remaining => marks.Length - next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                marks = string.Concat(bytesUnknown.Select(unknown => BadByte + unknown.ToString("X2", CultureInfo.InvariantCulture)));
                next = 0;
                return marks.Length > 0;
            }

            public override char GetNextChar() => next < marks.Length ? marks[next++] : '\0';

            public override bool MovePrevious()
            {
                if (next == 0) return false;
                next--;
                return true;
            }
        }
    }
}
