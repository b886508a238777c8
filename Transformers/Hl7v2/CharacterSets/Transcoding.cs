using System.Text;
using System.Text.Unicode;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>Turns a message into UTF-8, once, before it is split: in GB 18030, Big5 and JIS the second byte of a character can equal a delimiter.</summary>
internal static class Transcoding
{
    private const byte Escape = 0x1B;

    /// <returns>The same memory where nothing is to be changed; CharacterSetContradicted with the place of the first bad byte.</returns>
    public static Result<ReadOnlyMemory<byte>> ToUtf8(ReadOnlyMemory<byte> bytes, Delimiters delimiters, CharacterSet characterSet)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (Ascii.IsValid(span) && !(characterSet.IsJapanese && Switches(span))) return bytes;
        if (characterSet.IsUtf8) return Utf8.IsValid(span) ? bytes : Contradiction(span, delimiters, characterSet);
        if (span.StartsWith(SegmentIndex.ByteOrderMark) || characterSet.TryDecode(span) is not { } text) return Contradiction(span, delimiters, characterSet);
        return (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text);
    }

    private static bool Switches(ReadOnlySpan<byte> bytes) => bytes.Contains(Escape) || bytes.IndexOf("\\M"u8) >= 0 || bytes.IndexOf("\\C"u8) >= 0;

    private static Rejection Contradiction(ReadOnlySpan<byte> bytes, Delimiters delimiters, CharacterSet characterSet)
    {
        int valid = characterSet.ValidLength(bytes);
        byte[] readable = Encoding.UTF8.GetBytes(characterSet.TryDecode(bytes[..valid]) ?? string.Empty);
        string hint = characterSet.IsAscii && Utf8.IsValid(bytes)
            ? "; they are valid UTF-8: state UNICODE UTF-8 in MSH-18, or set it as the default of this source"
            : string.Empty;
        return new Rejection(
            RejectionCode.CharacterSetContradicted, $"Byte {valid + 1} of the message is not valid in {characterSet.Code}{hint}",
            Places.Of(new Er7Message(readable, readable, delimiters, CharacterSet.Utf8), readable.Length));
    }
}
