using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>States of an instance. Stored as numbers: only appended.</summary>
public enum InstanceState
{
    /// <summary>Kept; its study is not in the record yet.</summary>
    Kept = 1,

    /// <summary>In the record of a citizen.</summary>
    Filed = 2,

    /// <summary>Nobody known, or no consent: kept apart until somebody decides.</summary>
    Quarantined = 3,
}

/// <summary>An instance that is kept.</summary>
/// <param name="Sha256">Of the data set's bytes as received, hexadecimal, lower case: the name of the object.</param>
/// <param name="Length">Bytes of the data set.</param>
/// <param name="PersonId">The citizen, once the study is filed; null before.</param>
public sealed record KeptInstance(
    InstanceKey Key, string SopClassUid, string TransferSyntaxUid, string Sha256, long Length, int NumberOfFrames, string SourceId, string ProviderId,
    DateTimeOffset ReceivedAt, InstanceState State, string? PersonId);

/// <summary>A new instance for the index.</summary>
/// <param name="SourceId">Its provider's keys seal what is kept.</param>
/// <param name="FileMeta">Preamble and group 0002 as received; null where it came by DIMSE.</param>
/// <param name="Audit">
/// The deposit, permitted, for the audit trail. It is committed with the first instance that comes of its study from its origin, and again when that is
/// ten minutes past; the instances between point to it. Nothing is written of a repeat; of a conflict the same entry, not permitted, with its reason.
/// </param>
public sealed record InstanceEntry(
    InstanceSummary Summary, string SourceId, string ProviderId, DateTimeOffset ReceivedAt, ReadOnlyMemory<byte>? FileMeta, AuditEntry Audit)
{
    /// <inheritdoc cref="InstanceOffer.AnswersAtOnce"/>
    public bool AnswersAtOnce { get; init; }
}

/// <summary>
/// Objects (content-addressed, sealed at rest) and their index in the record store. Large objects are streamed, never held.
/// </summary>
public interface IInstanceStore
{
    /// <summary>Begins an object. It is sealed as it is written, with a key of its own.</summary>
    /// <returns>Rejection StoreUnavailable while the store is closed.</returns>
    ValueTask<Result<IInstanceObject>> BeginAsync(CancellationToken cancellationToken);

    ValueTask<KeptInstance?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken);

    /// <summary>The instances of a study, or of one series, or one; by series number, series, instance number.</summary>
    ValueTask<IReadOnlyList<KeptInstance>> SelectAsync(string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken);

    /// <summary>The bytes of the data set as received. Can seek: parts of a large object are read alone.</summary>
    /// <returns>Null where the object is gone, which is told to the audit trail as damage is.</returns>
    /// <exception cref="RejectedException">ContentDamaged; reading throws it too, at the first stretch that was altered, cut off or moved.</exception>
    ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken);

    /// <summary>Preamble and group 0002 as received, or null.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken);

    /// <summary>What matches, at most <see cref="ImagingQuery.Count"/>; each with its person, so that the caller can decide on it.</summary>
    /// <returns>Rejection SearchParameterInvalid where a value cannot be matched with its attribute.</returns>
    ValueTask<Result<IReadOnlyList<ImagingMatch>>> QueryAsync(ImagingQuery query, CancellationToken cancellationToken);
}

/// <summary>An object on its way to disk. Dispose without <see cref="KeepAsync"/> leaves nothing behind.</summary>
public interface IInstanceObject : IAsyncDisposable
{
    /// <returns>Rejections StorageFull, StoreUnavailable.</returns>
    ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken);

    /// <summary>Flushes the object and its directory entry and commits the index; calls that wait at the same time share both.</summary>
    /// <returns>Rejection InstanceConflict where other bytes are kept under the UID.</returns>
    Task<Result<InstanceReceipt>> KeepAsync(InstanceEntry entry, CancellationToken cancellationToken);
}
