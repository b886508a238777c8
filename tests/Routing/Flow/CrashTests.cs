using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Flow;

/// <summary>A hub dies at each step; the next one, on the same store, finishes the work once.</summary>
public sealed class CrashTests
{
    public enum Step
    {
        BeforeJournal,
        AfterJournal,
        BeforeOutcome,
        AfterOutcome,
    }

    [Theory]
    [InlineData(Step.BeforeJournal, "")]
    [InlineData(Step.AfterJournal, "")]
    [InlineData(Step.BeforeOutcome, "")]
    [InlineData(Step.AfterOutcome, "")]
    [InlineData(Step.AfterJournal, "AL")]
    [InlineData(Step.BeforeOutcome, "AL")]
    [InlineData(Step.AfterOutcome, "AL")]
    public async Task A_message_sent_again_after_a_crash_is_stored_once_and_answered(Step step, string accept)
    {
        var store = await TestHub.StoreWithCitizenAsync();
        var plug = new Plug(store, store);
        var died = new TaskCompletionSource();
        Task Die()
        {
            plug.Pull();
            died.SetResult();
            return Task.CompletedTask;
        }

        if (step == Step.BeforeJournal) await Die();
        if (step == Step.AfterJournal) store.Flush = _ => Die();
        if (step == Step.BeforeOutcome)
        {
            store.BeforeCommit = async _ =>
            {
                await Die();
                return await new TaskCompletionSource<Rejection?>().Task;
            };
        }

        if (step == Step.AfterOutcome) store.AfterCommit = _ => Die();

        // The dead hub is left as it is: nothing of it can reach the store.
        var dead = await TestHub.StartAsync(store, plug: plug);
        var message = PlainMessages.Message("C1", accept: accept, application: accept);
        var lost = dead.SendAsync(message).AsTask();
        await died.Task;
        store.Flush = async _ => await Task.Yield();
        store.BeforeCommit = _ => Task.FromResult<Rejection?>(null);
        store.AfterCommit = _ => Task.CompletedTask;
        Assert.Equal(step == Step.BeforeJournal ? 0 : 1, store.Rows.Count);

        await using var hub = await TestHub.StartAsync(store);
        if (step != Step.BeforeJournal) await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
        var answer = await hub.SendAsync(message);
        Assert.Equal(accept.Length > 0 ? "CA" : null, TestHub.Code(answer.Accept));
        Assert.Equal("AA", TestHub.Code(await answer.Application));
        Assert.Equal(1, Assert.Single(store.Rows).Deliveries);
        Assert.False(lost.IsCompleted && lost.Result.Application.IsCompleted, "The dead hub answered.");
    }

    [Fact]
    public async Task A_repeat_that_comes_before_recovery_has_finished_waits_for_the_first_answer()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        var plug = new Plug(store, store);
        store.Flush = _ =>
        {
            plug.Pull();
            return Task.CompletedTask;
        };
        var dead = await TestHub.StartAsync(store, plug: plug);
        _ = dead.SendAsync(PlainMessages.Message("C1")).AsTask();
        await TestHub.UntilAsync(() => store.Rows.Count == 1);
        store.Flush = async _ => await Task.Yield();

        var mayCommit = new TaskCompletionSource();
        store.BeforeCommit = async _ =>
        {
            await mayCommit.Task;
            return null;
        };
        await using var hub = await TestHub.StartAsync(store);
        var repeat = (await hub.SendAsync(PlainMessages.Message("C1"))).Application;
        Assert.False(repeat.IsCompleted);
        mayCommit.SetResult();
        Assert.Equal("AA", TestHub.Code(await repeat));
        Assert.Equal(1, store.Rows[0].Deliveries);
    }

    [Fact]
    public async Task A_retry_that_was_due_while_the_hub_was_down_is_made_at_start()
    {
        var time = new ManualTime();
        var store = await TestHub.StoreWithCitizenAsync(time);
        var translator = new PlainTranslator { Fault = _ => throw new IOException("synthetic") };
        await using (var hub = await TestHub.StartAsync(store, translator, time))
        {
            await hub.SendAsync(PlainMessages.Message("C1"));
            await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.AwaitingRetry);
        }

        time.Advance(TimeSpan.FromMinutes(1));
        await using var next = await TestHub.StartAsync(store, time: time);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
        Assert.Equal(2, store.Rows[0].Saga.Attempts);
    }
}
