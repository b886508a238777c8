using System.Globalization;
using System.Text;
using EHealthPlus.Monitoring.Telemetry.Metrics;

namespace EHealthPlus.Monitoring.Telemetry.Exposition;

/// <summary>
/// Writes metrics in the Prometheus text format 0.0.4. The UNIT line belongs to OpenMetrics 1.0; readers of 0.0.4 take it as a comment.
/// </summary>
internal sealed class MetricText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    public void Write(Metric metric)
    {
        Head(metric.Name, metric.Description, metric.Kind, metric.Unit);
        foreach (var (key, series) in metric.Series.OrderBy(row => row.Key.First, StringComparer.Ordinal).ThenBy(row => row.Key.Second, StringComparer.Ordinal))
        {
            var labels = Labels(metric.Labels, key);
            if (metric.Kind == MetricKind.Histogram) Histogram(metric.Name, labels, series);
            else Sample(metric.Name, labels, series.Sum);
        }
    }

    public void Write(string name, string description, MetricKind kind, double value, string unit = "")
    {
        Head(name, description, kind, unit);
        Sample(name, "", value);
    }

    public void Head(string name, string description, MetricKind kind, string unit = "")
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" }).Append('\n');
        var spelled = unit switch { "s" => "seconds", "By" => "bytes", _ => unit };
        if (spelled.Length > 0) text.Append("# UNIT ").Append(name).Append(' ').Append(spelled).Append('\n');
    }

    public void Sample(string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    public static string Label(string name, string value) =>
        $"{name}=\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private void Histogram(string name, string labels, Series series)
    {
        var buckets = series.Buckets();
        var comma = labels.Length > 0 ? "," : "";
        long below = 0;
        for (var index = 0; index < buckets.Length; index++)
        {
            below += buckets[index];
            var bound = index < Metric.SecondsBounds.Length ? Number(Metric.SecondsBounds[index]) : "+Inf";
            Sample(name + "_bucket", labels + comma + Label("le", bound), below);
        }

        Sample(name + "_sum", labels, series.Sum);
        // Not counted apart: the count is the +Inf bucket, so the two never disagree.
        Sample(name + "_count", labels, below);
    }

    private static string Labels(IReadOnlyList<string> names, SeriesKey key) =>
        string.Join(',', names.Select((name, index) => Label(name, key[index] ?? "")));

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
