using System.Collections.Frozen;
using System.Text;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>
/// A character set of HL7 table 0211. Decoding and encoding are strict: what has no exact counterpart is an error, never a replacement character.
/// </summary>
public sealed class CharacterSet
{
    private static readonly FrozenDictionary<string, CharacterSet> Known = Build();

    private readonly Encoding encoding;
    private readonly bool privateUseIsGap;

    private CharacterSet(string code, Encoding encoding, bool isJapanese = false, bool privateUseIsGap = false)
    {
        Code = code;
        this.encoding = encoding;
        IsJapanese = isJapanese;
        this.privateUseIsGap = privateUseIsGap;
    }

    /// <summary>As table 0211 writes it, such as UNICODE UTF-8.</summary>
    public string Code { get; }

    public static CharacterSet Ascii => Known["ASCII"];

    public static CharacterSet Utf8 => Known["UNICODE UTF-8"];

    internal bool IsAscii => ReferenceEquals(encoding, Known["ASCII"].encoding) && !IsJapanese;

    internal bool IsUtf8 => encoding is UTF8Encoding;

    /// <summary>Switched to by escape sequences of ISO 2022: JIS X 0201, 0208 and 0212.</summary>
    internal bool IsJapanese { get; }

    /// <returns>Null where the code is not one that the hub reads.</returns>
    public static CharacterSet? Find(string code) => Known.GetValueOrDefault(code.Trim());

    /// <summary>The bytes as text; null where they are not valid in this character set.</summary>
    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        if (IsJapanese) return JapaneseText.TryDecode(bytes);
        try
        {
            string text = encoding.GetString(bytes);
            return IndexOfGap(text) < 0 ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The text in this character set; null where it has characters that the set lacks.</summary>
    public byte[]? TryEncode(string text)
    {
        if (IsJapanese) return JapaneseText.TryEncode(text);
        try
        {
            return encoding.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>How many bytes from the start are valid.</summary>
    internal int ValidLength(ReadOnlySpan<byte> bytes)
    {
        int low = 0;
        int at = 0;
        // Lines are whole in every one of these sets, so the first bad line is found first, then the first bad character in it.
        while (at < bytes.Length)
        {
            int end = bytes[at..].IndexOfAny((byte)'\r', (byte)'\n');
            int next = end < 0 ? bytes.Length : at + end + 1;
            if (TryDecode(bytes[at..next]) is null) break;
            low = at = next;
        }
        if (at == bytes.Length) return bytes.Length;
        int limit = bytes[at..].IndexOfAny((byte)'\r', (byte)'\n');
        return low + ValidPrefix(bytes.Slice(at, limit < 0 ? bytes.Length - at : limit));
    }

    private int ValidPrefix(ReadOnlySpan<byte> line)
    {
        if (IsJapanese) return JapaneseText.ValidPrefix(line);
        Decoder decoder = encoding.GetDecoder();
        char[] characters = new char[4];
        int valid = 0;
        try
        {
            for (int at = 0; at < line.Length; at++)
            {
                int made = decoder.GetChars(line.Slice(at, 1), characters, flush: at == line.Length - 1);
                if (made == 0) continue;
                if (IndexOfGap(characters.AsSpan(0, made)) >= 0) return valid;
                valid = at + 1;
            }
        }
        catch (DecoderFallbackException)
        {
            return valid;
        }
        return valid;
    }

    /// <summary>A control of the C1 range means Windows-1252 sent as ISO 8859; a private-use character means that the set has no such character.</summary>
    private int IndexOfGap(ReadOnlySpan<char> text) =>
        !privateUseIsGap ? -1 : Math.Max(text.IndexOfAnyInRange('\u0080', '\u009F'), text.IndexOfAnyInRange('\uE000', '\uF8FF'));

    private static FrozenDictionary<string, CharacterSet> Build()
    {
        Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

        var sets = new Dictionary<string, CharacterSet>(StringComparer.OrdinalIgnoreCase);
        void Add(CharacterSet set, params string[] otherNames)
        {
            sets.Add(set.Code, set);
            foreach (string name in otherNames) sets.Add(name, set);
        }

        Encoding ascii = CodePage(20127);
        Add(new("ASCII", ascii), "ISO IR6", "US-ASCII");
        foreach (int part in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 15])
        {
            Add(new($"8859/{part}", CodePage(28590 + part), privateUseIsGap: true), $"ISO-8859-{part}");
        }
        Add(new("UNICODE UTF-8", new UTF8Encoding(false, true)), "UNICODE", "UTF-8", "UTF8");
        Add(new("GB 18030-2000", CodePage(54936)), "GB18030", "GB 18030");
        Add(new("BIG-5", CodePage(950), privateUseIsGap: true), "BIG5");
        Add(new("ISO IR14", ascii, isJapanese: true));
        Add(new("ISO IR87", ascii, isJapanese: true));
        Add(new("ISO IR159", ascii, isJapanese: true));
        return sets.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
