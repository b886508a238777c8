using System.Diagnostics;
using System.Globalization;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>
/// What the machine adds to anything that waits, whatever the program: how late it wakes a sleeping thread, and what a host withheld from a virtual
/// machine. A read whose entry is flushed to disk sleeps three times (for the writer, for the disk, for the answer), so it meets the first three times.
/// </summary>
/// <param name="WakeP50">Milliseconds by which a thread that sleeps is woken too late, as <paramref name="WakeP99"/>.</param>
/// <param name="Withheld">Part of the processors' time that went to others on the host (steal of proc(5)); null where the system does not say.</param>
internal sealed record MachineFloor(double WakeP50, double WakeP99, double? Withheld)
{
    private const int Sleeps = 1000;

    /// <param name="before">From <see cref="Spent"/> as the load began.</param>
    public static MachineFloor Measure((long Withheld, long All)? before)
    {
        var withheld = WithheldSince(before);
        var latencies = new Latencies();
        var late = latencies.OfConnection();
        for (var number = 0; number < Sleeps; number++)
        {
            var began = Stopwatch.GetTimestamp();
            Thread.Sleep(1);
            late.Add(Math.Max(0, Stopwatch.GetElapsedTime(began).TotalMilliseconds - 1));
        }

        var percentile = latencies.Percentiles();
        return new(percentile(0.50), percentile(0.99), withheld);
    }

    /// <param name="before">From <see cref="Spent"/>.</param>
    /// <returns>Part of the processors' time since then; null where the system does not say.</returns>
    public static double? WithheldSince((long Withheld, long All)? before) =>
        before is { } from && Spent() is { } to && to.All > from.All ? (double)(to.Withheld - from.Withheld) / (to.All - from.All) : null;

    /// <returns>The end of a line about the machine; empty where the system does not say.</returns>
    public static string Say(double? withheld) =>
        withheld is { } part ? string.Create(CultureInfo.InvariantCulture, $"; the host withheld {part:P2} of the processors' time meanwhile") : "";

    /// <returns>Ticks of all processors since the start of the system; null where it does not say.</returns>
    public static (long Withheld, long All)? Spent()
    {
        const string file = "/proc/stat";
        if (!File.Exists(file)) return null;
        // user, nice, system, idle, iowait, irq, softirq, steal; guests count as users already.
        var ticks = File.ReadLines(file).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return ticks.Count == 8 ? (ticks[7], ticks.Sum()) : null;
    }
}
