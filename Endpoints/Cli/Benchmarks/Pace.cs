using System.Diagnostics;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Holds a load to a rate.</summary>
internal static class Pace
{
    /// <summary>Waits until a request is due.</summary>
    /// <param name="started">A Stopwatch timestamp.</param>
    /// <param name="number">How many requests go before it.</param>
    /// <param name="rate">Requests a second; 0 for as many as can be.</param>
    public static async Task WaitAsync(long started, long number, int rate, CancellationToken cancellation)
    {
        if (rate == 0) return;
        var due = TimeSpan.FromSeconds((double)number / rate) - Stopwatch.GetElapsedTime(started);
        if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due, cancellation);
    }
}
