using System.Collections.Frozen;
using System.Text;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>The upper half of a single-byte repertoire (PS3.3-2024 table C.12-2): the characters of bytes A0 to FF.</summary>
internal sealed class SingleByteSet
{
    private readonly char[] upper = new char[0x60];
    private readonly Lazy<FrozenDictionary<char, byte>> bytes;

    private SingleByteSet(int codePage)
        : this()
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        for (int at = 0; at < upper.Length; at++)
        {
            string character = encoding.GetString([(byte)(0xA0 + at)]);
            // The platform fills gaps with private-use characters, question marks or controls: those are no characters of the set.
            bool gap = character.Length != 1 || character[0] is '?' or '\uFFFD' or (>= '\u0080' and < '\u00A0') or (>= '\uE000' and <= '\uF8FF');
            upper[at] = gap ? '\0' : character[0];
        }
    }

    private SingleByteSet() => bytes = new(() => Enumerable.Range(0, upper.Length).Where(at => upper[at] != '\0').ToFrozenDictionary(at => upper[at], at => (byte)(0xA0 + at)));

    /// <summary>By ISO registration number.</summary>
    public static FrozenDictionary<int, SingleByteSet> ByRegistration { get; } = new Dictionary<int, SingleByteSet>
    {
        [13] = Katakana(), [100] = new(28591), [101] = new(28592), [109] = new(28593), [110] = new(28594), [126] = new(28597), [127] = new(28596),
        [138] = new(28598), [144] = new(28595), [148] = new(28599), [166] = new(874), [203] = new(28605),
    }.ToFrozenDictionary();

    /// <returns>The byte, A0 to FF; null where the set has no such character.</returns>
    public byte? Find(char character) => bytes.Value.TryGetValue(character, out byte value) ? value : null;

    /// <returns>NUL where the set has no character there.</returns>
    public char Character(byte value) => value >= 0xA0 ? upper[value - 0xA0] : '\0';

    private static SingleByteSet Katakana()
    {
        // JIS X 0201 has half-width katakana at A1 to DF.
        var set = new SingleByteSet();
        for (int at = 1; at <= 0x3F; at++) set.upper[at] = (char)(0xFF60 + at);
        return set;
    }
}
