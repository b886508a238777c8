using EHealthPlus.Routing.Sagas.Dispatch;
using MassTransit;

namespace EHealthPlus.Routing.Sagas.Deposits;

/// <summary>
/// The life of a deposit after the journal has it. One message is one try, and its outcome is the transition; the repository saves both in
/// one transaction. Out of Refused and Quarantined only an operator leads, by a replay.
/// </summary>
public sealed class DepositStateMachine : MassTransitStateMachine<DepositSaga>
{
    internal DepositStateMachine(DepositAttempt attempt)
    {
        InstanceState(saga => saga.CurrentState);
        Event(
            () => DepositReceived,
            received =>
            {
                received.CorrelateById(context => DepositCorrelation.Of(context.Message.DepositId));
                received.OnMissingInstance(missing => missing.Discard());
            });

        During(
            Received, AwaitingRetry,
            When(DepositReceived, context => attempt.IsDue(context.Saga))
                .ThenAsync(attempt.MakeAsync)
                .If(EndedAs(AttemptResult.Delivered), then => then.TransitionTo(Delivered))
                .If(EndedAs(AttemptResult.Refused), then => then.TransitionTo(Refused))
                .If(EndedAs(AttemptResult.Failed), then => then.TransitionTo(AwaitingRetry))
                .If(EndedAs(AttemptResult.Exhausted), then => then.TransitionTo(Quarantined)));

        // A message that comes twice, or late.
        During(Delivered, Ignore(DepositReceived));
        During(Refused, Ignore(DepositReceived));
        During(Quarantined, Ignore(DepositReceived));
    }

    public Event<DepositReceived> DepositReceived { get; private set; } = null!;

    /// <summary>In the journal. Its time-out is the limit of a try; a lost message is sent again by the flow.</summary>
    public State Received { get; private set; } = null!;

    /// <summary>Its time-out is when the next try is due.</summary>
    public State AwaitingRetry { get; private set; } = null!;

    public State Delivered { get; private set; } = null!;

    public State Refused { get; private set; } = null!;

    /// <summary>Waits for a person, without a time-out.</summary>
    public State Quarantined { get; private set; } = null!;

    private static StateMachineCondition<DepositSaga, DepositReceived> EndedAs(AttemptResult result) =>
        context => context.Saga.Outcome?.Result == result;
}
