using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Messages;

/// <summary>Reads what the hub must know of an HL7 v2 message before it decides on it. Pure: no I/O, no clock.</summary>
public interface IMessageReader
{
    /// <summary>Reads the header and the patient, and checks syntax, limits and character set of the whole message.</summary>
    /// <param name="message">The message without its MLLP frame.</param>
    /// <param name="findSource">Asked with MSH-3.1 and MSH-4.1; its default character set applies where MSH-18 is empty.</param>
    MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource);
}

/// <summary>
/// What was read. A message can be refused and still have an envelope: the refusal then is addressed to its sender.
/// </summary>
/// <param name="Envelope">Null where not even the header could be read.</param>
/// <param name="Rejection">Null where the message may go on.</param>
public sealed record MessageReading(MessageEnvelope? Envelope, Source? Source, Rejection? Rejection);

/// <summary>Writes HL7 v2 general acknowledgements (ACK) in the sender's delimiters and version.</summary>
public interface IAcknowledgementWriter
{
    /// <summary>Writes MSH, MSA and, for a rejection, ERR (ERR-1 before v2.5, ERR-2 to ERR-8 from it on).</summary>
    /// <param name="received">The message answered; may be unreadable, then the answer is as complete as it can be.</param>
    /// <param name="code">MSA-1, HL7 table 0008: AA AE AR CA CE CR.</param>
    /// <param name="at">MSH-7 of the answer.</param>
    /// <param name="controlId">MSH-10 of the answer.</param>
    /// <returns>The message without MLLP frame.</returns>
    byte[] Write(ReadOnlyMemory<byte> received, string code, IReadOnlyList<Rejection> rejections, DateTimeOffset at, string controlId);
}

/// <summary>Shows a message as a tree with the standard's names, for people.</summary>
public interface IMessageInspector
{
    IReadOnlyList<MessageNode> Inspect(ReadOnlyMemory<byte> message, string defaultCharacterSet);
}

/// <summary>One node of the tree: a segment, field, component or subcomponent.</summary>
/// <param name="Label">Such as PID or PID-5.1.</param>
/// <param name="Name">The standard's name, or empty where it has none.</param>
/// <param name="Value">Text of a leaf, escapes resolved; null for an inner node.</param>
public sealed record MessageNode(string Label, string Name, string? Value, FieldLocation Location, IReadOnlyList<MessageNode> Children);
