using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Monitoring.Telemetry.Windows;

/// <summary>The last 15 minutes of one source: counts each 5 seconds, latencies each minute. About 10 KB.</summary>
internal sealed class SourceWindow
{
    internal const int CountSeconds = 5;
    private const int LatencySeconds = 60;
    private const int Minutes = 15;
    private const int TrendSeconds = 30;

    private readonly TimeRing<CountSlot> counts = new((Minutes * 60 / CountSeconds) + 2);
    private readonly TimeRing<LatencySlot> commits = new(3);
    private readonly TimeRing<LatencySlot> deliveries = new(3);
    private long backlog;
    private long lastReceived = long.MinValue;

    public CountSlot CountsAt(long second) => counts.At(second / CountSeconds);

    public LatencySlot CommitAt(long second) => commits.At(second / LatencySeconds);

    public LatencySlot DeliveryAt(long second) => deliveries.At(second / LatencySeconds);

    public void Heard(DateTimeOffset at) => Volatile.Write(ref lastReceived, at.UtcTicks);

    public void AddBacklog(long change) => Interlocked.Add(ref backlog, change);

    public SourceFlow Read(string sourceId, long second)
    {
        var now = second / CountSeconds;
        long received = 0, delivered = 0, refused = 0, repeated = 0;
        var trend = new long[Minutes * 60 / TrendSeconds];
        for (var step = now - (Minutes * 60 / CountSeconds) + 1; step <= now; step++)
        {
            if (counts.Find(step) is not { } slot) continue;
            received += slot.Received;
            delivered += slot.Delivered;
            refused += slot.Refused;
            repeated += slot.Repeated;
            trend[trend.Length - 1 - ((now - step) * CountSeconds / TrendSeconds)] += slot.Received;
        }

        // The two whole steps before this one: 10 seconds.
        double Rate(Func<CountSlot, long> of) =>
            Enumerable.Range(1, 2).Sum(back => counts.Find(now - back) is { } slot ? of(slot) : 0) / (2.0 * CountSeconds);

        var heard = Volatile.Read(ref lastReceived);
        return new(
            sourceId, Rate(slot => slot.Received), Rate(slot => slot.Delivered), Rate(slot => slot.Refused), received, delivered, refused, repeated,
            Volatile.Read(ref backlog), heard == long.MinValue ? null : new DateTimeOffset(heard, TimeSpan.Zero),
            Latencies(commits, second), Latencies(deliveries, second), trend);
    }

    private static Latency Latencies(TimeRing<LatencySlot> ring, long second)
    {
        Span<long> sums = stackalloc long[LatencyBuckets.Count];
        sums.Clear();
        for (var back = 0; back < 2; back++) ring.Find((second / LatencySeconds) - back)?.AddTo(sums);
        return LatencyBuckets.Read(sums);
    }
}
