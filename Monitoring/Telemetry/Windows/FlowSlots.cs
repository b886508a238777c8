namespace EHealthPlus.Monitoring.Telemetry.Windows;

/// <summary>What happened in one step of time.</summary>
internal class CountSlot : TimeSlot
{
    internal long Received;
    internal long Delivered;
    internal long Refused;
    internal long Repeated;

    public override void Clear() => Received = Delivered = Refused = Repeated = 0;
}

/// <summary>One second of the whole hub.</summary>
internal sealed class SecondSlot : CountSlot
{
    /// <summary>Backlog after the last change in this second; null where it did not change.</summary>
    internal long Backlog = long.MinValue;

    internal readonly LatencySlot Commit = new();
    internal readonly LatencySlot Delivery = new();

    public override void Clear()
    {
        base.Clear();
        Backlog = long.MinValue;
        Commit.Clear();
        Delivery.Clear();
    }
}

/// <summary>Latencies of one step of time.</summary>
internal sealed class LatencySlot : TimeSlot
{
    private readonly int[] buckets = new int[LatencyBuckets.Count];
    private long nanoseconds;

    public long Nanoseconds => Volatile.Read(ref nanoseconds);

    public override void Clear()
    {
        Array.Clear(buckets);
        Volatile.Write(ref nanoseconds, 0);
    }

    public void Record(double seconds)
    {
        Interlocked.Increment(ref buckets[LatencyBuckets.IndexOf(seconds)]);
        Interlocked.Add(ref nanoseconds, (long)(seconds * 1e9));
    }

    public void AddTo(Span<long> sums)
    {
        for (var index = 0; index < buckets.Length; index++) sums[index] += buckets[index];
    }
}
