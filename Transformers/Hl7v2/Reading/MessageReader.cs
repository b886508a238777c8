using System.Text;
using System.Text.Unicode;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Xml;

namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>
/// Reads header and patient and checks the whole message. The checks, in this order: empty, MSH missing, MSH cut off, delimiters,
/// character set, version, message type, control id, control characters, segments, sizes. The first that fails is the rejection.
/// </summary>
public sealed class MessageReader(ReadingLimits? limits = null) : IMessageReader
{
    private readonly ReadingLimits limits = limits ?? new ReadingLimits();

    public MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource)
    {
        if (XmlText.Begins(message.Span)) return ReadXml(message, findSource);
        Source? source = null;
        Result<Er7Message> opened = MessageOpening.Read(message, (_, delimiters) =>
        {
            source = HeaderMessage(message, delimiters) is { Header: var header } ? findSource(header.Text(3), header.Text(4)) : null;
            return source?.DefaultCharacterSet ?? CharacterSet.Ascii.Code;
        });
        if (!opened.Accepted) return new MessageReading(HeaderAlone(message, source), source, opened.Rejection);

        Er7Message read = opened.Value;
        Segment msh = read.Header;
        // Read before its character set was known, a name in another script can have been misread.
        if (read.IsTranscoded) source = findSource(msh.Text(3), msh.Text(4));
        Rejection? rejection = HeaderCheck.Find(msh) ?? SyntaxCheck.Find(read, limits);
        return new MessageReading(EnvelopeReading.Read(read, withPatient: rejection is null), source, rejection);
    }

    /// <summary>v2 XML, which has no header that could be read while the rest cannot.</summary>
    private MessageReading ReadXml(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource)
    {
        Result<Er7Message> opened = Er7Message.Read(message);
        if (!opened.Accepted) return new MessageReading(null, null, opened.Rejection);
        Segment msh = opened.Value.Header;
        Rejection? rejection = HeaderCheck.Find(msh) ?? SyntaxCheck.Find(opened.Value, limits);
        return new MessageReading(EnvelopeReading.Read(opened.Value, withPatient: rejection is null), findSource(msh.Text(3), msh.Text(4)), rejection);
    }

    /// <summary>What can be told of a message whose bytes are not in the character set it states: its header, where that is plain.</summary>
    private static MessageEnvelope? HeaderAlone(ReadOnlyMemory<byte> message, Source? source)
    {
        ReadOnlySpan<byte> header = MessageOpening.HeaderOf(message.Span);
        if (!MessageOpening.ReachesLastNeededField(header) || Delimiters.Read(header) is not { Accepted: true } delimiters) return null;
        return HeaderMessage(message, delimiters.Value) is { } read
            ? EnvelopeReading.Read(read, withPatient: false) with { CharacterSet = source?.DefaultCharacterSet ?? CharacterSet.Ascii.Code }
            : null;
    }

    /// <summary>The header as a message of its own, where its bytes can be read without knowing their character set.</summary>
    private static Er7Message? HeaderMessage(ReadOnlyMemory<byte> message, Delimiters delimiters)
    {
        ReadOnlySpan<byte> header = MessageOpening.HeaderOf(message.Span);
        if (!Utf8.IsValid(header)) return null;
        int start = message.Length - MessageOpening.WithoutPreamble(message.Span).Length;
        ReadOnlyMemory<byte> alone = message.Slice(start, header.Length);
        return new Er7Message(alone, alone, delimiters, Ascii.IsValid(header) ? CharacterSet.Ascii : CharacterSet.Utf8);
    }
}
