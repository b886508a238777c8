using System.Diagnostics;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Sagas.Dispatch;
using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Sagas.Deposits;

/// <summary>
/// Loads a saga from the deposit store, lets the machine handle the message, and commits the outcome with the saga's new state: one transaction,
/// checked by version. Then it tells the flow. No exception leaves it: what could not be done is postponed, and never lost, because the store
/// still has it as unfinished.
/// </summary>
internal sealed partial class DepositSagaRepository(
    IDepositStore store, IDepositFlow flow, RetrySchedule retries, TimeProvider time, ILogger<DepositSagaRepository> log) : ISagaRepository<DepositSaga>
{
    /// <summary>How often another save may come between before the message is put off.</summary>
    private const int Conflicts = 3;

    private static readonly KeyValuePair<string, object?> StoreStep = new("step", "store");

    public async Task Send<T>(ConsumeContext<T> context, ISagaPolicy<DepositSaga, T> policy, IPipe<SagaConsumeContext<DepositSaga, T>> next)
        where T : class
    {
        var id = DepositCorrelation.DepositOf(context.CorrelationId ?? throw new SagaException("The message names no deposit", typeof(DepositSaga), typeof(T)));
        try
        {
            if (!await HandleAsync(id, context, policy, next).ConfigureAwait(false)) PutOff(id);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The hub stops. The store has the deposit as unfinished.
        }
        catch (Exception fault)
        {
            LogFault(id.Value, fault.GetType().Name, fault.StackTrace ?? "");
            PutOff(id);
        }
    }

    public Task SendQuery<T>(
        ConsumeContext<T> context, ISagaQuery<DepositSaga> query, ISagaPolicy<DepositSaga, T> policy, IPipe<SagaConsumeContext<DepositSaga, T>> next)
        where T : class => throw new NotSupportedException("Deposits are found by number only.");

    public void Probe(ProbeContext context) => context.CreateScope("depositStore");

    /// <returns>False where nothing could be saved.</returns>
    private async Task<bool> HandleAsync<T>(
        DepositId id, ConsumeContext<T> context, ISagaPolicy<DepositSaga, T> policy, IPipe<SagaConsumeContext<DepositSaga, T>> next)
        where T : class
    {
        var stored = flow.FirstState(id) ?? await store.LoadSagaAsync(id, context.CancellationToken).ConfigureAwait(false);
        for (var conflicts = 0; conflicts < Conflicts; conflicts++)
        {
            if (stored is null)
            {
                LogUnknown(id.Value);
                await policy.Missing(context, next).ConfigureAwait(false);
                return false;
            }

            if (await AttemptAsync(stored, context, policy, next).ConfigureAwait(false) is not { } attempted) return false;
            if (attempted.Saving is not { } saving) return Tell(attempted);
            var began = Stopwatch.GetTimestamp();
            var committed = await saving.ConfigureAwait(false);
            FlowMeter.StepSeconds.Record(FlowMeter.SecondsSince(began), StoreStep);
            if (committed.Accepted) return Tell(attempted);
            if (committed.Rejection.Code != RejectionCode.VersionConflict) return await QuarantineAsync(attempted.Saga, committed.Rejection).ConfigureAwait(false);
            stored = await store.LoadSagaAsync(id, context.CancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>
    /// Lets the machine handle the message, and hands what it decided to the store. Nothing of a decision is kept while its commit waits for
    /// the disk but what is told then: the resources of hundreds of deposits would outlive each collection.
    /// </summary>
    /// <returns>Null where nothing could be decided now.</returns>
    private async Task<Attempted?> AttemptAsync<T>(
        DepositSagaState stored, ConsumeContext<T> context, ISagaPolicy<DepositSaga, T> policy, IPipe<SagaConsumeContext<DepositSaga, T>> next)
        where T : class
    {
        var saga = new DepositSaga(stored);
        await policy.Existing(new DefaultSagaConsumeContext<DepositSaga, T>(context, saga), next).ConfigureAwait(false);

        // Nothing to do: it was done before, or is not due yet.
        if (saga.Outcome is not { } outcome) return new(stored, null, null, null);
        if (outcome.Result == AttemptResult.NotNow) return null;
        var commit = CommitOf(saga, outcome);

        // Not cancelled by a stop: a commit that was begun ends, so that its sender is answered.
        return new(commit.Saga, commit.Rejection?.Code, commit.Acknowledgement, store.CommitAsync(commit, CancellationToken.None));
    }

    private DepositCommit CommitOf(DepositSaga saga, AttemptOutcome outcome)
    {
        var next = saga.Next(outcome, time.GetUtcNow());
        return outcome.Decision is { } decision
            ? new(next, decision.Rejection, decision.PersonId, decision.Resources, decision.Ledger, decision.Acknowledgement, decision.Audit) { Generation = decision.Generation }
            : new(next, null, null, [], null, null, []);
    }

    /// <summary>What the store will never take goes to a person, without what it could not take: tried for ever, it would hold up its patient's others.</summary>
    /// <returns>False where the store only cannot write now, or not even that.</returns>
    private async Task<bool> QuarantineAsync(DepositSagaState saga, Rejection rejection)
    {
        if (RejectionTable.Of(rejection.Code).Transient) return false;
        var quarantined = saga with
        {
            State = DepositState.Quarantined, DueAt = null, Timeline = [.. saga.Timeline.SkipLast(1), new(DepositState.Quarantined, time.GetUtcNow(), rejection.ToString())],
        };
        var committed = await store.CommitAsync(new(quarantined, rejection, null, [], null, null, []), CancellationToken.None).ConfigureAwait(false);
        return committed.Accepted && Tell(new(quarantined, rejection.Code, null, null));
    }

    private bool Tell(Attempted attempted)
    {
        var saga = attempted.Saga;
        if (saga is { State: DepositState.AwaitingRetry, DueAt: { } due }) flow.Postponed(saga.DepositId, due);
        else flow.Decided(saga.DepositId, saga.State, attempted.Rejection, attempted.Acknowledgement);
        return true;
    }

    private void PutOff(DepositId id) => flow.Postponed(id, time.GetUtcNow() + retries.StoreDelay());

    [LoggerMessage(3311, LogLevel.Error, "The outcome of deposit {Deposit} could not be saved: {Fault}\n{Stack}")]
    private partial void LogFault(long deposit, string fault, string stack);

    [LoggerMessage(3312, LogLevel.Error, "Deposit {Deposit} was dispatched, but is not in the store")]
    private partial void LogUnknown(long deposit);

    /// <param name="Saving">Null where there is nothing to save.</param>
    private sealed record Attempted(DepositSagaState Saga, RejectionCode? Rejection, ReadOnlyMemory<byte>? Acknowledgement, Task<Result<DepositId>>? Saving);
}
