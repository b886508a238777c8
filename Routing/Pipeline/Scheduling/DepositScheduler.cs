using System.Collections.Frozen;
using System.Diagnostics;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>The order of work, in memory. What it forgets in a crash is found in the store again.</summary>
internal sealed partial class DepositScheduler(PipelineOptions options, TimeProvider time, ILogger<DepositScheduler> log) : IDepositFlow, IDisposable
{
    /// <summary>A dispatch that failed is made again after this time: the sagas are starting or stopping.</summary>
    private static readonly TimeSpan DispatchDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// No timer runs longer: a time that was noted with a clock that was ahead must not hold up a patient for days. Whoever comes too early is
    /// postponed again.
    /// </summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Round round = new();
    private readonly Dictionary<DepositId, ScheduledDeposit> tracked = [];
    private readonly Dictionary<DepositId, TaskCompletionSource<ReadOnlyMemory<byte>?>> awaited = [];
    private readonly SemaphoreSlim resumedPlaces = new(options.ResumedLimit);
    private IReadOnlySet<string> keptBackSources = FrozenSet<string>.Empty;
    private IDepositDispatch? dispatch;
    private ITimer? stallWatch;
    private long cachedBytes;
    private int inWork;
    private int committing;
    private long lastCommitted;
    private bool closed;

    public bool Closed => closed;

    public SourceLine LineOf(string sourceId) => round.LineOf(sourceId);

    /// <summary>Takes a place of the backlog and in the order of the patient, for a message that is about to be journaled.</summary>
    /// <returns>
    /// False where the source's backlog is full, and before the flow is open: nothing is journaled while the unfinished deposits of the former
    /// run are being counted, so that they can be told from new ones.
    /// </returns>
    public bool TryTakePlace(ScheduledDeposit deposit)
    {
        var line = deposit.Source;
        lock (gate)
        {
            if (dispatch is null || line.Count >= options.BacklogLimit) return false;
            TakePlace(deposit);
            if (deposit.Committing) committing++;
            if (keptBackSources.Contains(line.Id)) line.KeptBack.Add(deposit);
            else Round.Add(deposit);
            return true;
        }
    }

    /// <summary>The journal has it: it goes to work when its turn comes.</summary>
    /// <returns>The application answer to come.</returns>
    public Task<ReadOnlyMemory<byte>?> Journaled(ScheduledDeposit deposit, DepositId id, ReadOnlyMemory<byte>? bytes, MessageReading reading)
    {
        Task<ReadOnlyMemory<byte>?> answer;
        lock (gate)
        {
            deposit.Id = id;
            deposit.First = true;
            deposit.Stage = Stage.Waiting;
            if (deposit.Committing) Committed();
            if (bytes is { } message && cachedBytes + message.Length <= options.CachedBytesLimit)
            {
                deposit.Message = new(deposit.Source.Id, message, reading, deposit.ReceivedAt);
                cachedBytes += message.Length;
            }

            // A repeat that came at the same time may have heard of the number first.
            if (awaited.Remove(id, out var repeats)) deposit.Answer = repeats;
            tracked.Add(id, deposit);
            round.Changed(deposit);
            answer = closed ? Task.FromResult<ReadOnlyMemory<byte>?>(null) : deposit.Answer.Task;
        }

        Pump();
        return answer;
    }

    /// <summary>The message was not journaled after all: its place is free again.</summary>
    public void Leave(ScheduledDeposit deposit)
    {
        lock (gate) GiveUpPlace(deposit);
        Pump();
        SourceDoor.LetInMore(this, deposit.Source);
    }

    public ScheduledDeposit? Find(DepositId id)
    {
        lock (gate) return tracked.GetValueOrDefault(id);
    }

    /// <summary>Gives out the message kept of a deposit, which is kept no longer: a further try reads the journal.</summary>
    /// <returns>Null where none is kept.</returns>
    public HeldMessage? TakeMessage(DepositId id)
    {
        lock (gate)
        {
            if (tracked.GetValueOrDefault(id) is not { Message: { } message } deposit) return null;
            LetGoOfMessage(deposit);
            return message;
        }
    }

