using System.Collections.Concurrent;
using System.Globalization;

namespace EHealthPlus.Monitoring.Telemetry.Metrics;

internal enum MetricKind { Counter, Gauge, Histogram }

/// <summary>One instrument and its series. Holds at most <see cref="MostSeries"/>; what comes after is summed under the label value "other".</summary>
internal sealed class Metric(string name, string description, string unit, MetricKind kind)
{
    internal const int MostSeries = 2_000;
    private const int MostLabels = 3;
    private const int LongestLabel = 120;
    private const string Other = "other";

    /// <summary>Seconds, 1-2.5-5 steps, and the 2 ms that a decision on a read may take: from a commit that shared a flush to a delivery that waited for a retry.</summary>
    internal static readonly double[] SecondsBounds = [0.0005, 0.001, 0.002, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<SeriesKey, Series> series = new();
    private string[]? labels;
    private long overflowed;

    public string Name => name;

    public string Description => description;

    public string Unit => unit;

    public MetricKind Kind => kind;

    public IReadOnlyList<string> Labels => labels ?? [];

    public long Overflowed => Volatile.Read(ref overflowed);

    public IEnumerable<KeyValuePair<SeriesKey, Series>> Series => series;

    /// <returns>The value of the first label, or empty: what the windows count by.</returns>
    public string Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = labels ?? NameLabels(tags);
        var key = new SeriesKey(Find(names, 0, tags), Find(names, 1, tags), Find(names, 2, tags));
        if (!series.TryGetValue(key, out var found)) found = Open(key, names.Length);
        found.Add(value);
        return key.First ?? "";
    }

    private Series Open(SeriesKey key, int width)
    {
        if (series.Count >= MostSeries)
        {
            Interlocked.Increment(ref overflowed);
            key = new(width > 0 ? Other : null, width > 1 ? Other : null, width > 2 ? Other : null);
        }

        return series.GetOrAdd(key, _ => new(kind == MetricKind.Histogram ? SecondsBounds : null));
    }

    private string[] NameLabels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new string[Math.Min(MostLabels, tags.Length)];
        for (var index = 0; index < names.Length; index++) names[index] = tags[index].Key;
        return Interlocked.CompareExchange(ref labels, names, null) ?? names;
    }

    private static string? Find(string[] names, int index, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (index >= names.Length) return null;
        foreach (var tag in tags)
        {
            if (string.Equals(tag.Key, names[index], StringComparison.Ordinal)) return Text(tag.Value);
        }

        return "";
    }

    private static string Text(object? value)
    {
        var text = value switch
        {
            string said => said,
            bool said => said ? "true" : "false",
            Enum said => said.ToString("D"),
            IFormattable said => said.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };
        return text.Length <= LongestLabel ? text : text[..LongestLabel];
    }
}
