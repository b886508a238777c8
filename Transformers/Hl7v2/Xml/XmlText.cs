using System.Text;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

namespace EHealthPlus.Transformers.Hl7v2.Xml;

/// <summary>The characters of an XML document (XML 1.0 4.3.3): by byte order mark, else by the encoding it declares, else UTF-8. Strict.</summary>
internal static partial class XmlText
{
    private static readonly Encoding LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly Encoding BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>True where a message is XML and not ER7: no ER7 message begins with a less-than sign or in UTF-16.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] is (byte)'M' or (byte)'\r' or (byte)'\n' && bytes.IndexOf((byte)'<') < 0) return false;
        if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..]) return true;
        if (bytes.StartsWith(Utf8Mark)) bytes = bytes[Utf8Mark.Length..];
        return bytes.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }

    /// <returns>Or CharacterSetUnknown, CharacterSetContradicted.</returns>
    public static Result<string> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..]) return Wide(bytes);
        if (bytes.StartsWith(Utf8Mark)) bytes = bytes[Utf8Mark.Length..];
        Match declared = Declaration().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]));
        string name = declared.Success ? declared.Groups[1].Value : "UTF-8";
        // GB 18030 holds both of its forerunners.
        if (name.Equals("GBK", StringComparison.OrdinalIgnoreCase) || name.Equals("GB2312", StringComparison.OrdinalIgnoreCase)) name = "GB18030";
        if (CharacterSet.Find(name) is not { } set) return new Rejection(RejectionCode.CharacterSetUnknown, "The XML declaration names an encoding that the hub does not read: send UTF-8");
        return set.TryDecode(bytes) is { } text ? text : Contradicted(set.Code);
    }

    private static Result<string> Wide(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (bytes[0] == 0xFE ? BigEndian : LittleEndian).GetString(bytes[2..]);
        }
        catch (DecoderFallbackException)
        {
            return Contradicted("UTF-16");
        }
    }

    private static Rejection Contradicted(string code) => new(RejectionCode.CharacterSetContradicted, $"The document is not valid in {code}");

    [GeneratedRegex("""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""", RegexOptions.None, 1_000)]
    private static partial Regex Declaration();
}
