using System.Collections.Frozen;
using System.Text;

namespace EHealthPlus.Transformers.CharacterSets;

/// <summary>The two-byte sets that ISO 2022 switches to, by ISO registration: JIS X 0208 (87), JIS X 0212 (159), KS X 1001 (149), GB 2312 (58).</summary>
public static class Iso2022Pairs
{
    private static readonly Encoding Japanese = Platform(20932);
    private static readonly Encoding Korean = Platform(51949);
    private static readonly Encoding Chinese = Platform(936);

    // Made of the reading, so that what is written is read back as the same character.
    private static readonly FrozenDictionary<int, Lazy<FrozenDictionary<char, (byte First, byte Second)>>> Written =
        new[] { 58, 87, 149, 159 }.ToFrozenDictionary(set => set, set => new Lazy<FrozenDictionary<char, (byte, byte)>>(() => Turned(set)));

    public static bool Holds(int registration) => registration is 58 or 87 or 149 or 159;

    /// <param name="first">With or without its high bit; so the second.</param>
    /// <returns>False where the set has no such character.</returns>
    public static bool TryDecode(int registration, byte first, byte second, StringBuilder text)
    {
        if ((first & 0x7F) is < 0x21 or 0x7F || (second & 0x7F) is < 0x21 or 0x7F) return false;
        byte high = (byte)(first | 0x80);
        // Code page 20932 has JIS X 0208 with both high bits set, JIS X 0212 with the first only.
        byte low = registration == 159 ? (byte)(second & 0x7F) : (byte)(second | 0x80);
        Encoding encoding = registration switch
        {
            58 => Chinese,
            149 => Korean,
            _ => Japanese,
        };
        string character = encoding.GetString([high, low]);
        if (character.Length == 0 || character[0] is >= '\uE000' and <= '\uF8FF') return false;
        text.Append(character);
        return true;
    }

    /// <returns>Both bytes without their high bits; null where the set has no such character.</returns>
    public static (byte First, byte Second)? Find(int registration, char character) => Written[registration].Value.TryGetValue(character, out var bytes) ? bytes : null;

    private static FrozenDictionary<char, (byte, byte)> Turned(int registration)
    {
        var characters = new Dictionary<char, (byte, byte)>();
        var text = new StringBuilder();
        for (byte first = 0x21; first < 0x7F; first++)
        {
            // The platform's GB 2312 is GBK, which has more in the rows of symbols, and after the last hanzi of the first level (D7FA).
            if (registration == 58 && first is not (0x21 or 0x23 or (>= 0x30 and <= 0x77))) continue;
            for (byte second = 0x21; second < 0x7F; second++)
            {
                text.Clear();
                if (registration == 58 && first == 0x57 && second > 0x79) continue;
                if (TryDecode(registration, first, second, text) && text.Length == 1) characters.TryAdd(text[0], (first, second));
            }
        }
        return characters.ToFrozenDictionary();
    }

    // What the set lacks becomes nothing: an exception for each would make wrong text slow to refuse.
    private static Encoding Platform(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(string.Empty))!;
}
