using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>
/// The order of work: per source in turn, per patient of a source one after the other. It holds places only; the truth is in the store.
/// The sagas tell it how each deposit went on. Every call may come twice, or for a deposit it does not hold.
/// </summary>
public interface IDepositFlow
{
    /// <summary>The saga instance of a deposit that this process journaled and has not tried yet; null where the store must be asked.</summary>
    DepositSagaState? FirstState(DepositId id);

    /// <summary>Delivered, refused or quarantined, and committed: its sender is answered, the next deposit of the patient goes on.</summary>
    /// <param name="acknowledgement">Null where none is due, or where only the store knows it.</param>
    void Decided(DepositId id, DepositState state, RejectionCode? rejection, ReadOnlyMemory<byte>? acknowledgement);

    /// <summary>To be tried again. It keeps its place before the later ones of the same patient, but no place in work.</summary>
    void Postponed(DepositId id, DateTimeOffset dueAt);

    /// <summary>Takes up a deposit after a restart or for a replay. Completes when there is room for it.</summary>
    ValueTask ResumeAsync(UnfinishedDeposit deposit, CancellationToken cancellationToken);

    /// <summary>Begins the work. Until then nothing is journaled as new, and senders wait.</summary>
    /// <param name="dispatch">Where deposits go when it is their turn.</param>
    /// <param name="withUnfinished">Sources with deposits that a former run left: their new ones wait until <see cref="Recovered"/>.</param>
    void Open(IDepositDispatch dispatch, IReadOnlySet<string> withUnfinished);

    /// <summary>All that was unfinished has been resumed.</summary>
    void Recovered();
}

/// <summary>Puts a deposit in motion: sends its number to the saga.</summary>
public interface IDepositDispatch
{
    /// <returns>Ends at the latest when the saga has handled it. What came of it is told to <see cref="IDepositFlow"/>.</returns>
    Task DispatchAsync(DepositId id);
}
