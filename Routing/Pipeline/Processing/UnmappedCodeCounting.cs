using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Terminology;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>
/// Adds up the codes that no map knew in memory, and hands them to the store every few seconds: a message that has some costs no write
/// of its own. What was counted in the last seconds before a crash is lost; the codes come again.
/// </summary>
internal sealed partial class UnmappedCodeCounting(IUnmappedCodes store, TimeProvider time, ILogger<UnmappedCodeCounting> logger) : BackgroundService
{
    private const int MostWaiting = 20_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Dictionary<(string Source, UnmappedCode Code), Tally> waiting = [];

    public void Count(string source, DepositId deposit, IReadOnlyList<UnmappedCode> codes)
    {
        if (codes.Count == 0) return;
        var now = time.GetUtcNow();
        lock (gate)
        {
            foreach (var code in codes)
            {
                if (waiting.TryGetValue((source, code), out var tally)) (tally.Count, tally.Last) = (tally.Count + 1, now);
                else if (waiting.Count < MostWaiting) waiting.Add((source, code), new() { Count = 1, First = now, Last = now, Example = deposit });
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await StoreAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await StoreAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last ones are stored when the service stops.
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string Source, UnmappedCode Code), Tally> taken;
        lock (gate)
        {
            if (waiting.Count == 0) return;
            taken = waiting;
            waiting = [];
        }

        try
        {
            var counts = taken.Select(each => new UnmappedCodeCount(each.Key.Source, each.Key.Code, each.Value.Count, each.Value.First, each.Value.Last, each.Value.Example)).ToList();
            await store.AddAsync(counts, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The store says elsewhere what is wrong with it; counts are not worth keeping for later.
            NotStored(logger, taken.Count, LoggedFault.Of(fault));
        }
    }

    [LoggerMessage(EventId = 1504, Level = LogLevel.Warning, Message = "Counts of {Codes} unmapped codes could not be stored: {Reason}")]
    private static partial void NotStored(ILogger logger, int codes, string reason);

    private sealed class Tally
    {
        public required long Count { get; set; }

        public required DateTimeOffset First { get; init; }

        public required DateTimeOffset Last { get; set; }

        public required DepositId Example { get; init; }
    }
}
