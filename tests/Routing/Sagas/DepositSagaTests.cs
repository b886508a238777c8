using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Sagas;

/// <summary>Faults, retries, quarantine, and messages that come twice.</summary>
public sealed class DepositSagaTests
{
    private readonly ManualTime time = new();
    private readonly PlainTranslator translator = new();

    [Fact]
    public async Task A_passing_fault_is_tried_again_when_due_and_then_delivered()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        var faults = 2;
        translator.Fault = _ => faults-- > 0 ? throw new IOException("synthetic") : null;
        var answer = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;

        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.AwaitingRetry);
        var due = store.Rows[0].Saga.DueAt!.Value - time.GetUtcNow();
        Assert.InRange(due, TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2.4));
        Assert.False(answer.IsCompleted);
        await AdvanceToAsync(hub, store, 1, attempts: 2);
        Assert.InRange(store.Rows[0].Saga.DueAt!.Value - time.GetUtcNow(), TimeSpan.FromSeconds(6.4), TimeSpan.FromSeconds(9.6));
        await AdvanceToAsync(hub, store, 1, attempts: 3);

        Assert.Equal("AA", TestHub.Code(await answer));
        Assert.Equal(
            [DepositState.Received, DepositState.AwaitingRetry, DepositState.AwaitingRetry, DepositState.Delivered],
            store.Rows[0].Saga.Timeline.Select(step => step.State));
        Assert.Equal("Try 1 of 5 failed: IOException", store.Rows[0].Saga.Timeline[1].Note);
        Assert.DoesNotContain(store.Rows[0].Saga.Timeline, step => step.Note?.Contains("synthetic", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Stored_content_that_cannot_be_opened_is_named_in_the_timeline()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        translator.Fault = _ => throw new RejectedException(new(RejectionCode.ContentDamaged, "deposit 1, column bytes: synthetic"));
        await using var hub = await TestHub.StartAsync(store, translator, time);
        await hub.SendAsync(PlainMessages.Message("C1"));

        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.AwaitingRetry);

        Assert.Equal("Try 1 of 5 failed: 585 ContentDamaged: deposit 1, column bytes: synthetic", store.Rows[0].Saga.Timeline[1].Note);
    }

    [Fact]
    public async Task After_five_failed_tries_a_deposit_is_quarantined_and_its_patient_is_not_held_up_longer()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time, new() { AnswerLimit = TimeSpan.FromHours(1) });
        translator.Fault = text => text.Contains("|POISON|", StringComparison.Ordinal) ? throw new InvalidOperationException("synthetic") : null;
        var poisoned = (await hub.SendAsync(PlainMessages.Message("POISON"))).Application;
        var next = (await hub.SendAsync(PlainMessages.Message("C2"))).Application;
        for (var attempts = 1; attempts < 5; attempts++) await AdvanceToAsync(hub, store, 1, attempts);
        Assert.False(next.IsCompleted);
        await AdvanceToAsync(hub, store, 1, attempts: 5);

        var answer = await poisoned;
        Assert.Equal("AE", TestHub.Code(answer));
        Assert.Contains("|605", TestHub.Text(answer), StringComparison.Ordinal);
        Assert.Equal(DepositState.Quarantined, store.StateOf(1));
        Assert.Equal("AA", TestHub.Code(await next));

        // A repeat of it gets the same answer, and no new try.
        Assert.Equal(TestHub.Text(answer), TestHub.Text(await (await hub.SendAsync(PlainMessages.Message("POISON"))).Application));
        Assert.Equal(5, translator.Seen.Count(text => text.Contains("|POISON|", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(RejectionCode.StorageFull)]
    [InlineData(RejectionCode.StoreUnavailable)]
    public async Task A_store_that_cannot_write_delays_deposits_but_never_quarantines_them(RejectionCode code)
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time, new() { AnswerLimit = TimeSpan.FromHours(1) });
        var refusals = 0;
        store.BeforeCommit = _ => Task.FromResult<Rejection?>(Interlocked.Increment(ref refusals) <= 20 ? new(code, "No room") : null);
        var answer = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        for (var i = 1; i <= 20; i++)
        {
            await TestHub.UntilAsync(() => Volatile.Read(ref refusals) >= i && hub.IsPostponed(1));
            time.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.Equal("AA", TestHub.Code(await answer));
        Assert.Equal((1, 1), (store.Rows[0].Deliveries, store.Rows[0].Saga.Attempts));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_while_deciding_does_not_count_as_a_try_either()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time, new() { AnswerLimit = TimeSpan.FromHours(1) });
        translator.Fault = _ => new(RejectionCode.StoreUnavailable, "Away");
        var answer = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        for (var i = 1; i <= 6; i++)
        {
            await TestHub.UntilAsync(() => translator.Seen.Count >= i && hub.IsPostponed(1));
            if (i == 6) translator.Fault = _ => null;
            time.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.Equal("AA", TestHub.Code(await answer));
        Assert.Equal(1, store.Rows[0].Saga.Attempts);
    }

    [Fact]
    public async Task A_stopping_hub_answers_who_waits_and_refuses_who_comes()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        translator.Fault = _ => throw new IOException("synthetic");
        var hub = await TestHub.StartAsync(store, translator, time);
        var waiting = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        await TestHub.UntilAsync(() => hub.IsPostponed(1));
        await hub.StoppingAsync();
        Assert.Contains("|606", TestHub.Text(await waiting), StringComparison.Ordinal);
        Assert.Contains("|606", TestHub.Text(await (await hub.SendAsync(PlainMessages.Message("C2"))).Application), StringComparison.Ordinal);
        Assert.Single(store.Rows);
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_that_throws_is_made_again()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        var failed = 0;
        store.BeforeCommit = _ => Interlocked.Increment(ref failed) == 1 ? throw new IOException("synthetic") : Task.FromResult<Rejection?>(null);
        var answer = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        await TestHub.UntilAsync(() => Volatile.Read(ref failed) == 1 && hub.IsPostponed(1));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("AA", TestHub.Code(await answer));
        Assert.Equal(1, store.Rows[0].Deliveries);
    }

    /// <summary>The commit was done, and its answer was lost on the way: the second try meets its own first one.</summary>
    [Fact]
    public async Task A_commit_that_was_done_and_then_threw_is_not_done_twice()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        var done = 0;
        store.AfterCommit = _ => Interlocked.Increment(ref done) == 1 ? throw new IOException("synthetic") : Task.CompletedTask;
        var answer = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        await TestHub.UntilAsync(() => Volatile.Read(ref done) == 1 && hub.IsPostponed(1));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("AA", TestHub.Code(await answer));
        Assert.Equal(1, store.Rows[0].Deliveries);
    }

    [Fact]
    public async Task A_commit_that_the_store_will_never_take_goes_to_quarantine()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        store.BeforeCommit = commit => Task.FromResult<Rejection?>(commit.Saga is { DepositId.Value: 1, State: DepositState.Delivered } ? new(RejectionCode.ContentDamaged, "deposit 1, column body") : null);
        await hub.SendAsync(PlainMessages.Message("C1"));
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C2")));
        Assert.Equal((DepositState.Quarantined, RejectionCode.ContentDamaged), (store.StateOf(1), store.Rows[0].Rejection?.Code));
        Assert.Equal([DepositState.Received, DepositState.Quarantined], store.Rows[0].Saga.Timeline.Select(step => step.State));

        store.BeforeCommit = _ => Task.FromResult<Rejection?>(null);
        Assert.True((await hub.Quarantine.ReplayAsync(new(1), "olivia", CancellationToken.None)).Accepted);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task A_retry_that_was_noted_while_the_clock_was_ahead_does_not_wait_for_that_day()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        time.Advance(TimeSpan.FromDays(61));
        await using (var hub = await TestHub.StartAsync(store, translator, time))
        {
            translator.Fault = _ => throw new IOException("synthetic");
            await hub.SendAsync(PlainMessages.Message("C1"));
            await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.AwaitingRetry && hub.IsPostponed(1));
        }

        // Farther than any timer of the runtime reaches, 49 days.
        time.Advance(TimeSpan.FromDays(-60));
        translator.Fault = _ => null;
        await using var next = await TestHub.StartAsync(store, translator, time);
        await TestHub.UntilAsync(() => next.IsPostponed(1));
        time.Advance(TimeSpan.FromMinutes(5));
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task A_message_delivered_twice_or_late_changes_nothing()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        var both = new Barrier(2);
        translator.Fault = _ =>
        {
            // Both tries have loaded the saga before either commits.
            both.SignalAndWait(TimeSpan.FromSeconds(10));
            return null;
        };
        var answer = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        await hub.Dispatch.DispatchAsync(new(1));
        Assert.Equal("AA", TestHub.Code(await answer));
        translator.Fault = _ => null;

        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C2", patient: "MR2", document: "G123456A")));
        await hub.Dispatch.DispatchAsync(new(1));
        await hub.Dispatch.DispatchAsync(new(2));
        await hub.Dispatch.DispatchAsync(new(99));
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C3")));
        Assert.Equal([1, 0, 1], store.Rows.Select(row => row.Deliveries));
        Assert.Equal([1, 1, 1], store.Rows.Select(row => row.Saga.Version));
    }

    [Fact]
    public async Task A_retry_message_before_its_time_is_ignored()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, translator, time);
        translator.Fault = _ => throw new IOException("synthetic");
        await hub.SendAsync(PlainMessages.Message("C1"));
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.AwaitingRetry);
        await hub.Dispatch.DispatchAsync(new(1));
        translator.Fault = _ => null;
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C2", patient: "MR2")));
        Assert.Equal((DepositState.AwaitingRetry, 1), (store.StateOf(1), store.Rows[0].Saga.Attempts));
    }

    [Fact]
    public async Task A_try_that_takes_too_long_has_failed()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var slow = new SlowConsents(store);
        await using var hub = await TestHub.StartAsync(store, translator, time, consents: slow);
        await hub.SendAsync(PlainMessages.Message("C1"));
        await slow.Asked;
        time.Advance(TimeSpan.FromSeconds(61));
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.AwaitingRetry);
        Assert.Equal("Try 1 of 5 failed: the try took too long", store.Rows[0].Saga.Timeline[^1].Note);
    }

    /// <summary>Lets time pass until the deposit was tried so often.</summary>
    private async Task AdvanceToAsync(TestHub hub, MemoryStore store, long id, int attempts)
    {
        for (var i = 0; i < 3_000; i++)
        {
            if (store.Rows[(int)id - 1].Saga.Attempts >= attempts) return;
            // Due in the store is not yet due in the flow: time that passes before the flow has set its timer rings nothing.
            if (hub.IsPostponed(id) && store.Rows[(int)id - 1].Saga.DueAt is { } due && due > time.GetUtcNow()) time.Advance(due - time.GetUtcNow());
            await Task.Delay(10);
        }

        Assert.Fail($"Deposit {id} was not tried {attempts} times.");
    }
}
