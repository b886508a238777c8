using System.Text;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>Character sets without code extensions, which hold everything they need (PS3.3-2024 table C.12-5), and Big5 for those that send it unsaid.</summary>
internal sealed class WholeText(Encoding encoding)
{
    public static WholeText Utf8 { get; } = new(new UTF8Encoding(false, true));

    public static WholeText Gb18030 { get; } = new(Platform(54936));

    public static WholeText Gbk { get; } = new(Platform(936));

    public static WholeText Big5 { get; } = new(Platform(950));

    /// <returns>False where bytes were not valid.</returns>
    public bool Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        if (TryDecode(bytes) is { } all)
        {
            text.Append(all);
            return true;
        }
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(4, bytes.Length);
            // The shortest run that is a character; a byte that begins none stands for itself.
            int used = 0;
            for (int count = 1; count <= length && used == 0; count++)
            {
                if (TryDecode(bytes[..count]) is not { } character) continue;
                text.Append(character);
                used = count;
            }
            if (used == 0) SpecificCharacterSet.AppendOctal(text, bytes[0]);
            bytes = bytes[Math.Max(used, 1)..];
        }
        return false;
    }

    private string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding Platform(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
