using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>What a sender says of an instance before its first byte.</summary>
/// <param name="SopClassUid">Affected SOP Class UID of the C-STORE; null where the data set alone says it (STOW-RS).</param>
/// <param name="SopInstanceUid">Affected SOP Instance UID; null likewise.</param>
/// <param name="TransferSyntaxUid">Of the presentation context; null for a Part 10 file, which says it itself.</param>
/// <param name="SourceId">The registered source it comes from.</param>
/// <param name="CharacterSet">See <see cref="DicomPeer.CharacterSet"/>.</param>
/// <param name="Peer">Who is at the other end, for the certificate and the audit.</param>
/// <param name="StudyInstanceUid">Set where the channel binds the deposit to one study (STOW-RS to a study): another is refused.</param>
public sealed record InstanceOffer(
    string? SopClassUid, string? SopInstanceUid, string? TransferSyntaxUid, string SourceId, string? CharacterSet, Peer Peer, string? StudyInstanceUid = null)
{
    /// <summary>
    /// Who waits for the receipt only sends an answer then: he may be told on the store's own thread, which spares a change of threads, and must wait for
    /// nothing there.
    /// </summary>
    public bool AnswersAtOnce { get; init; }
}

public enum InstanceVerdict
{
    /// <summary>New, and durable.</summary>
    New,

    /// <summary>The same bytes under the same SOP Instance UID: nothing was written.</summary>
    Repeat,
}

/// <summary>What became of an instance: it is on disk and in the index.</summary>
public sealed record InstanceReceipt(InstanceVerdict Verdict, InstanceKey Key, string SopClassUid);

/// <summary>Takes in SOP instances: reads and keeps them while they come, and files them.</summary>
public interface IInstanceIntake
{
    /// <returns>Where to write the bytes; a rejection where nothing can be taken from this source now.</returns>
    ValueTask<Result<IInstanceReception>> BeginAsync(InstanceOffer offer, CancellationToken cancellationToken);
}

/// <summary>One instance on its way in. Dispose without <see cref="CompleteAsync"/> leaves nothing behind.</summary>
public interface IInstanceReception : IAsyncDisposable
{
    /// <summary>Takes the next bytes; the memory is the caller's again when the task completes. After a fault the rest is not kept.</summary>
    /// <returns>The first fault, so that a sender may be told early.</returns>
    ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken);

    /// <summary>
    /// All has been written. Completes when object, directory entry and index are flushed; calls of other associations that wait at the same
    /// time share the flushes.
    /// </summary>
    /// <returns>Rejections for a data set that is none, for other bytes under a known UID (reported to the operator), for a full disk.</returns>
    Task<Result<InstanceReceipt>> CompleteAsync(CancellationToken cancellationToken);
}
