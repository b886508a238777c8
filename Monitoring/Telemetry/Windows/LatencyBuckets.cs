using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Monitoring.Telemetry.Windows;

/// <summary>
/// Buckets for seconds on a logarithmic scale, 10 microseconds to 1,000 seconds, 15 a decade: a percentile read from them is
/// off by at most 8 %, whatever its size.
/// </summary>
internal static class LatencyBuckets
{
    private const int PerDecade = 15;
    private const double Least = 1e-5;
    private const int Decades = 8;

    public const int Count = (PerDecade * Decades) + 2;

    public static int IndexOf(double seconds)
    {
        if (!(seconds > Least)) return 0;
        return 1 + (int)Math.Min(Count - 2, Math.Log10(seconds / Least) * PerDecade);
    }

    public static Latency Read(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (var count in counts) total += count;
        return total == 0
            ? new(0, null, null, null)
            : new(total, Percentile(counts, total, 0.50), Percentile(counts, total, 0.95), Percentile(counts, total, 0.99));
    }

    /// <summary>The geometric middle of the bucket in which the rank falls (nearest rank).</summary>
    private static double Percentile(ReadOnlySpan<long> counts, long total, double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * total));
        for (var index = 0; index < counts.Length; index++)
        {
            rank -= counts[index];
            if (rank <= 0) return index == 0 ? Least : Least * Math.Pow(10, (index - 0.5) / PerDecade);
        }

        return Least * Math.Pow(10, Decades);
    }
}
