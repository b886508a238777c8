using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Sagas.Recovery;

/// <summary>What an operator does with refused and quarantined deposits. Each act is committed with its audit entry before it has effect.</summary>
internal sealed class Quarantine(IDepositStore store, IDepositJournal journal, IDepositFlow flow, TimeProvider time) : IQuarantine
{
    public async Task<Result<DepositId>> ReplayAsync(DepositId id, string actor, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (!found.Accepted) return found.Rejection;
        var (saga, deposit) = found.Value;
        if (string.IsNullOrEmpty(deposit.SourceId))
        {
            return new Rejection(RejectionCode.SourceUnknown, "No registered source sent this message: once it is registered, it has to send again");
        }

        var at = time.GetUtcNow();
        var received = saga with
        {
            State = DepositState.Received, Attempts = 0, DueAt = null, Timeline = [.. saga.Timeline, new(DepositState.Received, at, "Replay")],
        };
        var audit = Audit(at, actor, AuditAction.Replay, id, $"Replay of a {saga.State} deposit");
        var committed = await store.CommitAsync(new(received, null, null, [], null, null, [audit]), cancellationToken).ConfigureAwait(false);
        if (!committed.Accepted) return committed;
        // It is unfinished now: whoever asked may go, the flow must hear of it.
        await flow.ResumeAsync(new(id, deposit.SourceId, deposit.PatientKey, DepositState.Received, null), CancellationToken.None).ConfigureAwait(false);
        return id;
    }

    public async Task<Result<DepositId>> RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, string actor, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty) return new Rejection(RejectionCode.MessageEmpty, "The repaired message is empty");
        var found = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (!found.Accepted) return found.Rejection;
        var audit = Audit(time.GetUtcNow(), actor, AuditAction.Repair, id, $"Bytes of a {found.Value.Saga.State} deposit corrected for its next replay");
        await store.RepairAsync(id, bytes, audit, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <returns>The deposit, where it waits for a person.</returns>
    private async Task<Result<(DepositSagaState Saga, JournaledDeposit Deposit)>> FindAsync(DepositId id, CancellationToken cancellationToken)
    {
        var saga = await store.LoadSagaAsync(id, cancellationToken).ConfigureAwait(false);
        var deposit = await journal.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (saga is null || deposit is null) return new Rejection(RejectionCode.ResourceNotFound, $"There is no deposit {id}");
        return saga.State is DepositState.Refused or DepositState.Quarantined
            ? (saga, deposit)
            : NotWaiting(id, saga.State);
    }

    private static Rejection NotWaiting(DepositId id, DepositState state) => state == DepositState.Delivered
        ? new(RejectionCode.DepositNotWaiting, $"Deposit {id} is in the record: have its source send a new message to correct it", null, $"存入紀錄 {id} 已完成：如需更正，請來源另發訊息")
        : new(RejectionCode.DepositNotWaiting, $"Deposit {id} is in work ({state}): look again when it is done", null, $"存入紀錄 {id} 正在處理，請稍後再查看");

    private static AuditEntry Audit(DateTimeOffset at, string actor, string action, DepositId id, string reason) =>
        new(at, actor, "operator", action, null, $"deposit:{id}", true, reason);
}
