using System.Diagnostics;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>Times the steps of the pipeline.</summary>
internal static class Steps
{
    public static readonly KeyValuePair<string, object?> Identify = new("step", "identify");
    public static readonly KeyValuePair<string, object?> Admit = new("step", "admit");
    public static readonly KeyValuePair<string, object?> Translate = new("step", "translate");
    public static readonly KeyValuePair<string, object?> Reconcile = new("step", "reconcile");

    /// <returns>The timestamp at which the next step begins.</returns>
    public static long Record(KeyValuePair<string, object?> step, long began)
    {
        var now = Stopwatch.GetTimestamp();
        FlowMeter.StepSeconds.Record(Stopwatch.GetElapsedTime(began, now).TotalSeconds, step);
        return now;
    }
}
