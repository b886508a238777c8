using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EHealthPlus.Monitoring.Telemetry.Metrics;
using EHealthPlus.Monitoring.Telemetry.Windows;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Hosting;

namespace EHealthPlus.Monitoring.Telemetry;

/// <summary>Hears every measurement of the hub's meter from the start of the host to its end.</summary>
public sealed class FlowListener : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, Metric> metrics = new(StringComparer.Ordinal);
    private readonly FlowWindow window;
    private readonly MeterListener listener = new();

    public FlowListener(FlowWindow window)
    {
        this.window = window;
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(state, value, tags));
    }

    internal IEnumerable<Metric> Metrics => metrics.Values.OrderBy(metric => metric.Name, StringComparer.Ordinal);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        // Now, not with the first message: a scrape before it lists them all.
        FlowMeter.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    private void Publish(Instrument instrument, MeterListener hearing)
    {
        if (!string.Equals(instrument.Meter.Name, FlowMeter.Name, StringComparison.Ordinal)) return;
        var type = instrument.GetType().Name;
        var kind = type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
            : type.StartsWith("Counter", StringComparison.Ordinal) ? MetricKind.Counter
            : MetricKind.Gauge;
        var metric = metrics.GetOrAdd(instrument.Name, name => new(name, instrument.Description ?? "", instrument.Unit ?? "", kind));
        hearing.EnableMeasurementEvents(instrument, metric);
    }

    private void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var metric = (Metric)state!;
        window.Count(metric.Name, metric.Record(value, tags), value);
    }
}
