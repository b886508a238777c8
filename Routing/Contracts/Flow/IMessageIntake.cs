using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>Who is at the other end of a connection.</summary>
/// <param name="Address">Address and port, for the journal.</param>
/// <param name="CertificateThumbprint">SHA-256 of the client certificate, hexadecimal; null without one.</param>
/// <param name="SourceId">
/// The one source that this channel belongs to, where the channel itself proves it (a source's own folder or token): it takes the place of a
/// certificate, and a message that names another source is refused. Null where the message alone says who sends.
/// </param>
public sealed record Peer(string Address, string? CertificateThumbprint, string? SourceId = null);

/// <summary>The hub's answers to one message: HL7 v2 acknowledgements without their frame.</summary>
/// <param name="Accept">CA, CE or CR of enhanced mode; null where none is due.</param>
/// <param name="Application">
/// AA, AE or AR, when it is known; null where none is due. The task does not fault.
/// </param>
public sealed record IntakeAnswer(ReadOnlyMemory<byte>? Accept, Task<ReadOnlyMemory<byte>?> Application)
{
    /// <summary>Set where nothing could be kept: whoever holds the message offers it again, also where it asked for no answer.</summary>
    public Rejection? Unkept { get; init; }
}

/// <summary>Takes in messages: reads, journals, and hands on to the flow.</summary>
public interface IMessageIntake
{
    /// <summary>
    /// Completes when the message is committed (or cannot be) and a place in the flow is taken: a caller that waits for it before
    /// reading on gives back-pressure to its sender. Never throws for bad input.
    /// <para>
    /// Calls may overlap, so that messages of one connection share a commit. Messages are journaled in the order in which the calls were
    /// started: a caller that starts them one after the other, without awaiting them, keeps the order of its connection. For this an
    /// implementation takes the message's place in the journal's queue before its first await that does not complete at once.
    /// </para>
    /// </summary>
    /// <param name="message">The caller keeps the memory unchanged until the first answer is there.</param>
    /// <param name="cancellationToken">The hub can no longer wait; not: the sender has gone. What was received whole is journaled.</param>
    ValueTask<IntakeAnswer> ReceiveAsync(ReadOnlyMemory<byte> message, Peer peer, CancellationToken cancellationToken);

    /// <summary>A frame that could not be taken: journaled as refused.</summary>
    /// <param name="bytes">What came of it, at most the first 64 KiB.</param>
    /// <returns>The AR to send, or null where the connection can carry none.</returns>
    ValueTask<ReadOnlyMemory<byte>?> RefuseAsync(ReadOnlyMemory<byte> bytes, Rejection rejection, Peer peer, CancellationToken cancellationToken);
}
