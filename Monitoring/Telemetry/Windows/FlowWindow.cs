using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Monitoring.Telemetry.Windows;

/// <summary>Sliding windows over the instruments that the console draws. Its size is fixed: 15 minutes by second, and at most <see cref="MostSources"/> sources.</summary>
public sealed class FlowWindow : IFlowStatistics
{
    internal const int MostSources = 1_024;
    private const string Other = "other";
    private const int Seconds = 15 * 60;
    private const int RateSeconds = 10;
    private const int LatencySeconds = 60;

    private readonly TimeProvider time;
    private readonly TimeRing<SecondSlot> seconds = new(Seconds + 2);
    private readonly ConcurrentDictionary<string, SourceWindow> sources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TimeRing<LatencySlot>> steps = new(StringComparer.Ordinal);
    private long backlog;
    private long connections;

    public FlowWindow(TimeProvider time) => this.time = time;

    internal void Count(string instrument, string label, double value)
    {
        var now = time.GetUtcNow();
        var second = now.ToUnixTimeSeconds();
        switch (instrument)
        {
            case "ehealthplus_deposits_received_total":
                Add(ref seconds.At(second).Received, value);
                Add(ref SourceOf(label).CountsAt(second).Received, value);
                SourceOf(label).Heard(now);
                break;
            case "ehealthplus_deposits_delivered_total":
                Add(ref seconds.At(second).Delivered, value);
                Add(ref SourceOf(label).CountsAt(second).Delivered, value);
                break;
            case "ehealthplus_deposits_refused_total":
                Add(ref seconds.At(second).Refused, value);
                Add(ref SourceOf(label).CountsAt(second).Refused, value);
                break;
            case "ehealthplus_deposits_repeated_total":
                Add(ref seconds.At(second).Repeated, value);
                Add(ref SourceOf(label).CountsAt(second).Repeated, value);
                break;
            case "ehealthplus_backlog":
                Volatile.Write(ref seconds.At(second).Backlog, Interlocked.Add(ref backlog, (long)value));
                SourceOf(label).AddBacklog((long)value);
                break;
            case "ehealthplus_mllp_connections":
                Interlocked.Add(ref connections, (long)value);
                break;
            case "ehealthplus_commit_seconds":
                seconds.At(second).Commit.Record(value);
                SourceOf(label).CommitAt(second).Record(value);
                break;
            case "ehealthplus_delivery_seconds":
                seconds.At(second).Delivery.Record(value);
                SourceOf(label).DeliveryAt(second).Record(value);
                break;
            case "ehealthplus_step_seconds" when steps.Count < 32 || steps.ContainsKey(label):
                steps.GetOrAdd(label, _ => new(17)).At(second / 60).Record(value);
                break;
        }
    }

    public FlowSnapshot Snapshot(TimeSpan window, TimeSpan step)
    {
        var now = time.GetUtcNow();
        var second = now.ToUnixTimeSeconds();
        var stepSeconds = Math.Max(1, (int)step.TotalSeconds);
        var count = Math.Min(Seconds, (int)window.TotalSeconds) / stepSeconds;
        // Only whole steps: the one that runs now would always look like a drop.
        var end = second / stepSeconds * stepSeconds;
        var points = new FlowPoint[count];
        var standing = BacklogBefore(end - (count * stepSeconds));
        for (var index = 0; index < count; index++)
        {
            points[index] = Point(end - ((count - index) * stepSeconds), stepSeconds, ref standing);
        }

        double Rate(Func<SecondSlot, long> of) =>
            Enumerable.Range(1, RateSeconds).Sum(back => seconds.Find(second - back) is { } slot ? of(slot) : 0) / (double)RateSeconds;

        return new(
            now, Rate(slot => slot.Received), Rate(slot => slot.Delivered), Rate(slot => slot.Refused),
            Volatile.Read(ref backlog), Volatile.Read(ref connections),
            Latencies(second - LatencySeconds + 1, second + 1, slot => slot.Commit), Latencies(second - LatencySeconds + 1, second + 1, slot => slot.Delivery),
            points,
            [.. sources.Select(source => source.Value.Read(source.Key, second)).OrderBy(source => source.SourceId, StringComparer.Ordinal)],
            [.. steps.Select(ring => Step(ring.Key, ring.Value, second / 60)).Where(found => found.Latency.Count > 0).OrderBy(found => found.Step, StringComparer.Ordinal)]);
    }

    private FlowPoint Point(long from, int length, ref long standing)
    {
        long received = 0, delivered = 0, refused = 0;
        for (var second = from; second < from + length; second++)
        {
            if (seconds.Find(second) is not { } slot) continue;
            received += slot.Received;
            delivered += slot.Delivered;
            refused += slot.Refused;
            if (Volatile.Read(ref slot.Backlog) is not long.MinValue and var changed) standing = changed;
        }

        return new(
            DateTimeOffset.FromUnixTimeSeconds(from), received / (double)length, delivered / (double)length, refused / (double)length, standing,
            Latencies(from, from + length, slot => slot.Commit), Latencies(from, from + length, slot => slot.Delivery));
    }

    private long BacklogBefore(long second)
    {
        for (var back = second - 1; back > second - Seconds; back--)
        {
            if (seconds.Find(back) is { } slot && slot.Backlog != long.MinValue) return slot.Backlog;
        }

        return 0;
    }

    private Latency Latencies(long from, long until, Func<SecondSlot, LatencySlot> of)
    {
        Span<long> sums = stackalloc long[LatencyBuckets.Count];
        sums.Clear();
        for (var second = from; second < until; second++)
        {
            if (seconds.Find(second) is { } slot) of(slot).AddTo(sums);
        }

        return LatencyBuckets.Read(sums);
    }

    private static StepFlow Step(string name, TimeRing<LatencySlot> ring, long minute)
    {
        Span<long> sums = stackalloc long[LatencyBuckets.Count];
        sums.Clear();
        long nanoseconds = 0;
        for (var back = 0; back < 15; back++)
        {
            if (ring.Find(minute - back) is not { } slot) continue;
            slot.AddTo(sums);
            nanoseconds += slot.Nanoseconds;
        }

        var latency = LatencyBuckets.Read(sums);
        return new(name, latency.Count == 0 ? 0 : nanoseconds / 1e9 / latency.Count, latency);
    }

    private SourceWindow SourceOf(string id)
    {
        if (sources.TryGetValue(id, out var window)) return window;
        return sources.GetOrAdd(sources.Count < MostSources ? id : Other, _ => new());
    }

    private static void Add(ref long sum, double value) => Interlocked.Add(ref sum, (long)value);
}
