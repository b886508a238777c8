using System.Text;

namespace EHealthPlus.Transformers.CharacterSets;

/// <summary>A character set that the platform knows.</summary>
/// <param name="encoding">Throws where it has no counterpart.</param>
/// <param name="privateUseIsGap">
/// True where the platform fills what the set leaves open with private-use characters, or with controls of the C1 range: those mean
/// Windows-1252 sent as ISO 8859.
/// </param>
public sealed class PlatformText(Encoding encoding, bool privateUseIsGap = false) : ITextCoding
{
    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            string text = encoding.GetString(bytes);
            return HasGap(text) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public byte[]? TryEncode(string text)
    {
        try
        {
            return encoding.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    public int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        Decoder decoder = encoding.GetDecoder();
        char[] characters = new char[4];
        int valid = 0;
        try
        {
            for (int at = 0; at < bytes.Length; at++)
            {
                int made = decoder.GetChars(bytes.Slice(at, 1), characters, flush: at == bytes.Length - 1);
                if (made == 0) continue;
                if (HasGap(characters.AsSpan(0, made))) return valid;
                valid = at + 1;
            }
        }
        catch (DecoderFallbackException)
        {
            return valid;
        }
        return valid;
    }

    private bool HasGap(ReadOnlySpan<char> text) =>
        privateUseIsGap && (text.ContainsAnyInRange('\u0080', '\u009F') || text.ContainsAnyInRange('\uE000', '\uF8FF'));
}