    /// <summary>The answer of a deposit that is not decided yet, as the store said a moment ago.</summary>
    /// <returns>The task, and whether the deposit was known here: if not, it may have been decided meanwhile.</returns>
    public (Task<ReadOnlyMemory<byte>?> Answer, bool Known) AnswerOf(DepositId id)
    {
        lock (gate)
        {
            if (tracked.TryGetValue(id, out var deposit)) return (deposit.Answer.Task, true);
            if (!awaited.TryGetValue(id, out var answer)) awaited.Add(id, answer = new(TaskCreationOptions.RunContinuationsAsynchronously));
            return (answer.Task, false);
        }
    }

    /// <summary>The answer of a deposit that is not held here is no longer awaited.</summary>
    public void Forget(DepositId id)
    {
        TaskCompletionSource<ReadOnlyMemory<byte>?>? answer;
        lock (gate) awaited.Remove(id, out answer);
        answer?.TrySetResult(null);
    }

    public DepositSagaState? FirstState(DepositId id) =>
        Find(id) is { First: true } deposit
            ? new(id, DepositState.Received, 0, 0, null, [new(DepositState.Received, deposit.ReceivedAt, null)])
            : null;

    public void Decided(DepositId id, DepositState state, RejectionCode? rejection, ReadOnlyMemory<byte>? acknowledgement)
    {
        ScheduledDeposit? deposit;
        TaskCompletionSource<ReadOnlyMemory<byte>?>? answer;
        lock (gate)
        {
            if (tracked.Remove(id, out deposit))
            {
                answer = deposit.Answer;
                GiveUpPlace(deposit);
            }
            else
            {
                awaited.Remove(id, out answer);
            }
        }

        answer?.TrySetResult(acknowledgement);
        if (deposit is null) return;
        FlowCounts.Decided(deposit, state, rejection);
        Pump();
        SourceDoor.LetInMore(this, deposit.Source);
        if (deposit.ResumeNext is { } again) _ = ResumeAsync(again, CancellationToken.None).AsTask();
    }

    public void Postponed(DepositId id, DateTimeOffset dueAt)
    {
        lock (gate)
        {
            if (!tracked.TryGetValue(id, out var deposit) || deposit.Stage != Stage.InWork) return;
            inWork--;
            deposit.First = false;
            Postpone(deposit, dueAt);
            FlowMeter.Retried.Add(1, FlowMeter.Source(deposit.Source.Id));
        }

        Pump();
    }

    public async ValueTask ResumeAsync(UnfinishedDeposit deposit, CancellationToken cancellationToken)
    {
        await resumedPlaces.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            if (tracked.TryGetValue(deposit.DepositId, out var held))
            {
                // Replayed so soon after its decision that the flow has not heard of that one yet.
                held.ResumeNext = deposit;
                resumedPlaces.Release();
                return;
            }

            var resumed = new ScheduledDeposit(round.LineOf(deposit.SourceId), deposit.PatientKey, time.GetUtcNow())
            {
                Id = deposit.DepositId, Stage = Stage.Waiting, Resumed = true,
            };
            if (awaited.Remove(deposit.DepositId, out var answer)) resumed.Answer = answer;
            tracked.Add(deposit.DepositId, resumed);
            TakePlace(resumed);
            Round.Add(resumed);
            if (deposit.DueAt is { } due && due > time.GetUtcNow()) Postpone(resumed, due);
            else round.Changed(resumed);
        }

