using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <summary>What the store says of the last 24 hours, and of what was before this start. Asked at most every few seconds, however many people watch.</summary>
internal sealed class FlowBoard(IDepositQueries deposits, IFlowStatistics statistics, TimeProvider time) : IDisposable
{
    /// <summary>Quarantined deposits are counted up to here: more is "many" to an operator, and the count stays cheap.</summary>
    public const int MostQuarantined = 500;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Sources silent since the start are looked up one by one; beyond this many at a time a page would be slow.</summary>
    private const int MostLookups = 60;

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ConcurrentDictionary<string, DateTimeOffset?> before = new(StringComparer.Ordinal);
    private DayCounts? last;

    public void Dispose() => one.Dispose();

    public FlowSnapshot Now(TimeSpan window, TimeSpan step) => statistics.Snapshot(window, step);

    public async ValueTask<DayCounts> DayAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is { } known && now - known.At < Fresh) return known;
        await one.WaitAsync(cancellationToken);
        try
        {
            if (last is { } asked && now - asked.At < Fresh) return asked;
            var from = now.AddDays(-1);
            var sources = await deposits.CountAsync(from, now, cancellationToken);
            var refusals = await deposits.CountRefusalsAsync(from, now, cancellationToken);
            var quarantined = await deposits.ListAsync(new(State: DepositState.Quarantined, Count: MostQuarantined), cancellationToken);
            return last = new(now, sources, refusals, quarantined.Count);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>
    /// When each source sent last, null where it never did. Of one that is silent since the start the store tells, once: what comes later is in the
    /// flow. Those beyond <see cref="MostLookups"/> are left out, and looked up when asked for again.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset?>> LastSeenAsync(IEnumerable<SourceLine> lines, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        var lookups = 0;
        foreach (var line in lines)
        {
            var at = line.Flow?.LastReceivedAt;
            if (at is null && !before.TryGetValue(line.Id, out at))
            {
                if (lookups++ >= MostLookups) continue;
                var last = new DepositFilter(SourceId: line.IsUnknown ? null : line.Id, Count: 1, WithoutSource: line.IsUnknown);
                at = before[line.Id] = await deposits.ListAsync(last, cancellationToken) is [var newest] ? newest.ReceivedAt : null;
            }

            seen[line.Id] = at;
        }

        return seen;
    }
}

/// <param name="Quarantined">All that wait, not only of the last day; at most <see cref="FlowBoard.MostQuarantined"/>.</param>
internal sealed record DayCounts(
    DateTimeOffset At, IReadOnlyList<SourceCounts> Sources, IReadOnlyDictionary<RejectionCode, long> Refusals, int Quarantined);
