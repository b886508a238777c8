using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Deposits;

/// <summary>A step of a deposit's life, as the timeline shows it.</summary>
/// <param name="Note">Short, without patient data.</param>
public sealed record DepositTransition(DepositState State, DateTimeOffset At, string? Note);

/// <summary>The persisted saga instance of one deposit.</summary>
/// <param name="Version">
/// As it was loaded: 0 for a deposit that was only journaled. A save names the version it was loaded with and makes it 1 higher;
/// a save against another version fails.
/// </param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="DueAt">When the next try or the timeout is due.</param>
public sealed record DepositSagaState(
    DepositId DepositId, DepositState State, int Version, int Attempts, DateTimeOffset? DueAt, IReadOnlyList<DepositTransition> Timeline)
{
    /// <summary>When it went into the record for the first time; null where it never did.</summary>
    public DateTimeOffset? AdmittedAt => Timeline.FirstOrDefault(step => step.State == DepositState.Delivered)?.At;
}

/// <summary>All that one decision on a deposit changes; committed as one, or not at all.</summary>
/// <param name="Resources">
/// In the order to apply; updates already merged with what the record held. Those of mode CreateIfAbsent are left out where the record holds them.
/// </param>
/// <param name="PersonId">The citizen matched, the first of several, or null. Each resource goes to its own <see cref="TranslatedResource.SubjectId"/>.</param>
/// <param name="Acknowledgement">The application answer, kept for repeats; null leaves what is there.</param>
public sealed record DepositCommit(
    DepositSagaState Saga, Rejection? Rejection, string? PersonId, IReadOnlyList<TranslatedResource> Resources,
    LedgerCounts? Ledger, ReadOnlyMemory<byte>? Acknowledgement, IReadOnlyList<AuditEntry> Audit)
{
    /// <summary>
    /// <see cref="Identity.IPersonStore.Generation"/> from before its patients were identified. Where it moved since, nothing is written. Null where nothing
    /// hangs on who they are.
    /// </summary>
    public long? Generation { get; init; }
}

public sealed record LedgerCounts(int Mapped, int Carried, int Dropped);

/// <summary>Keeps what was decided of deposits.</summary>
public interface IDepositStore
{
    /// <summary>
    /// Writes everything in one transaction, flushed when the task completes; commits that wait at the same time share a flush.
    /// A resource equal to its current version makes no new version.
    /// </summary>
    /// <returns>Rejection VersionConflict where the saga was saved by another meanwhile, the person index or a joining consent changed since
    /// <see cref="DepositCommit.Generation"/>, or the review that it would wait for (409) is decided already: it is to be decided again. StorageFull or StoreUnavailable where nothing was written.</returns>
    Task<Result<DepositId>> CommitAsync(DepositCommit commit, CancellationToken cancellationToken);

    Task<DepositSagaState?> LoadSagaAsync(DepositId id, CancellationToken cancellationToken);

    /// <summary>Replaces the bytes that a quarantined deposit is processed from. The bytes as received stay.</summary>
    Task RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, AuditEntry audit, CancellationToken cancellationToken);
}
