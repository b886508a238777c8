using System.Collections.Frozen;
using System.Text;
using EHealthPlus.Transformers.CharacterSets;
using EHealthPlus.Transformers.CharacterSets.Big5;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>
/// A character set of HL7 table 0211. Decoding and encoding are strict: what has no exact counterpart is an error, never a replacement character.
/// </summary>
public sealed class CharacterSet
{
    private static readonly FrozenDictionary<string, CharacterSet> Known = Build();

    private readonly ITextCoding coding;

    private CharacterSet(string code, ITextCoding coding)
    {
        Code = code;
        this.coding = coding;
    }

    /// <summary>As table 0211 writes it, such as UNICODE UTF-8.</summary>
    public string Code { get; }

    public static CharacterSet Ascii => Known["ASCII"];

    public static CharacterSet Utf8 => Known["UNICODE UTF-8"];

    internal bool IsAscii => ReferenceEquals(coding, Ascii.coding);

    internal bool IsUtf8 => ReferenceEquals(coding, Utf8.coding);

    /// <summary>Switched to by escape sequences of ISO 2022: JIS X 0201, 0208 and 0212.</summary>
    internal bool IsJapanese => coding is JapaneseText;

    /// <summary>ASCII and ISO 8859: a message in them may switch to another set within its text.</summary>
    internal bool IsSingleByte => IsAscii || Code.StartsWith("8859/", StringComparison.Ordinal);

    /// <returns>Null where the code is not one that the hub reads.</returns>
    public static CharacterSet? Find(string code) => Known.GetValueOrDefault(code.Trim());

    /// <summary>The bytes as text; null where they are not valid in this character set.</summary>
    public string? TryDecode(ReadOnlySpan<byte> bytes) => coding.TryDecode(bytes);

    /// <summary>The text in this character set; null where it has characters that the set lacks.</summary>
    public byte[]? TryEncode(string text) => coding.TryEncode(text);

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
        return low + coding.ValidPrefix(bytes.Slice(at, limit < 0 ? bytes.Length - at : limit));
    }

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

        Add(new("ASCII", new PlatformText(CodePage(20127))), "ISO IR6", "US-ASCII");
        foreach (int part in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 15])
        {
            Add(new($"8859/{part}", new PlatformText(CodePage(28590 + part), privateUseIsGap: true)), $"ISO-8859-{part}");
        }
        Add(new("UNICODE UTF-8", new PlatformText(new UTF8Encoding(false, true))), "UNICODE", "UTF-8", "UTF8");
        Add(new("GB 18030-2000", new Gb18030Text(CodePage(54936))), "GB18030", "GB 18030");
        Add(new("BIG-5", new Big5Text()), "BIG5", "BIG5-HKSCS");
        var japanese = new JapaneseText();
        Add(new("ISO IR14", japanese));
        Add(new("ISO IR87", japanese));
        Add(new("ISO IR159", japanese));
        return sets.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
