namespace EHealthPlus.Monitoring.Telemetry.Metrics;

/// <summary>The sum, and for a histogram the buckets, of one instrument under one set of labels, since the start.</summary>
internal sealed class Series(double[]? bounds)
{
    private readonly long[]? counts = bounds is null ? null : new long[bounds.Length + 1];
    private double sum;

    public double Sum => Volatile.Read(ref sum);

    public void Add(double value)
    {
        if (counts is not null) Interlocked.Increment(ref counts[IndexOf(value)]);
        var seen = Volatile.Read(ref sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
            // Bits, not ==: a NaN would never equal itself and the loop would not end.
            if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(seen)) return;
            seen = before;
        }
    }

    /// <summary>How many measurements fell into each bucket; the last one has no upper bound.</summary>
    public long[] Buckets() => counts is null ? [] : [.. counts.Select((_, index) => Volatile.Read(ref counts[index]))];

    private int IndexOf(double value)
    {
        var found = Array.BinarySearch(bounds!, value);
        return found < 0 ? ~found : found;
    }
}
