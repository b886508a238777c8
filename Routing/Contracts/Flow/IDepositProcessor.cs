using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>What was decided of a deposit; nothing of it is committed yet.</summary>
/// <param name="Rejection">Null where the deposit goes into the record.</param>
/// <param name="PersonId">The citizen matched, the first of several, or null.</param>
/// <param name="Resources">Reconciled with what the record holds; empty for a refusal.</param>
/// <param name="Acknowledgement">The application answer; null where the sender asked for none.</param>
/// <param name="Audit">The decision and its reason: committed with it.</param>
public sealed record DepositDecision(
    Rejection? Rejection, string? PersonId, IReadOnlyList<TranslatedResource> Resources, LedgerCounts? Ledger,
    ReadOnlyMemory<byte>? Acknowledgement, IReadOnlyList<AuditEntry> Audit)
{
    /// <summary>
    /// A refusal that is not the last word: the deposit goes to quarantine, until what it lacks is there. So for a study whose citizen is not
    /// known or has not consented: its sender was told long ago that the images are kept, and will not send them again.
    /// </summary>
    public bool Waits { get; init; }

    /// <summary><see cref="IPersonStore.Generation"/> from before its patients were identified; null where nothing hangs on who they are.</summary>
    public long? Generation { get; init; }
}

/// <summary>Decides what becomes of a journaled deposit: identify, admit, translate, reconcile. Can run twice for one deposit.</summary>
public interface IDepositProcessor
{
    /// <param name="admittedAt">
    /// When it went into the record for the first time, where it did and is only identified again: what was lawful then stays so, whether or not the
    /// provider is still registered as active. Null for one that never did.
    /// </param>
    /// <returns>
    /// The decision; a refusal of the message is one too. A rejection in place of a decision means that none could be made now:
    /// StoreUnavailable or StorageFull.
    /// </returns>
    /// <exception cref="Exception">A fault: the saga tries again.</exception>
    Task<Result<DepositDecision>> DecideAsync(DepositId id, DateTimeOffset? admittedAt, CancellationToken cancellationToken);

    /// <summary>The decision that refuses a deposit for a reason outside its content, such as RetriesExhausted.</summary>
    Task<DepositDecision> RefuseAsync(DepositId id, Rejection rejection, CancellationToken cancellationToken);
}
