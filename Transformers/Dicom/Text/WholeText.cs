using System.Text;
using EHealthPlus.Transformers.CharacterSets;
using EHealthPlus.Transformers.CharacterSets.Big5;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>Character sets without code extensions, which hold everything they need (PS3.3-2024 table C.12-5), and Big5 for those that send it unsaid.</summary>
internal sealed class WholeText(ITextCoding coding)
{
    public static WholeText Utf8 { get; } = new(new PlatformText(new UTF8Encoding(false, true)));

    public static WholeText Gb18030 { get; } = new(new Gb18030Text(Platform(54936)));

    public static WholeText Gbk { get; } = new(new PlatformText(Platform(936)));

    public static WholeText Big5 { get; } = new(new Big5Text());

    /// <summary>After so many faults what is left is taken byte by byte: it is another character set, and each try costs.</summary>
    private const int FaultLimit = 64;

    /// <returns>False where bytes were not valid.</returns>
    public bool Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        if (coding.TryDecode(bytes) is { } all)
        {
            text.Append(all);
            return true;
        }
        for (int faults = 0; faults < FaultLimit && !bytes.IsEmpty; faults++)
        {
            int length = coding.ValidPrefix(bytes);
            text.Append(coding.TryDecode(bytes[..length]));
            bytes = bytes[length..];
            if (bytes.IsEmpty) return false;
            SpecificCharacterSet.AppendOctal(text, bytes[0]);
            bytes = bytes[1..];
        }
        foreach (byte value in bytes)
        {
            if (value < 0x80) text.Append((char)value);
            else SpecificCharacterSet.AppendOctal(text, value);
        }
        return false;
    }

    /// <returns>Null where the set lacks a character of the text.</returns>
    public byte[]? TryEncode(string text) => coding.TryEncode(text);

    private static Encoding Platform(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
