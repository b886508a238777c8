using System.Collections.Concurrent;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>How long each request of a load took, in milliseconds. Each connection fills a list of its own.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<List<double>> all = [];

    /// <summary>The list of one connection; it looks to its own safety.</summary>
    public List<double> OfConnection()
    {
        var mine = new List<double>(100_000);
        all.Add(mine);
        return mine;
    }

    /// <summary>Once the load has ended: takes a part (0.99), gives the milliseconds that so many requests took at most, to two places.</summary>
    public Func<double, double> Percentiles()
    {
        var sorted = all.SelectMany(list => list).Order().ToList();
        return part => sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))], 2);
    }
}
