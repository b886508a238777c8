using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Xml;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>The first checks on a message, in the order in which a sender can act on them.</summary>
internal static class MessageOpening
{
    private const int LastNeededField = 12;

    /// <summary>Told the header, gives the code of table 0211 that applies where MSH-18 is empty.</summary>
    internal delegate string DefaultCharacterSet(ReadOnlySpan<byte> header, Delimiters delimiters);

    public static Result<Er7Message> Read(ReadOnlyMemory<byte> bytes, DefaultCharacterSet defaultCharacterSet)
    {
        ReadOnlySpan<byte> all = bytes.Span;
        if (XmlText.Begins(all)) return ReadXml(bytes);
        ReadOnlySpan<byte> text = WithoutPreamble(all);
        if (text.Length == 0) return new Rejection(RejectionCode.MessageEmpty, "The message holds no bytes beside line ends");
        if (!text.StartsWith("MSH"u8)) return new Rejection(RejectionCode.MshMissing, Missing(text));

        ReadOnlySpan<byte> header = HeaderOf(all);
        if (header.Length < 4) return Truncated(1);
        Result<Delimiters> delimiters = Delimiters.Read(header);
        bool separatorInvalid = !delimiters.Accepted && delimiters.Rejection.Location is { Field: 1 };
        bool cutInLastField = header.Length == text.Length && header[^1] == header[3] && Reached(header) == LastNeededField;
        if (!separatorInvalid && (cutInLastField || !ReachesLastNeededField(header))) return Truncated(Reached(header));
        if (!delimiters.Accepted) return delimiters.Rejection;

        Result<CharacterSet> characterSet = StatedCharacterSet.Read(header, delimiters.Value, defaultCharacterSet(header, delimiters.Value));
        if (!characterSet.Accepted) return characterSet.Rejection;
        // A byte order mark says UTF-8 where the message itself says no more than ASCII.
        CharacterSet inForce = characterSet.Value.IsAscii && all.StartsWith(SegmentIndex.ByteOrderMark) ? CharacterSet.Utf8 : characterSet.Value;
        Result<ReadOnlyMemory<byte>> content = Transcoding.ToUtf8(bytes, delimiters.Value, inForce);
        if (!content.Accepted) return content.Rejection;
        return new Er7Message(bytes, content.Value, delimiters.Value, inForce);
    }

    /// <summary>
    /// v2 XML: its content is ER7 in UTF-8. What MSH-18 says does not matter, for the characters are those of the document.
    /// </summary>
    private static Result<Er7Message> ReadXml(ReadOnlyMemory<byte> document)
    {
        Result<byte[]> content = XmlToEr7.Read(document);
        if (!content.Accepted) return content.Rejection;
        ReadOnlySpan<byte> header = HeaderOf(content.Value);
        if (!ReachesLastNeededField(header)) return Truncated(header.Length < 4 ? 1 : Reached(header));
        Result<Delimiters> delimiters = Delimiters.Read(header);
        return delimiters.Accepted ? new Er7Message(document, content.Value, delimiters.Value, CharacterSet.Utf8) : delimiters.Rejection;
    }

    /// <summary>The first segment, without its terminator.</summary>
    internal static ReadOnlySpan<byte> HeaderOf(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = WithoutPreamble(bytes);
        int end = text.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? text : text[..end];
    }

    internal static bool ReachesLastNeededField(ReadOnlySpan<byte> header) =>
        header.StartsWith("MSH"u8) && header.Length > 3 && Reached(header) >= LastNeededField;

    /// <summary>Number of the field in which the header ends.</summary>
    private static int Reached(ReadOnlySpan<byte> header) => header.Count(header[3]) + 1;

    /// <summary>Passes over a byte order mark and empty lines.</summary>
    internal static ReadOnlySpan<byte> WithoutPreamble(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(SegmentIndex.ByteOrderMark)) bytes = bytes[SegmentIndex.ByteOrderMark.Length..];
        return bytes.TrimStart("\r\n"u8);
    }

    private static string Missing(ReadOnlySpan<byte> text) => text.StartsWith("FHS"u8) || text.StartsWith("BHS"u8)
        ? "The message begins with a batch header: send its messages one by one"
        : "The first segment is not MSH";

    private static Rejection Truncated(int reached) =>
        new(RejectionCode.MshTruncated, $"MSH ends in field {reached}; it must reach MSH-12", new FieldLocation("MSH", 1, reached));
}
