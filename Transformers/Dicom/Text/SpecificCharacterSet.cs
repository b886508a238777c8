using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.CharacterSets;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>
/// The value of (0008,0005): in what the text of a data set or item is written (PS3.3-2024 C.12.1.1.2, PS3.5-2024 6.1).
/// Bytes that are not valid in it are never replaced in silence: each becomes a backslash and three octal digits, as PS3.5 6.1.2.3
/// recommends for characters that cannot be shown, and the caller is told.
/// </summary>
public sealed class SpecificCharacterSet
{
    private static readonly FrozenDictionary<string, Func<SpecificCharacterSet>> Whole = new Dictionary<string, Func<SpecificCharacterSet>>
    {
        ["ISO_IR 192"] = () => new(WholeText.Utf8),
        ["GB18030"] = () => new(WholeText.Gb18030),
        ["GBK"] = () => new(WholeText.Gbk),
        ["BIG5"] = () => new(WholeText.Big5),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly WholeText? whole;
    private readonly int lower;
    private readonly int upper;
    private readonly bool extends;
    private readonly int[] switches = [];

    private SpecificCharacterSet(WholeText whole) => this.whole = whole;

    private SpecificCharacterSet(int lower, int upper, bool extends, params int[] switches) =>
        (this.lower, this.upper, this.extends, this.switches) = (lower, upper, extends, switches);

    /// <summary>ISO IR 6, which is ASCII: what holds where (0008,0005) is absent.</summary>
    public static SpecificCharacterSet Default { get; } = new(6, 0, extends: false);

    public static SpecificCharacterSet Utf8 { get; } = new(WholeText.Utf8);

    /// <summary>ASCII bytes mean ASCII, whatever comes before them.</summary>
    private bool AsciiIsAscii => lower != 14 && !(extends && lower != 6);

    /// <param name="value">As it stands in the element: values parted by backslashes, the first may be empty.</param>
    /// <returns>Null where a value is no defined term.</returns>
    public static SpecificCharacterSet? Find(string value)
    {
        string[] terms = [.. value.Split('\\').Select(term => term.Trim(' ', '\0').ToUpperInvariant())];
        if (Whole.TryGetValue(terms[0], out Func<SpecificCharacterSet>? made)) return terms.Length == 1 ? made() : null;
        int first = 6;
        bool extends = terms.Length > 1;
        var stated = new List<int>();
        for (int at = 0; at < terms.Length; at++)
        {
            int registration = Registration(terms[at], out bool extension);
            if (registration == 0) return null;
            // A two-byte set can only be switched to.
            if (at == 0) first = Iso2022Pairs.Holds(registration) ? 6 : registration;
            extends |= extension;
            // IR 13 is two sets: romaji for the lower half, katakana for the upper.
            stated.AddRange(registration == 13 ? [13, 14] : [registration]);
        }
        // ASCII is in all sets, and need not be stated to be switched back to (PS3.3-2024 C.12.1.1.2).
        int[] switches = extends ? [.. stated.Append(6).Distinct()] : [];
        return first switch
        {
            6 when !extends => Default,
            6 => new(6, 0, extends, switches),
            // IR 13 is JIS X 0201: romaji below, katakana above.
            13 => new(14, 13, extends, switches),
            _ => new(6, first, extends, switches),
        };
    }

    /// <summary>A value as text. Trailing padding is still there.</summary>
    /// <param name="vr">Person names have two delimiters more, at which the switches of ISO 2022 end (PS3.5-2024 6.1.2.5.3).</param>
    /// <param name="valid">False where bytes are not valid in the character set.</param>
    public string Decode(ReadOnlySpan<byte> bytes, Vr vr, out bool valid)
    {
        valid = true;
        if (AsciiIsAscii && System.Text.Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B)) return System.Text.Encoding.ASCII.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        if (whole is not null) valid = whole.Decode(bytes, text);
        else valid = DecodeSwitched(bytes, vr, text);
        return text.ToString();
    }

    /// <summary>One value of an element as bytes, without padding: those that <see cref="Decode"/> reads as the same text.</summary>
    /// <returns>Null where the set lacks a character of it: never is another one put in its place.</returns>
    public byte[]? TryEncode(string text, Vr vr)
    {
        if (AsciiIsAscii && System.Text.Ascii.IsValid(text) && !text.Contains('\u001B', StringComparison.Ordinal)) return System.Text.Encoding.ASCII.GetBytes(text);
        byte[]? bytes = whole is not null ? whole.TryEncode(text) : new SwitchedText(lower, upper, switches).TryWrite(text, vr);
        return bytes is not null && Decode(bytes, vr, out bool valid) == text && valid ? bytes : null;
    }

    internal static void AppendOctal(StringBuilder text, byte value) =>
        text.Append('\\').Append((char)('0' + (value >> 6))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));

    private bool DecodeSwitched(ReadOnlySpan<byte> bytes, Vr vr, StringBuilder text)
    {
        bool valid = true;
        int g0 = lower;
        int g1 = upper;
        for (int at = 0; at < bytes.Length;)
        {
            byte value = bytes[at];
            if (value == 0x1B && Designation.TryRead(bytes[at..], out Designation designation, out int length))
            {
                if (designation.Upper) g1 = designation.Registration;
                else g0 = designation.Registration;
                at += length;
            }
            else if (value <= 0x20 || value == 0x7F)
            {
                if (value is (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'\t') (g0, g1) = (lower, upper);
                if (value == 0x1B) valid = false;
                text.Append((char)value);
                at++;
            }
            else
            {
                int set = value < 0x80 ? g0 : g1;
                int used = Iso2022Pairs.Holds(set)
                    ? at + 1 < bytes.Length && (bytes[at + 1] ^ value) < 0x80 && Iso2022Pairs.TryDecode(set, value, bytes[at + 1], text) ? 2 : 0
                    : DecodeSingle(value, set, text);
                if (used == 0)
                {
                    AppendOctal(text, value);
                    valid = false;
                }
                else if (used == 1 && (value == (byte)'\\' || (vr == Vr.PN && value is (byte)'^' or (byte)'=')))
                {
                    (g0, g1) = (lower, upper);
                }
                at += Math.Max(used, 1);
            }
        }
        return valid;
    }

    private static int DecodeSingle(byte value, int set, StringBuilder text)
    {
        if (value < 0x80)
        {
            // JIS X 0201 has an overline where ASCII has the tilde; its yen sign stands where DICOM's delimiter does, and is that.
            text.Append(set == 14 && value == (byte)'~' ? '\u203E' : (char)value);
            return 1;
        }
        char character = set == 0 ? '\0' : SingleByteSet.ByRegistration[set].Character(value);
        if (character == '\0') return 0;
        text.Append(character);
        return 1;
    }

    /// <returns>0 where the term is none; an empty one is IR 6.</returns>
    private static int Registration(string term, out bool extension)
    {
        extension = term.StartsWith("ISO 2022 IR ", StringComparison.Ordinal);
        if (term.Length == 0) return 6;
        string number = extension ? term["ISO 2022 IR ".Length..] : term.StartsWith("ISO_IR ", StringComparison.Ordinal) ? term["ISO_IR ".Length..] : string.Empty;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int registration)) return 0;
        return registration == 6 || SingleByteSet.ByRegistration.ContainsKey(registration) || (extension && Iso2022Pairs.Holds(registration)) ? registration : 0;
    }
}
