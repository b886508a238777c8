using System.Globalization;
using System.Text.RegularExpressions;
using EHealthPlus.Monitoring.Telemetry.Exposition;
using EHealthPlus.Monitoring.Telemetry.Metrics;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Tests.Monitoring.Console;

namespace EHealthPlus.Tests.Monitoring.Telemetry;

/// <summary>The scrape answer, against the grammar of the text format 0.0.4.</summary>
public partial class MetricsTest
{
    [Fact]
    public async Task Every_line_is_of_the_text_format()
    {
        await using var hub = new FakeHub();
        FlowMeter.Received.Add(3, FlowMeter.Source("metrics-test"), new("type", "ADT^A01"));
        FlowMeter.CommitSeconds.Record(0.003, FlowMeter.Source("metrics-test"));
        FlowMeter.CommitSeconds.Record(0.3, FlowMeter.Source("metrics-test"));

        using var answer = await hub.Anonymous().GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE ehealthplus_deposits_received_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("ehealthplus_deposits_received_total{source=\"metrics-test\",type=\"ADT^A01\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE ehealthplus_backlog gauge\n", text, StringComparison.Ordinal);
        Assert.Contains("ehealthplus_commit_seconds_bucket{source=\"metrics-test\",le=\"0.005\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("ehealthplus_commit_seconds_bucket{source=\"metrics-test\",le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("ehealthplus_commit_seconds_count{source=\"metrics-test\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("process_resident_memory_bytes ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ehealthplus_dicom_associations")]
    [InlineData("ehealthplus_mllp_connections")]
    [InlineData("ehealthplus_cases_open")]
    [InlineData("ehealthplus_store_resealing_left")]
    [InlineData("ehealthplus_mllp_connections_refused_total")]
    [InlineData("ehealthplus_store_resealed_total")]
    [InlineData("ehealthplus_store_damaged_content_total")]
    public async Task What_has_no_labels_is_told_before_its_first_event(string name)
    {
        await using var hub = new FakeHub();

        Assert.Matches($"(?m)^{name} [0-9]+$", await hub.Anonymous().GetStringAsync("/metrics"));
    }

    [Fact]
    public void A_bucket_holds_its_bound()
    {
        var series = new Series(Metric.SecondsBounds);
        series.Add(0.001);

        Assert.Equal(1, series.Buckets()[Array.IndexOf(Metric.SecondsBounds, 0.001)]);
    }

    [Fact]
    public void Label_values_are_escaped() => Assert.Equal("""source="a\\b\"c\nd" """.TrimEnd(), MetricText.Label("source", "a\\b\"c\nd"));

    [Fact]
    public void Series_are_bounded_and_nothing_is_lost()
    {
        var metric = new Metric("m", "", "", MetricKind.Counter);
        for (var number = 0; number < Metric.MostSeries + 10; number++)
        {
            metric.Record(1, [new("source", number.ToString(CultureInfo.InvariantCulture))]);
        }

        Assert.Equal(Metric.MostSeries + 1, metric.Series.Count());
        Assert.Equal(10, metric.Overflowed);
        Assert.Equal(Metric.MostSeries + 10, metric.Series.Sum(row => row.Value.Sum));
    }

    [GeneratedRegex("""^(# (HELP|TYPE|UNIT) [a-z_]+ .+|[a-z_]+(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? ([0-9.eE+-]+|\+Inf))$""")]
    private static partial Regex Line();
}
