using System.Text;

namespace EHealthPlus.Adapters.Uploads.Batches;

/// <summary>
/// The fields of FHS, BHS, BTS and FTS (HL7 v2.8.2 2.14). Headers say their own delimiters; a trailer is read by those of its header.
/// </summary>
internal static class HeaderFields
{
    /// <summary>The separator of a header, or the usual one where it states none that can be.</summary>
    public static byte SeparatorOf(ReadOnlySpan<byte> header) =>
        header.Length > 3 && header[3] is > 0x20 and < 0x7F && !char.IsAsciiLetterOrDigit((char)header[3]) ? header[3] : (byte)'|';

    /// <summary>The bytes of a field; empty where it is absent.</summary>
    /// <param name="number">As the standard counts: FHS-1 and BHS-1 are the separator itself.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> segment, int number)
    {
        var line = segment.TrimEnd("\r\n"u8);
        if (line.Length < 4) return default;
        var separator = line[3];
        var part = line[1] == (byte)'H' ? number - 1 : number;
        for (; part > 0; part--)
        {
            var next = line.IndexOf(separator);
            if (next < 0) return default;
            line = line[(next + 1)..];
        }

        var close = line.IndexOf(separator);
        return close < 0 ? line : line[..close];
    }

    /// <summary>The number in BTS-1 or FTS-1.</summary>
    /// <returns>False where there is text that is no number; null in <paramref name="count"/> where the field is empty.</returns>
    public static bool TryCount(ReadOnlySpan<byte> trailer, out long? count)
    {
        var text = Encoding.Latin1.GetString(Of(trailer, 1)).Trim();
        count = long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        return text.Length == 0 || count is not null;
    }
}
