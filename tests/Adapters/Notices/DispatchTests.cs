using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using EHealthPlus.Adapters.Notices.Channels;
using EHealthPlus.Adapters.Notices.Sending;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Adapters.Notices;

public sealed class DispatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoticeChoice Choice = new("0123456789abcdef0123456789abcdef", NoticeChannel.Sms, "+85290000000", "citizen@example.org", null, false);

    private static readonly Provider Clinic = new("synthetic-clinic", "Synthetic Clinic", "測試診所", ProviderKind.Clinic);

    private readonly OutboxInMemory outbox = new();
    private readonly ScriptedChannel sms = new(NoticeChannel.Sms);
    private readonly ScriptedChannel email = new(NoticeChannel.Email);
    private readonly ScriptedChannel letter = new(NoticeChannel.Letter);
    private readonly Clock clock = new() { Now = Noon };

    [Fact]
    public async Task A_notice_goes_by_the_chosen_channel_once()
    {
        outbox.Add(Notice(1));
        Assert.Equal(1, await RoundAsync());
        Assert.Equal(0, await RoundAsync());
        Assert.Equal([(1L, NoticeChannel.Sms)], outbox.Sent);
        Assert.Equal("+85290000000", Assert.Single(sms.Messages).Address);
        Assert.Empty(email.Messages);
    }

    [Fact]
    public async Task The_delay_from_the_access_to_the_sending_is_measured()
    {
        var measured = new ConcurrentQueue<(double Seconds, string? Channel)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Name == "ehealthplus_notice_seconds") listening.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => measured.Enqueue((seconds, tags[0].Value as string)));
        listener.Start();
        outbox.Add(Notice(1));
        clock.Now = Noon.AddSeconds(42);
        await RoundAsync();
        // Other tests of this process send notices meanwhile, none after that time.
        Assert.Contains((42, "sms"), measured);
    }

    [Fact]
    public async Task A_channel_that_refuses_gives_way_at_once()
    {
        (sms.Answer, email.Answer) = (Delivery.Refused, Delivery.Refused);
        outbox.Add(Notice(1));
        for (var round = 0; round < 3; round++) await RoundAsync();
        Assert.Equal([(1L, NoticeChannel.Letter)], outbox.Sent);
        Assert.Equal((1, 1, 1), (sms.Messages.Count, email.Messages.Count, letter.Messages.Count));
    }

    [Fact]
    public async Task A_channel_that_fails_is_tried_five_times_with_growing_pauses_and_the_same_key()
    {
        sms.Answer = Delivery.Failed;
        outbox.Add(Notice(1));
        var pauses = new List<TimeSpan>();
        while (outbox.Sent.Count == 0)
        {
            await RoundAsync();
            if (outbox.Sent.Count > 0) break;
            pauses.Add(outbox.DueAt(1) - clock.Now);
            Assert.Equal(pauses[^1] > TimeSpan.Zero ? 0 : 1, (await outbox.DueAsync(clock.Now, 9, default)).Count);
            clock.Now = outbox.DueAt(1);
        }

        Assert.Equal([10, 60, 300, 900, 0], pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal([(1L, NoticeChannel.Email)], outbox.Sent);
        Assert.Equal(NoticeDispatch.MostAttempts, sms.Messages.Count);
        Assert.Single(sms.Messages.Concat(email.Messages).Select(message => message.Key).Distinct());
    }

    [Fact]
    public async Task The_last_channel_is_tried_until_it_works()
    {
        letter.Answer = Delivery.Failed;
        outbox.Add(Notice(1) with { Choice = NoticeChoice.Unmade(Choice.PersonId) });
        for (var round = 0; round < 9; round++)
        {
            await RoundAsync();
            clock.Now = outbox.DueAt(1);
        }

        Assert.Equal(9, letter.Messages.Count);
        letter.Answer = Delivery.Sent;
        await RoundAsync();
        Assert.Equal([(1L, NoticeChannel.Letter)], outbox.Sent);
    }

    [Fact]
    public async Task A_channel_that_breaks_over_one_notice_sends_the_others_and_tries_that_one_again()
    {
        sms.Breaks = message => message.Key[0] == 'b';
        outbox.Add(Notice(1));
        outbox.Add(Notice(2) with { Key = new string('b', 32) });
        outbox.Add(Notice(3));
        Assert.Equal(3, await RoundAsync());
        Assert.Equal([1L, 3L], outbox.Sent.Select(each => each.Number).Order());
        Assert.Equal(Noon.AddSeconds(10), outbox.DueAt(2));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_store_that_cannot_be_read_now_does_not_end_the_sending()
    {
        outbox.Fault = new StoreFault();
        outbox.Add(Notice(1));
        using var dispatch = new NoticeDispatch(outbox, [sms, email, letter], _ => Clinic, clock, NullLogger<NoticeDispatch>.Instance);
        await dispatch.StartAsync(TestContext.Current.CancellationToken);
        while (outbox.Fault is not null) await Task.Delay(10, TestContext.Current.CancellationToken);
        while (outbox.Sent.Count == 0 && !dispatch.ExecuteTask!.IsCompleted) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal([(1L, NoticeChannel.Sms)], outbox.Sent);
        await dispatch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(false, "Synthetic Clinic", "2026-11-20 12:00")]
    [InlineData(true, "測試診所", "2026-11-20 12:00")]
    public async Task It_says_which_provider_and_when_and_nothing_else(bool chinese, string provider, string when)
    {
        outbox.Add(Notice(1) with { Choice = Choice with { Chinese = chinese } });
        await RoundAsync();
        var message = Assert.Single(sms.Messages);
        Assert.Contains(provider, message.Text, StringComparison.Ordinal);
        Assert.Contains(when, message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Choice.PersonId, message.Text + message.Subject, StringComparison.Ordinal);
        // All that varies is the provider and the time: another person's notice reads the same.
        var other = NoticeText.Of(Notice(2) with { PersonId = "other", Key = "other", Choice = Choice with { PersonId = "other", Chinese = chinese } }, Clinic, NoticeChannel.Sms);
        Assert.Equal((message.Subject, message.Text), (other.Subject, other.Text));
    }

    private static PendingNotice Notice(long number) => new(number, new string('a', 32), Choice.PersonId, Clinic.Id, Noon, 0, 0, Choice);

    private async Task<int> RoundAsync()
    {
        using var dispatch = new NoticeDispatch(outbox, [sms, email, letter], id => id == Clinic.Id ? Clinic : null, clock, NullLogger<NoticeDispatch>.Instance);
        return await dispatch.SendDueAsync(TestContext.Current.CancellationToken);
    }

    private sealed class ScriptedChannel(NoticeChannel kind) : IChannel
    {
        public Delivery Answer { get; set; } = Delivery.Sent;

        public Func<NoticeMessage, bool> Breaks { get; set; } = _ => false;

        public List<NoticeMessage> Messages { get; } = [];

        public NoticeChannel Channel => kind;

        public Task<Delivery> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
        {
            lock (Messages) Messages.Add(message);
            if (Breaks(message)) throw new FormatException("synthetic");
            return Task.FromResult(Answer);
        }
    }

    /// <summary>As the reader of a store throws it.</summary>
    private sealed class StoreFault() : DbException("synthetic");

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
