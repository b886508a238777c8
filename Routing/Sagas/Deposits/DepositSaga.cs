using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Sagas.Dispatch;
using MassTransit;

namespace EHealthPlus.Routing.Sagas.Deposits;

/// <summary>The instance of one deposit while a message is handled: as it was stored, and what the try came to.</summary>
public sealed class DepositSaga : SagaStateMachineInstance
{
    /// <summary>For MassTransit's probes only.</summary>
    public DepositSaga()
        : this(new(default, DepositState.Received, 0, 0, null, []))
    {
    }

    internal DepositSaga(DepositSagaState stored)
    {
        Stored = stored;
        CorrelationId = DepositCorrelation.Of(stored.DepositId.Value);
        CurrentState = stored.State.ToString();
    }

    public Guid CorrelationId { get; set; }

    /// <summary>A name of <see cref="DepositState"/>: names do not change when states are appended.</summary>
    public string CurrentState { get; set; }

    internal DepositSagaState Stored { get; }

    /// <summary>Null where the message was ignored.</summary>
    internal AttemptOutcome? Outcome { get; set; }

    /// <summary>What is saved after a try: the state that the machine went to.</summary>
    internal DepositSagaState Next(AttemptOutcome outcome, DateTimeOffset at)
    {
        var state = Enum.Parse<DepositState>(CurrentState);
        return Stored with
        {
            State = state, Attempts = Stored.Attempts + 1, DueAt = outcome.DueAt, Timeline = [.. Stored.Timeline, new(state, at, outcome.Note)],
        };
    }
}

internal enum AttemptResult
{
    Delivered,
    Refused,
    Failed,
    Exhausted,

    /// <summary>The store is full or away: nothing can be decided, and nothing saved.</summary>
    NotNow,
}

/// <param name="Decision">Set where one was made.</param>
/// <param name="DueAt">When a failed try is made again.</param>
/// <param name="Note">For the timeline, without patient data.</param>
internal sealed record AttemptOutcome(AttemptResult Result, DepositDecision? Decision, DateTimeOffset? DueAt, string? Note);
