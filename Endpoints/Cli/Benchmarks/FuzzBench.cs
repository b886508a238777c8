using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Endpoints.Cli.Messages;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using EHealthPlus.Routing.Contracts.Rejections;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Spoiled messages by the million, on one thread: no crash, none slow, no growth, a numbered reason for each refusal.</summary>
internal sealed class FuzzBench(IReadOnlyList<byte[]> corpus, Report report)
{
    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(100);
    private const long MostGrowth = 64L << 20;
    private const int MostFaultsShown = 20;

    private readonly FuzzedMessage subject = new();
    private readonly SortedDictionary<RejectionCode, long> refusals = [];
    private readonly List<string> faults = [];
    private long translated;
    private TimeSpan longest;
    private int longestSeed;

    /// <summary>The messages of a folder, or where there is none the demonstration's.</summary>
    public static IReadOnlyList<byte[]> CorpusOf(IReadOnlyList<string> folders)
    {
        var found = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.hl7").Order(StringComparer.Ordinal)).SelectMany(MessageFiles.Read).Select(message => message.Bytes.ToArray()).ToList();
        if (found.Count == 0) found.Add(new SyntheticLaboratory("BENCH", TimeProvider.System).BloodCount(SyntheticCitizen.Of(1), "BENCH1", 'F', 17));
        return found;
    }

    public int Run(int count, int seed)
    {
        var started = Stopwatch.GetTimestamp();
        // What is kept from message to message has grown to its size after some thousand of them.
        var settled = Math.Min(count / 10, 20_000);
        long before = 0;
        report.Progress().Start(progress =>
        {
            var task = progress.AddTask($"{count} spoiled messages, seed {seed}", maxValue: count);
            for (var number = 0; number < count; number++)
            {
                if (number == settled) before = GC.GetTotalMemory(forceFullCollection: true);
                One(seed + number, withRows: number % 16 == 0);
                if (number % 1000 == 999) task.Increment(1000);
            }

            task.Value = count;
        });
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (growth > MostGrowth) faults.Add(string.Create(CultureInfo.InvariantCulture, $"memory grew by {growth >> 20} MB"));
        return Tell(count, seed, Stopwatch.GetElapsedTime(started), growth);
    }

    private void One(int seed, bool withRows)
    {
        var message = new Mutation(new Random(seed), corpus).Next();
        try
        {
            var (rejection, took) = Timed(message, withRows);
            // A slow one may have met a collection or another process: it is slow only where it is slow each time.
            for (var again = 0; again < 4 && took > Slowest; again++) took = TimeSpan.FromTicks(Math.Min(took.Ticks, Timed(message, withRows).Took.Ticks));
            if (took > Slowest) faults.Add(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {took.TotalMilliseconds:0} ms for {message.Length} bytes"));
            if (took > longest) (longest, longestSeed) = (took, seed);
            if (rejection is null) translated++;
            else refusals[rejection.Code] = refusals.GetValueOrDefault(rejection.Code) + 1;
        }
        catch (Exception fault)
        {
            faults.Add($"seed {seed}: {fault.GetType().Name} {fault.Message} {string.Join(" < ", (fault.StackTrace ?? "").Split('\n').Take(4).Select(frame => frame.Trim()))}");
        }
    }

    private (Rejection? Rejection, TimeSpan Took) Timed(byte[] message, bool withRows)
    {
        var started = Stopwatch.GetTimestamp();
        var rejection = subject.Run(message, withRows);
        return (rejection, Stopwatch.GetElapsedTime(started));
    }

    private int Tell(int count, int seed, TimeSpan took, long growth)
    {
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{count} messages from {corpus.Count}, seed {seed}, {took.TotalSeconds:0} s ({count / took.TotalSeconds:0}/s); translated {translated}, refused {refusals.Values.Sum()}"));
        foreach (var (code, times) in refusals) report.Line(string.Create(CultureInfo.InvariantCulture, $"  {(int)code} {code,-32} {times,9}"));
        report.Line(string.Create(CultureInfo.InvariantCulture, $"slowest {longest.TotalMilliseconds:0.0} ms (seed {longestSeed}); memory kept grew by {growth / 1024:0} KB; faults {faults.Count}"));
        report.Document(new
        {
            count, seed, seconds = Math.Round(took.TotalSeconds, 1), translated, refused = refusals.Select(row => new { number = (int)row.Key, code = row.Key.ToString(), times = row.Value }),
            slowestMilliseconds = Math.Round(longest.TotalMilliseconds, 1), slowestSeed = longestSeed, growthBytes = growth, faults = faults.Take(MostFaultsShown),
        });
        foreach (var fault in faults.Take(MostFaultsShown)) report.Line(fault);
        return faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
