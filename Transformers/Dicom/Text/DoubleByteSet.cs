using System.Text;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>Two-byte repertoires of ISO 2022: JIS X 0208 (IR 87), JIS X 0212 (IR 159), KS X 1001 (IR 149), GB 2312 (IR 58).</summary>
internal static class DoubleByteSet
{
    private static readonly Encoding Japanese = Platform(20932);
    private static readonly Encoding Korean = Platform(51949);
    private static readonly Encoding Chinese = Platform(936);

    public static bool Holds(int registration) => registration is 58 or 87 or 149 or 159;

    /// <param name="first">With or without its high bit, as the second.</param>
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
        try
        {
            string character = encoding.GetString([high, low]);
            if (character.Length == 0 || character[0] is >= '\uE000' and <= '\uF8FF') return false;
            text.Append(character);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static Encoding Platform(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
