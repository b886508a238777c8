using System.Diagnostics;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>
/// Holds a load to a rate. A thread of its own lets each request go when it is due: the runtime's timers count in steps of the system's coarse clock
/// (4 ms on many systems), and would let all that falls due within one step go at the same instant.
/// </summary>
/// <param name="rate">Requests a second; 0 for as many as can be.</param>
internal sealed class Pace(double rate) : IDisposable
{
    private readonly object gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private readonly long started = Stopwatch.GetTimestamp();
    private Thread? thread;
    private bool closed;

    /// <summary>Waits until a request is due; the thread may be a millisecond late.</summary>
    /// <param name="number">How many requests go before it.</param>
    public Task WaitAsync(long number, CancellationToken cancellation)
    {
        if (rate == 0) return Task.CompletedTask;
        var due = started + (long)(number / rate * Stopwatch.Frequency);
        if (due <= Stopwatch.GetTimestamp()) return Task.CompletedTask;
        var request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(request, due);
            if (thread is null)
            {
                thread = new(LetGo) { Name = "pace", IsBackground = true };
                thread.Start();
            }

            Monitor.Pulse(gate);
        }

        return request.Task.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }

        thread?.Join();
    }

    private void LetGo()
    {
        lock (gate)
        {
            while (!closed)
            {
                if (!waiting.TryPeek(out var next, out var due)) Monitor.Wait(gate);
                else if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } left) Monitor.Wait(gate, (int)Math.Ceiling(left.TotalMilliseconds));
                else
                {
                    waiting.Dequeue();
                    next.SetResult();
                }
            }
        }
    }
}
