using EHealthPlus.Adapters.Notices.Channels;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Notices.Sending;

/// <summary>
/// Sends what stands in the outbox, and notes it there. Killed in between, it sends again with the same key: the gateway, or the name of
/// the letter's file, makes one of the two. A channel that fails five times, or refuses, gives way to the citizen's next.
/// </summary>
internal sealed class NoticeDispatch(INotices notices, IEnumerable<IChannel> channels, Func<string, Provider?> providerOf, TimeProvider clock, ILogger<NoticeDispatch> logger) : BackgroundService
{
    public const int MostAttempts = 5;
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int AtOnce = 64;
    private const int SideBySide = 8;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    private readonly Dictionary<NoticeChannel, IChannel> byKind = channels.ToDictionary(channel => channel.Channel);

    /// <summary>One round over what is due.</summary>
    /// <returns>How many were tried.</returns>
    internal async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var due = await notices.DueAsync(clock.GetUtcNow(), AtOnce, cancellationToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, async (notice, token) => await SendAsync(notice, token));
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do await RoundAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not sent stands in the outbox.
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await SendDueAsync(cancellationToken) == AtOnce)
            {
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Mostly the store cannot be read or written: what was sent is noted at the next round, with the same key.
            NoticeLog.NotNoted(logger, LoggedFault.Of(fault));
        }
    }

    /// <summary>Whatever is wrong with one notice, or one channel, the others go out.</summary>
    private async Task<Delivery> DeliverAsync(PendingNotice notice, NoticeChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            return await byKind[channel].SendAsync(NoticeText.Of(notice, providerOf(notice.ProviderId), channel), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NoticeLog.Faulty(logger, notice.Number, channel, LoggedFault.Of(fault));
            return Delivery.Failed;
        }
    }

    private async Task SendAsync(PendingNotice notice, CancellationToken cancellationToken)
    {
        var order = notice.Choice.Order;
        // The citizen may have chosen anew meanwhile: there may be fewer channels than there were.
        var step = Math.Min(notice.Step, order.Count - 1);
        var channel = order[step];
        var delivery = await DeliverAsync(notice, channel, cancellationToken);
        FlowMeter.Notices.Add(1, new("channel", channel.ToString().ToLowerInvariant()), new("outcome", delivery.ToString().ToLowerInvariant()));
        var now = clock.GetUtcNow();
        if (delivery == Delivery.Sent)
        {
            await notices.SentAsync(notice.Number, channel, now, cancellationToken);
            FlowMeter.NoticeSeconds.Record((now - notice.AccessedAt).TotalSeconds, new KeyValuePair<string, object?>("channel", channel.ToString().ToLowerInvariant()));
            return;
        }

        NoticeLog.NotSent(logger, notice.Number, channel, delivery);
        var attempts = notice.Attempts + 1;
        if (step < order.Count - 1 && (delivery == Delivery.Refused || attempts >= MostAttempts)) await notices.PostponeAsync(notice.Number, step + 1, 0, now, cancellationToken);
        else await notices.PostponeAsync(notice.Number, step, attempts, now + Pauses[Math.Min(attempts, Pauses.Length) - 1], cancellationToken);
    }
}
