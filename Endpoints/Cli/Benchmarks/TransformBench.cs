using System.Diagnostics;
using System.Globalization;
using System.Text;
using EHealthPlus.Endpoints.Cli.Messages;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Single-thread rates of the transformers, each as the best of several rounds, with string.Split as a floor in the same run.</summary>
internal static class TransformBench
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private const int Rounds = 5;

    public static int Read(Report report)
    {
        var message = Sample();
        var text = Encoding.UTF8.GetString(message);
        var floor = Measure(() => ProcessorFloor.Split(text));
        var leaves = Array.Empty<Leaf>();
        var header = Measure(() => Er7Message.Read(message, "UNICODE UTF-8").Value.Header.Text(9, 2).Length);
        var all = Measure(() => Er7Message.Read(message, "UNICODE UTF-8").Value.ReadLeaves(ref leaves));
        Print(report, message.Length, ("string.Split floor", floor), ("read, header", header), ("read, every field located", all));
        return ExitCode.Done;
    }

    public static int Translate(Report report)
    {
        var message = Sample();
        var text = Encoding.UTF8.GetString(message);
        var floor = Measure(() => ProcessorFloor.Split(text));
        var translator = new Hl7v2Translator();
        var context = new TranslationContext(LocalSource.Of("UNICODE UTF-8", "+08:00"), null, null, TimeProvider.System.GetUtcNow());
        var translated = Measure(() => translator.Translate(message, context).Value.Bundle.Length);
        Print(report, message.Length, ("string.Split floor", floor), ("bytes to FHIR bytes, with ledger", translated));
        return ExitCode.Done;
    }

    private static byte[] Sample() => new SyntheticLaboratory("BENCH", TimeProvider.System).BloodCount(SyntheticCitizen.Of(1), "BENCH1", 'F', 17);

    private static (double PerSecond, long Bytes) Measure(Func<int> work)
    {
        var best = 0d;
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            var count = 0L;
            while (Stopwatch.GetElapsedTime(started) < Round)
            {
                for (var i = 0; i < 64; i++) Sink = work();
                count += 64;
            }

            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / count;
            best = Math.Max(best, count / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return (best, bytes);
    }

    /// <summary>Keeps the compiler from leaving the work out.</summary>
    private static int Sink { get; set; }

    private static void Print(Report report, int size, params (string Name, (double PerSecond, long Bytes) Measured)[] rows)
    {
        var floor = rows[0].Measured.PerSecond;
        report.Line(string.Create(CultureInfo.InvariantCulture, $"message of {size} bytes, one thread, {RuntimeMark}"));
        foreach (var (name, measured) in rows)
        {
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {measured.PerSecond,12:N0}/s  {measured.PerSecond / floor,6:0.00} x floor  {measured.Bytes,8:N0} B allocated"));
        }

        report.Document(rows.Select(row => new { row.Name, perSecond = Math.Round(row.Measured.PerSecond), ratio = row.Measured.PerSecond / floor, allocated = row.Measured.Bytes }));
    }

    private static string RuntimeMark => $"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors";
}
