using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Pipeline;
using EHealthPlus.Routing.Pipeline.Scheduling;
using EHealthPlus.Tests.Routing.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Routing.Scheduling;

public sealed class SchedulerTests : IDepositDispatch, IDisposable
{
    private static readonly HashSet<string> NoSources = [];
    private static readonly MessageReading Reading = new(null, null, null);

    private readonly ManualTime time = new();
    private readonly List<long> dispatched = [];
    private DepositScheduler scheduler;
    private long journaled;

    public SchedulerTests() => scheduler = Scheduler(new());

    public Func<DepositId, Task> OnDispatch { get; set; } = _ => Task.CompletedTask;

    public Task DispatchAsync(DepositId id)
    {
        dispatched.Add(id.Value);
        return OnDispatch(id);
    }

    public void Dispose() => scheduler.Dispose();

    [Fact]
    public async Task One_patients_deposits_go_one_after_the_other_and_other_patients_are_not_held_up()
    {
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "MR1", "MR1", "MR2", "MR1");
        Assert.Equal([1, 3], dispatched);
        Decide(1);
        Assert.Equal([1, 3, 2], dispatched);
        Decide(3);
        Decide(2);
        Assert.Equal([1, 3, 2, 4], dispatched);
    }

    [Fact]
    public async Task A_deposit_of_two_patients_goes_behind_what_came_before_of_either_and_holds_up_both()
    {
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "MR1", "MR2", "MR1\nMR2", "MR2", "MR1", "MR3");
        Assert.Equal([1, 2, 6], dispatched);
        Decide(1);
        Assert.Equal([1, 2, 6], dispatched);
        Decide(2);
        Assert.Equal([1, 2, 6, 3], dispatched);
        Decide(3);
        Assert.Equal([1, 2, 6, 3, 5, 4], dispatched);
    }

    [Fact]
    public async Task Deposits_that_cross_over_the_same_two_patients_do_not_wait_for_each_other()
    {
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "MR1\nMR2", "MR2\nMR1", "MR1");
        Assert.Equal([1], dispatched);
        Decide(1);
        Assert.Equal([1, 2], dispatched);
        Decide(2);
        Assert.Equal([1, 2, 3], dispatched);
    }

    [Fact]
    public async Task The_same_patient_number_of_another_source_is_another_patient()
    {
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "MR1");
        await AddAsync("clinic", "MR1");
        Assert.Equal([1, 2], dispatched);
    }

    [Fact]
    public async Task No_more_are_in_work_than_the_limit()
    {
        scheduler = Scheduler(new() { InFlightLimit = 3 });
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "A", "B", "C", "D", "E");
        Assert.Equal([1, 2, 3], dispatched);
        Decide(2);
        Assert.Equal([1, 2, 3, 4], dispatched);

        // The same decision told twice frees no second place.
        Decide(2);
        Assert.Equal([1, 2, 3, 4], dispatched);
    }

    [Fact]
    public async Task A_small_source_is_served_in_turn_with_a_large_one()
    {
        scheduler = Scheduler(new() { InFlightLimit = 1 });
        scheduler.Open(this, NoSources);
        await AddAsync("large", [.. Enumerable.Range(0, 10_000).Select(number => $"L{number}")]);
        await AddAsync("small", [.. Enumerable.Range(0, 10).Select(number => $"S{number}")]);
        for (var turn = 0; turn < 25; turn++) Decide(dispatched[^1]);
        Assert.Equal(10, dispatched.Count(id => id > 10_000));
        Assert.Equal(16, dispatched.Count(id => id <= 10_000));
    }

    [Fact]
    public async Task The_order_is_that_of_the_calls_whichever_commit_is_told_first()
    {
        scheduler.Open(this, NoSources);
        var first = await EnterAsync("lab", "MR1");
        var second = await EnterAsync("lab", "MR1");
        Journal(second, 2);
        Assert.Empty(dispatched);
        Journal(first, 1);
        Decide(1);
        Assert.Equal([1, 2], dispatched);
    }

    [Fact]
    public async Task A_repeat_gives_its_place_back()
    {
        scheduler.Open(this, NoSources);
        var repeat = await EnterAsync("lab", "MR1");
        Journal(await EnterAsync("lab", "MR1"), 2);
        Assert.Empty(dispatched);
        scheduler.Leave(repeat);
        Assert.Equal([2], dispatched);
    }

    [Fact]
    public async Task A_full_backlog_makes_senders_wait_in_order_and_refuses_those_who_waited_too_long()
    {
        scheduler = Scheduler(new() { BacklogLimit = 2 });
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "A", "B");
        List<string> appended = [];
        var third = EnterTask("lab", "C", () => appended.Add("C"));
        var fourth = EnterTask("lab", "D", () => appended.Add("D"));
        var other = EnterTask("clinic", "A", () => appended.Add("clinic"));
        Assert.True(other.IsCompletedSuccessfully);
        Assert.Equal(["clinic"], appended);
        Assert.False(third.IsCompleted);

        Decide(1);
        Assert.Null(await third);
        Assert.Equal(["clinic", "C"], appended);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(RejectionCode.BacklogFull, (await fourth)?.Code);

        // Who left is passed over.
        var fifth = EnterTask("lab", "E", () => appended.Add("E"));
        Decide(2);
        Assert.Null(await fifth);
        Assert.Equal(["clinic", "C", "E"], appended);
    }

    [Fact]
    public async Task Work_gives_way_while_senders_wait_for_a_commit_and_takes_its_places_again_when_they_are_done()
    {
        scheduler = Scheduler(new() { InFlightLimit = 8, InFlightLimitYielding = 1, YieldingTime = TimeSpan.FromSeconds(1) });
        scheduler.Open(this, NoSources);
        time.Advance(TimeSpan.FromMinutes(1));
        var sender = await EnterAsync("lab", "Z", committing: true);
        await AddAsync("lab", "A", "B", "C", "D");
        Assert.Equal([1], dispatched);

        // Answered a moment ago, it is likely to send again.
        Journal(sender, 9);
        Decide(1);
        Assert.Equal([1, 2], dispatched);
        time.Advance(TimeSpan.FromSeconds(2));
        Decide(2);
        Assert.Equal([1, 2, 3, 4, 9], dispatched.Order());
    }

    [Fact]
    public async Task Work_goes_on_beside_the_senders_once_the_backlog_is_long()
    {
        scheduler = Scheduler(new() { InFlightLimit = 8, InFlightLimitYielding = 1, YieldingBacklogLimit = 3, InFlightLimitBesideSenders = 2 });
        scheduler.Open(this, NoSources);
        time.Advance(TimeSpan.FromMinutes(1));
        var sender = await EnterAsync("lab", "Z", committing: true);
        await AddAsync("lab", "A", "B");
        Assert.Equal([1], dispatched);
        await AddAsync("lab", "C", "D");
        Assert.Equal([1, 2], dispatched.Order());
        Journal(sender, 9);
        Decide(1);
        Assert.Equal([1, 2, 3], dispatched.Order());
    }

    [Fact]
    public async Task A_sender_that_waits_for_the_record_makes_no_work_give_way()
    {
        scheduler = Scheduler(new() { InFlightLimit = 8, InFlightLimitYielding = 1 });
        scheduler.Open(this, NoSources);
        await EnterAsync("lab", "Z");
        await AddAsync("lab", "A", "B");
        Assert.Equal([1, 2], dispatched);
    }

    [Fact]
    public async Task A_postponed_deposit_keeps_its_patient_waiting_but_takes_no_place_in_work()
    {
        scheduler = Scheduler(new() { InFlightLimit = 1 });
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "MR1", "MR1", "MR2");
        scheduler.Postponed(new(1), time.GetUtcNow() + TimeSpan.FromSeconds(8));
        Assert.Equal([1, 3], dispatched);
        Decide(3);
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal([1, 3], dispatched);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 3, 1], dispatched);
        Decide(1);
        Assert.Equal([1, 3, 1, 2], dispatched);
    }

    [Fact]
    public async Task A_dispatch_that_fails_is_made_again()
    {
        OnDispatch = _ => throw new InvalidOperationException("synthetic");
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "MR1");
        OnDispatch = _ => Task.CompletedTask;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 1], dispatched);
    }

    [Fact]
    public async Task The_first_try_knows_the_state_and_the_bytes_and_a_second_one_asks_the_store()
    {
        scheduler = Scheduler(new() { CachedBytesLimit = 10 });
        scheduler.Open(this, NoSources);
        Journal(await EnterAsync("lab", "A"), 1, new byte[8]);
        Journal(await EnterAsync("lab", "B"), 2, new byte[8]);
        Assert.Equal((DepositState.Received, 0), (scheduler.FirstState(new(1))!.State, scheduler.FirstState(new(1))!.Version));
        Assert.Equal(8, scheduler.Find(new(1))!.Message?.Bytes.Length);
        Assert.Null(scheduler.Find(new(2))!.Message);

        Decide(1);
        Journal(await EnterAsync("lab", "C"), 3, new byte[8]);
        Assert.Equal(8, scheduler.Find(new(3))!.Message?.Bytes.Length);
        scheduler.Postponed(new(3), time.GetUtcNow());
        Assert.Null(scheduler.FirstState(new(3)));
    }

    [Fact]
    public async Task A_message_in_memory_is_given_out_once_and_makes_room_for_the_next()
    {
        scheduler = Scheduler(new() { CachedBytesLimit = 10 });
        scheduler.Open(this, NoSources);
        Journal(await EnterAsync("lab", "A"), 1, new byte[8]);
        Assert.Equal(8, scheduler.TakeMessage(new(1))?.Bytes.Length);
        Assert.Null(scheduler.TakeMessage(new(1)));
        Journal(await EnterAsync("lab", "B"), 2, new byte[8]);
        Assert.NotNull(scheduler.TakeMessage(new(2)));
    }

    [Fact]
    public async Task What_a_former_run_left_goes_before_what_the_same_source_sends_now()
    {
        scheduler.Open(this, new HashSet<string> { "lab" });
        Journal(await EnterAsync("lab", "MR1"), 10);
        Journal(await EnterAsync("clinic", "MR1"), 11);
        Assert.Equal([11], dispatched);

        await scheduler.ResumeAsync(new(new(5), "lab", "MR1", DepositState.Received, null), CancellationToken.None);
        await scheduler.ResumeAsync(new(new(6), "lab", "MR2", DepositState.AwaitingRetry, time.GetUtcNow() + TimeSpan.FromSeconds(5)), CancellationToken.None);
        Journal(await EnterAsync("lab", "MR2"), 12);
        scheduler.Recovered();
        Assert.Equal([11, 5], dispatched);
        Decide(5);
        Assert.Equal([11, 5, 10], dispatched);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([11, 5, 10, 6], dispatched);
        Decide(6);
        Assert.Equal([11, 5, 10, 6, 12], dispatched);
    }

    [Fact]
    public async Task Nothing_is_journaled_before_the_flow_is_open()
    {
        var appended = false;
        var entering = EnterTask("lab", "MR1", () => appended = true);
        Assert.False(appended);
        scheduler.Open(this, NoSources);
        Assert.Null(await entering);
        Assert.True(appended);
    }

    [Fact]
    public async Task A_huge_backlog_of_a_former_run_is_taken_up_in_parts()
    {
        scheduler = Scheduler(new() { ResumedLimit = 2 });
        scheduler.Open(this, NoSources);
        await scheduler.ResumeAsync(new(new(1), "lab", "A", DepositState.Received, null), CancellationToken.None);
        await scheduler.ResumeAsync(new(new(2), "lab", "B", DepositState.Received, null), CancellationToken.None);
        var third = scheduler.ResumeAsync(new(new(3), "lab", "C", DepositState.Received, null), CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        Decide(1);
        await third;

        // One that the flow holds already is not taken up twice.
        Decide(2);
        await scheduler.ResumeAsync(new(new(3), "lab", "C", DepositState.Received, null), CancellationToken.None);
        Assert.Equal([1, 2, 3], dispatched);

        // But one that is replayed before the flow has heard of its decision goes again.
        Decide(3);
        Assert.Equal([1, 2, 3, 3], dispatched);
    }

    [Fact]
    public async Task Whoever_asks_for_the_answer_of_an_unfinished_deposit_gets_it_once_it_is_decided()
    {
        scheduler.Open(this, NoSources);
        var (early, known) = scheduler.AnswerOf(new(7));
        Assert.False(known);
        await scheduler.ResumeAsync(new(new(7), "lab", "A", DepositState.Received, null), CancellationToken.None);
        var (late, knownThen) = scheduler.AnswerOf(new(7));
        Assert.True(knownThen);
        scheduler.Decided(new(7), DepositState.Delivered, null, "MSA"u8.ToArray());
        Assert.Equal("MSA", TestHub.Text(await early));
        Assert.Equal("MSA", TestHub.Text(await late));
    }

    [Fact]
    public async Task A_repeat_that_hears_of_the_deposit_before_the_flow_does_gets_its_answer()
    {
        scheduler.Open(this, NoSources);
        var first = await EnterAsync("lab", "A");
        var (repeat, _) = scheduler.AnswerOf(new(7));
        Journal(first, 7);
        scheduler.Decided(new(7), DepositState.Delivered, null, "MSA"u8.ToArray());
        Assert.Equal("MSA", TestHub.Text(await repeat.WaitAsync(TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public async Task A_closed_flow_lets_nothing_in_and_leaves_nobody_waiting()
    {
        scheduler = Scheduler(new() { InFlightLimit = 1 });
        scheduler.Open(this, NoSources);
        await AddAsync("lab", "A");
        var waiting = scheduler.Journaled(await EnterAsync("lab", "B"), new(2), null, Reading);
        scheduler.Close();
        Assert.Null(await waiting);
        Assert.Equal(RejectionCode.ShuttingDown, (await EnterTask("lab", "C", () => { }))?.Code);
        Decide(1);
        Assert.Equal([1], dispatched);
    }

    [Fact]
    public async Task A_place_that_comes_free_while_somebody_comes_to_the_door_is_never_overlooked()
    {
        scheduler = Scheduler(new() { BacklogLimit = 1 });
        scheduler.Open(this, NoSources);
        var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(async () =>
        {
            for (var turn = 0; turn < 5_000; turn++) scheduler.Leave(await EnterAsync("lab", $"MR{sender}"));
        }));

        // The clock of the test stands still: whoever is overlooked waits for good.
        await Task.WhenAll(senders).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, scheduler.LineOf("lab").Count);
    }

    private DepositScheduler Scheduler(PipelineOptions options) => new(options, time, NullLogger<DepositScheduler>.Instance);

    private void Decide(long id) => scheduler.Decided(new(id), DepositState.Delivered, null, null);

    private void Journal(ScheduledDeposit deposit, long id, byte[]? bytes = null) => _ = scheduler.Journaled(deposit, new(id), bytes, Reading);

    private async Task AddAsync(string source, params string[] patients)
    {
        foreach (var patient in patients) Journal(await EnterAsync(source, patient), ++journaled);
    }

    private async Task<ScheduledDeposit> EnterAsync(string source, string patient, bool committing = false)
    {
        var deposit = new ScheduledDeposit(scheduler.LineOf(source), patient, time.GetUtcNow(), committing: committing);
        Assert.Null(await SourceDoor.EnterAsync(scheduler, deposit, Append(() => { }), TimeSpan.FromSeconds(10), time, CancellationToken.None));
        return deposit;
    }

    private Task<Rejection?> EnterTask(string source, string patient, Action appended) => SourceDoor.EnterAsync(
        scheduler, new(scheduler.LineOf(source), patient, time.GetUtcNow()), Append(appended), TimeSpan.FromSeconds(10), time, CancellationToken.None).AsTask();

    private static Func<Task<Result<JournalReceipt>>> Append(Action appended) => () =>
    {
        appended();
        return Task.FromResult<Result<JournalReceipt>>(new JournalReceipt(JournalVerdict.New, default, DepositState.Received, null));
    };
}
