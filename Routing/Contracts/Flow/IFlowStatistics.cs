namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>What the flow does now and did in the last quarter of an hour, from the instruments of <see cref="FlowMeter"/>. Read from memory.</summary>
public interface IFlowStatistics
{
    /// <param name="window">How far back the points go: up to 15 minutes.</param>
    /// <param name="step">How much time one point sums up, in whole seconds.</param>
    FlowSnapshot Snapshot(TimeSpan window, TimeSpan step);
}

/// <summary>The flow at one moment. Rates are messages each second over the last 10 whole seconds; latencies cover the last minute.</summary>
/// <param name="Points">Oldest first, one each step, the last one whole.</param>
/// <param name="Sources">Each source heard since the start.</param>
/// <param name="Steps">Time spent in each step of the pipeline, over the last 15 minutes.</param>
public sealed record FlowSnapshot(
    DateTimeOffset At, double ReceivedRate, double DeliveredRate, double RefusedRate, long Backlog, long Connections,
    Latency Commit, Latency Delivery, IReadOnlyList<FlowPoint> Points, IReadOnlyList<SourceFlow> Sources, IReadOnlyList<StepFlow> Steps);

/// <param name="At">Where the step begins.</param>
/// <param name="Received">Messages a second.</param>
/// <param name="Backlog">At the end of the step.</param>
public sealed record FlowPoint(DateTimeOffset At, double Received, double Delivered, double Refused, long Backlog, Latency Commit, Latency Delivery);

/// <summary>Percentiles in seconds, exact to about 8 %; null where nothing was measured.</summary>
public sealed record Latency(long Count, double? P50, double? P95, double? P99);

/// <param name="SourceId">Id of the source, unknown, or other where too many sources are heard to be counted apart.</param>
/// <param name="Received">Over the last 15 minutes, as Delivered, Refused and Repeated.</param>
/// <param name="Trend">Received in each of the last 30 half minutes, oldest first.</param>
public sealed record SourceFlow(
    string SourceId, double ReceivedRate, double DeliveredRate, double RefusedRate, long Received, long Delivered, long Refused, long Repeated,
    long Backlog, DateTimeOffset? LastReceivedAt, Latency Commit, Latency Delivery, IReadOnlyList<long> Trend);

/// <param name="Step">identify, admit, translate, store.</param>
/// <param name="MeanSeconds">Mean time of one passage.</param>
public sealed record StepFlow(string Step, double MeanSeconds, Latency Latency);
