using System.Buffers;
using System.Text;
using System.Text.Unicode;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.CharacterSets;

/// <summary>Turns a message into UTF-8, once, before it is split: in GB 18030, Big5 and JIS the second byte of a character can equal a delimiter.</summary>
internal static class Transcoding
{
    private const byte Escape = 0x1B;

    /// <returns>
    /// The same memory where nothing is to be changed; CharacterSetContradicted with the place of the first bad byte, CharacterSetUnknown
    /// with the place of an escape to a set that is not read.
    /// </returns>
    public static Result<ReadOnlyMemory<byte>> ToUtf8(ReadOnlyMemory<byte> bytes, Delimiters delimiters, CharacterSet characterSet)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        bool switches = !characterSet.IsJapanese && SwitchEscapes.MayBeIn(span, delimiters) && SwitchEscapes.Find(span, delimiters.Escape, out _) >= 0;
        if (!switches && Ascii.IsValid(span) && !(characterSet.IsJapanese && Switches(span))) return bytes;
        if (switches && characterSet.IsSingleByte) return Switched(span, delimiters, characterSet);
        if (!switches && characterSet.IsUtf8) return Utf8.IsValid(span) ? bytes : Contradiction(span, delimiters, characterSet);
        if (!characterSet.IsUtf8 && span.StartsWith(SegmentIndex.ByteOrderMark)) return Contradiction(span, delimiters, characterSet);
        if (characterSet.TryDecode(span) is not { } text) return Contradiction(span, delimiters, characterSet);
        byte[] content = Encoding.UTF8.GetBytes(text);
        return switches ? WithoutSwitches(content, delimiters, characterSet) : (ReadOnlyMemory<byte>)content;
    }

    private static Result<ReadOnlyMemory<byte>> Switched(ReadOnlySpan<byte> bytes, Delimiters delimiters, CharacterSet characterSet)
    {
        var text = new StringBuilder(bytes.Length);
        int end = SwitchEscapes.Decode(bytes, delimiters.Escape, characterSet, text, out bool unknown);
        byte[] content = Encoding.UTF8.GetBytes(text.ToString());
        if (end == bytes.Length) return (ReadOnlyMemory<byte>)content;
        return unknown
            ? new Rejection(RejectionCode.CharacterSetUnknown, $"Byte {end + 1} of the message begins an escape to a character set that the standard does not list", PlaceOf(content, delimiters))
            : new Rejection(RejectionCode.CharacterSetContradicted, $"Byte {end + 1} of the message is not valid in the character set that the escape before it names", PlaceOf(content, delimiters));
    }

    // Big5, GB 18030 and UTF-8 contain all that there would be to switch to, except for what the standard calls the way back to ASCII.
    private static Result<ReadOnlyMemory<byte>> WithoutSwitches(ReadOnlySpan<byte> content, Delimiters delimiters, CharacterSet characterSet)
    {
        var kept = new ArrayBufferWriter<byte>(content.Length);
        while (SwitchEscapes.Find(content, delimiters.Escape, out int length) is >= 0 and var found)
        {
            kept.Write(content[..found]);
            if (!SwitchEscapes.IsAscii(content.Slice(found, length)))
            {
                return new Rejection(
                    RejectionCode.CharacterSetUnknown, $"An escape switches to another character set, which {characterSet.Code} has no room for: send the text in {characterSet.Code}",
                    PlaceOf(kept.WrittenSpan.ToArray(), delimiters));
            }
            content = content[(found + length)..];
        }
        kept.Write(content);
        return kept.WrittenMemory;
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
            PlaceOf(readable, delimiters));
    }

    private static FieldLocation? PlaceOf(byte[] readable, Delimiters delimiters) =>
        Places.Of(new Er7Message(readable, readable, delimiters, CharacterSet.Utf8), readable.Length);
}