        Pump();
    }

    public void Open(IDepositDispatch dispatch, IReadOnlySet<string> withUnfinished)
    {
        lock (gate)
        {
            this.dispatch = dispatch;
            keptBackSources = withUnfinished;
            stallWatch ??= time.CreateTimer(_ => DispatchStalled(), null, options.StallLimit, options.StallLimit / 3);
        }

        foreach (var line in round.Lines) SourceDoor.LetInMore(this, line);
    }

    public void Recovered()
    {
        List<TaskCompletionSource<ReadOnlyMemory<byte>?>> decidedBefore;
        lock (gate)
        {
            keptBackSources = FrozenSet<string>.Empty;
            foreach (var line in round.Lines) LetGo(line);

            // What was not resumed was decided meanwhile: those who wait for it ask the store.
            decidedBefore = [.. awaited.Values];
            awaited.Clear();
        }

        foreach (var answer in decidedBefore) answer.TrySetResult(null);
        Pump();
    }

    /// <summary>Nothing new is let in or dispatched; answers still awaited are given up. Deposits in work may end.</summary>
    public void Close()
    {
        List<TaskCompletionSource<ReadOnlyMemory<byte>?>> answers;
        lock (gate)
        {
            closed = true;
            answers = [.. awaited.Values, .. tracked.Values.Where(deposit => deposit.Stage != Stage.InWork).Select(deposit => deposit.Answer)];
        }

        foreach (var answer in answers) answer.TrySetResult(null);
    }

    public void Dispose()
    {
        stallWatch?.Dispose();
        resumedPlaces.Dispose();
    }

    private static void TakePlace(ScheduledDeposit deposit)
    {
        deposit.Source.Count++;
        FlowMeter.Backlog.Add(1, FlowMeter.Source(deposit.Source.Id));
    }

    private void GiveUpPlace(ScheduledDeposit deposit)
    {
        if (deposit.Stage == Stage.Gone) return;
        if (deposit.Stage == Stage.InWork) inWork--;
        if (deposit is { Stage: Stage.Journaling, Committing: true }) Committed();
        deposit.Stage = Stage.Gone;
        deposit.Timer?.Dispose();
        LetGoOfMessage(deposit);
        deposit.Source.Count--;
        FlowMeter.Backlog.Add(-1, FlowMeter.Source(deposit.Source.Id));
        if (deposit.Resumed) resumedPlaces.Release();
        round.Changed(deposit);
    }

    private void LetGoOfMessage(ScheduledDeposit deposit)
    {
        if (deposit.Message is { } message) cachedBytes -= message.Bytes.Length;
        deposit.Message = null;
    }

    private void Postpone(ScheduledDeposit deposit, DateTimeOffset dueAt)
    {
        var wait = dueAt - time.GetUtcNow();
        deposit.Stage = Stage.Postponed;
        deposit.Timer?.Dispose();
        deposit.Timer = time.CreateTimer(
            _ => Due(deposit), null, wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestTimer ? LongestTimer : wait, Timeout.InfiniteTimeSpan);
    }

    private void Due(ScheduledDeposit deposit)
    {
        lock (gate)
        {
            if (deposit.Stage != Stage.Postponed) return;
            deposit.Stage = Stage.Waiting;
            round.Changed(deposit);
        }

        Pump();
    }

    private void LetGo(SourceLine line)
    {
        foreach (var deposit in line.KeptBack)
        {
            Round.Add(deposit);
            round.Changed(deposit);
        }

        line.KeptBack.Clear();
    }

    /// <summary>
    /// Places in work. Few while senders wait for a commit: what they wait for goes first, as long as the backlog may grow.
    /// One deposit in work is enough to ask again when it is decided.
    /// </summary>
    private int Places => !Yields ? options.InFlightLimit
        : tracked.Count < options.YieldingBacklogLimit ? options.InFlightLimitYielding
        : options.InFlightLimitBesideSenders;

    private bool Yields => committing > 0 || time.GetElapsedTime(lastCommitted) < options.YieldingTime;

    private void Committed()
    {
        committing--;
        lastCommitted = time.GetTimestamp();
    }

    /// <summary>Dispatches while there are places in work.</summary>
    private void Pump()
    {
        while (true)
        {
            ScheduledDeposit? next;
            lock (gate)
            {
                if (dispatch is null || closed || inWork >= Places || !round.TryTake(out next)) return;
                next.Stage = Stage.InWork;
                next.Since = Stopwatch.GetTimestamp();
                inWork++;
            }

            _ = DispatchAsync(next.Id);
        }
    }

    private async Task DispatchAsync(DepositId id)
    {
        try
        {
            await dispatch!.DispatchAsync(id).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogDispatchFailed(fault.GetType().Name, id.Value);
            Postponed(id, time.GetUtcNow() + DispatchDelay);
        }
    }

    private void DispatchStalled()
    {
        List<DepositId> stalled = [];
        lock (gate)
        {
            if (closed) return;
            foreach (var deposit in tracked.Values)
            {
                if (deposit.Stage != Stage.InWork || Stopwatch.GetElapsedTime(deposit.Since) < options.StallLimit) continue;
                deposit.Since = Stopwatch.GetTimestamp();
                deposit.First = false;
                stalled.Add(deposit.Id);
            }
        }

        foreach (var id in stalled)
        {
            LogStalled(id.Value);
            _ = DispatchAsync(id);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "Deposit {Deposit} could not be dispatched ({Fault}); it is tried again")]
    private partial void LogDispatchFailed(string fault, long deposit);

    [LoggerMessage(3102, LogLevel.Warning, "Deposit {Deposit} gave no sign in its time and is dispatched again")]
    private partial void LogStalled(long deposit);
}
