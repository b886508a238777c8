using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>The first checks on a message, in the order in which a sender can act on them.</summary>
internal static class MessageOpening
{
    private const int LastNeededField = 12;

    /// <param name="defaultCharacterSet">Told the header's delimiters, gives the code that applies where MSH-18 is empty.</param>
    public static Result<Er7Message> Read(ReadOnlyMemory<byte> bytes, Func<Delimiters, string> defaultCharacterSet)
    {
        ReadOnlySpan<byte> all = bytes.Span;
        ReadOnlySpan<byte> text = WithoutPreamble(all);
        if (text.Length == 0) return new Rejection(RejectionCode.MessageEmpty, "The message holds no bytes beside line ends");
        if (!text.StartsWith("MSH"u8)) return new Rejection(RejectionCode.MshMissing, Missing(text));

        int end = text.IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> header = end < 0 ? text : text[..end];
        if (header.Length < 4) return Truncated(1);
        Result<Delimiters> delimiters = Delimiters.Read(header);
        int reached = header.Count(header[3]) + 1;
        bool separatorInvalid = !delimiters.Accepted && delimiters.Rejection.Location is { Field: 1 };
        if (!separatorInvalid && (reached < LastNeededField || (end < 0 && reached == LastNeededField && header[^1] == header[3])))
        {
            return Truncated(reached);
        }
        if (!delimiters.Accepted) return delimiters.Rejection;

        Result<CharacterSet> characterSet = StatedCharacterSet.Read(header, delimiters.Value, defaultCharacterSet(delimiters.Value));
        if (!characterSet.Accepted) return characterSet.Rejection;
        // A byte order mark says UTF-8 where the message itself says no more than ASCII.
        CharacterSet inForce = characterSet.Value.IsAscii && all.StartsWith(SegmentIndex.ByteOrderMark) ? CharacterSet.Utf8 : characterSet.Value;
        Result<ReadOnlyMemory<byte>> content = Transcoding.ToUtf8(bytes, delimiters.Value, inForce);
        if (!content.Accepted) return content.Rejection;
        return new Er7Message(bytes, content.Value, delimiters.Value, inForce);
    }

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
