using System.Diagnostics;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Endpoints.Cli.Synthetic;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Sends results to a hub over MLLP for a while, waits until the last of them is in the record, and counts the answers.</summary>
/// <param name="session">Makes the control ids of this run new.</param>
internal sealed class FlowLoad(string host, int port, FlowShape shape, string session)
{
    /// <summary>How long answers that are still to come are waited for.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    private long sent;
    private long acknowledged;
    private long applied;
    private long refused;
    private int shift;

    public Latencies Latencies { get; } = new();

    public long Sent => sent;

    /// <summary>CA in enhanced mode, AA in original mode.</summary>
    public long Acknowledged => acknowledged;

    public long Refused => refused;

    /// <summary>Messages that an answer said to be in the record.</summary>
    public long Delivered => shape.Enhanced ? applied : acknowledged;

    /// <summary>From the first message until no more were sent, and every CA or AA had come.</summary>
    public TimeSpan Sending { get; private set; }

    /// <summary>From the first message until the last was in the record.</summary>
    public TimeSpan Delivery { get; private set; }

    public async Task RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        using var pace = new Pace(shape.Rate);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, shape.Connections).Select(number => SendAsync(number, pace, started, duration, cancellation)));
        Delivery = Stopwatch.GetElapsedTime(started);
    }

    private async Task SendAsync(int connection, Pace pace, long started, TimeSpan duration, CancellationToken cancellation)
    {
        var mine = Latencies.OfConnection();
        var (accepted, answered) = (0L, 0L);
        await using var sender = new MllpSender(
            new()
            {
                Host = host, Port = port, Window = shape.Window, Attempts = 1, AnswerTimeout = TimeSpan.FromMinutes(2),
                ApplicationAnswer = shape.Enhanced ? Count : null,
            },
            TimeProvider.System);
        var laboratory = new SyntheticLaboratory($"{session}C{connection}X", TimeProvider.System) { Enhanced = shape.Enhanced };
        await Task.WhenAll(Enumerable.Range(0, shape.Window).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration && !cancellation.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref shift);
                await pace.WaitAsync(number, cancellation);
                var message = laboratory.BloodCount(SyntheticCitizen.Of(number % shape.Citizens), $"{laboratory.Session}N{number}", 'F', number);
                var at = Stopwatch.GetTimestamp();
                Interlocked.Increment(ref sent);
                var answer = await sender.SendAsync(message, cancellation);
                var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                lock (mine) mine.Add(took);
                if (answer.Span.IndexOf(shape.Enhanced ? "MSA|CA"u8 : "MSA|AA"u8) >= 0) Interlocked.Increment(ref accepted);
                else Interlocked.Increment(ref refused);
            }
        }));
        // The last connection to come here has the longest time.
        Sending = Stopwatch.GetElapsedTime(started);
        Interlocked.Add(ref acknowledged, accepted);
        if (!shape.Enhanced) return;

        // The application answers come on this connection: it stays open until its own are all in. Those of all connections together would not say so:
        // an answer may be counted before the acceptance that came before it.
        var since = Stopwatch.GetTimestamp();
        while (Interlocked.Read(ref answered) < accepted && Stopwatch.GetElapsedTime(since) < DrainLimit) await Task.Delay(10, cancellation);

        void Count(ReadOnlyMemory<byte> answer)
        {
            if (answer.Span.IndexOf("MSA|AA"u8) >= 0) Interlocked.Increment(ref applied);
            else Interlocked.Increment(ref refused);
            Interlocked.Increment(ref answered);
        }
    }
}
