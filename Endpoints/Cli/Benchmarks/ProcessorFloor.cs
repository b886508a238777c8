using System.Diagnostics;
using System.Text;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>
/// What the processors alone do in this minute: string.Split of a message by its delimiters, which is the least that anybody does to read it.
/// A virtual machine's processors differ by half from hour to hour; a rate that is bound by them says little without this.
/// </summary>
/// <param name="OnOne">Messages a second on one thread, with nothing else running.</param>
/// <param name="OnAll">Messages a second on a thread of each processor together.</param>
internal sealed record ProcessorFloor(double OnOne, double OnAll)
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(0.7);

    public static ProcessorFloor Measure(byte[] message)
    {
        var text = Encoding.UTF8.GetString(message);
        Run(text, 1);
        return new(Run(text, 1), Run(text, Environment.ProcessorCount));
    }

    public static int Split(string message) => message.Split('|', '^', '~', '\r').Length;

    private static double Run(string text, int threads)
    {
        var splits = 0L;
        var started = Stopwatch.GetTimestamp();
        var all = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var mine = 0L;
            var fields = 0;
            for (; Stopwatch.GetElapsedTime(started) < Time; mine += 64)
                for (var at = 0; at < 64; at++) fields += Split(text);
            // What nobody asks for might not be done.
            if (fields > 0) Interlocked.Add(ref splits, mine);
        })).ToList();
        all.ForEach(thread => thread.Start());
        all.ForEach(thread => thread.Join());
        return splits / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
