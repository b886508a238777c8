using System.Globalization;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Sagas.Dispatch;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Sagas.Deposits;

/// <summary>One try of a deposit, and what follows from how it ended.</summary>
internal sealed partial class DepositAttempt(
    IDepositProcessor processor, RetrySchedule retries, SagaOptions options, TimeProvider time, ILogger<DepositAttempt> log)
{
    /// <summary>Timers may ring a little before the clock says so.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(100);

    /// <summary>False for a retry that comes before its time: a message sent twice.</summary>
    public bool IsDue(DepositSaga saga)
    {
        var wait = saga.Stored.DueAt - time.GetUtcNow();
        // No try waits longer than the longest: the clock was ahead when this one failed.
        return !(wait > Early) || wait > retries.Longest;
    }

    public async Task MakeAsync(BehaviorContext<DepositSaga, DepositReceived> context)
    {
        var saga = context.Saga;
        using var limit = new CancellationTokenSource(options.AttemptLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        try
        {
            var decided = await processor.DecideAsync(saga.Stored.DepositId, saga.Stored.AdmittedAt, either.Token).ConfigureAwait(false);
            saga.Outcome = decided.Accepted ? Decided(decided.Value) : await UndecidedAsync(saga, decided.Rejection, context.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.CancellationToken.IsCancellationRequested)
        {
            // Neither the message of an exception nor its data is logged: they may hold patient data.
            LogFault(saga.Stored.DepositId.Value, fault.GetType().Name, fault.StackTrace ?? "");
            var what = limit.IsCancellationRequested ? "the try took too long" : LoggedFault.NameOf(fault);
            saga.Outcome = await FailedAsync(saga, what, context.CancellationToken).ConfigureAwait(false);
        }
    }

    private static AttemptOutcome Decided(DepositDecision decision) => decision.Rejection is { } rejection
        // A registrar's decision will replay it, or what it waits for.
        ? new(decision.Waits || rejection.Code == RejectionCode.IdentityUnderReview ? AttemptResult.Exhausted : AttemptResult.Refused, decision, null, rejection.ToString())
        : new(AttemptResult.Delivered, decision, null, null);

    private async Task<AttemptOutcome> UndecidedAsync(DepositSaga saga, Rejection rejection, CancellationToken cancellationToken) =>
        rejection.Code is RejectionCode.StorageFull or RejectionCode.StoreUnavailable
            ? new(AttemptResult.NotNow, null, null, null)
            : await FailedAsync(saga, rejection.ToString(), cancellationToken).ConfigureAwait(false);

    private async Task<AttemptOutcome> FailedAsync(DepositSaga saga, string what, CancellationToken cancellationToken)
    {
        var attempts = saga.Stored.Attempts + 1;
        if (attempts < options.MaximumAttempts)
        {
            return new(
                AttemptResult.Failed, null, time.GetUtcNow() + retries.DelayAfter(attempts),
                string.Create(CultureInfo.InvariantCulture, $"Try {attempts} of {options.MaximumAttempts} failed: {what}"));
        }

        var rejection = new Rejection(
            RejectionCode.RetriesExhausted, string.Create(CultureInfo.InvariantCulture, $"{attempts} tries failed, the last one: {what}"));
        return new(
            AttemptResult.Exhausted, await GiveUpAsync(saga.Stored.DepositId, rejection, cancellationToken).ConfigureAwait(false), null, rejection.ToString());
    }

    private async Task<DepositDecision> GiveUpAsync(DepositId id, Rejection rejection, CancellationToken cancellationToken)
    {
        try
        {
            return await processor.RefuseAsync(id, rejection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The deposit cannot even be read: it goes to quarantine without an answer to its sender.
            LogFault(id.Value, fault.GetType().Name, fault.StackTrace ?? "");
            return new(rejection, null, [], null, null, []);
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "A try of deposit {Deposit} failed with {Fault}\n{Stack}")]
    private partial void LogFault(long deposit, string fault, string stack);
}
