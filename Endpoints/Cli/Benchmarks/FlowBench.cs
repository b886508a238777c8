using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Loads a running hub with results over MLLP, and reports what came of it.</summary>
internal sealed class FlowBench(string host, int port, HubAddress hub, Report report)
{
    private readonly Latencies latencies = new();
    private long sent;
    private long acknowledged;
    private long applied;
    private long refused;
    private int shift;

    public required int Connections { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int Window { get; init; }

    public required int Citizens { get; init; }

    public required bool Enhanced { get; init; }

    public required int Rate { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await EnrolAsync(cancellation);
        }
        catch (IOException fault)
        {
            return report.Fail(ExitCode.Unreachable, fault.Message);
        }

        var sample = new SyntheticLaboratory(Session(), TimeProvider.System).BloodCount(SyntheticCitizen.Of(1), "FLOOR", 'F', 1);
        var before = ProcessorFloor.Measure(sample);
        var size = DataSize();
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var memory = SampleMemoryAsync(sampling.Token);
        using var pace = new Pace(Rate);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => SendAsync(number, pace, started, cancellation)));
        var sending = Stopwatch.GetElapsedTime(started);
        var delivered = await DrainAsync(started, cancellation);
        await sampling.CancelAsync();
        Print(sending, delivered, await memory, DataSize() - size, before, ProcessorFloor.Measure(sample));
        return refused > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private async Task EnrolAsync(CancellationToken cancellation)
    {
        await using var sender = new MllpSender(new() { Host = host, Port = port, Window = 64, Attempts = 1 }, TimeProvider.System);
        var hospital = new SyntheticHospital(Session(), TimeProvider.System);
        var refusals = 0;
        await report.Progress().StartAsync(async screen =>
        {
            var progress = screen.AddTask("Enrolling citizens", maxValue: Citizens);
            await Task.WhenAll(Enumerable.Range(0, Citizens).Select(async number =>
            {
                var answer = await sender.SendAsync(hospital.Enrol(SyntheticCitizen.Of(number)), cancellation);
                if (answer.Span.IndexOf("MSA|AA"u8) < 0) Interlocked.Increment(ref refusals);
                progress.Increment(1);
            }));
        });
        if (refusals == Citizens) throw new IOException("The hub refuses every enrolment: has it the demonstration sources?");
    }

    private async Task SendAsync(int connection, Pace pace, long started, CancellationToken cancellation)
    {
        var mine = latencies.OfConnection();
        await using var sender = new MllpSender(
            new()
            {
                Host = host, Port = port, Window = Window, Attempts = 1, AnswerTimeout = TimeSpan.FromMinutes(2),
                ApplicationAnswer = Enhanced ? answer => CountApplication(answer.Span) : null,
            },
            TimeProvider.System);
        var laboratory = new SyntheticLaboratory($"{Session()}C{connection}X", TimeProvider.System) { Enhanced = Enhanced };
        await Task.WhenAll(Enumerable.Range(0, Window).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < Duration && !cancellation.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref shift);
                await pace.WaitAsync(number, cancellation);
                var message = laboratory.BloodCount(SyntheticCitizen.Of(number % Citizens), $"{laboratory.Session}N{number}", 'F', number);
                var at = Stopwatch.GetTimestamp();
                Interlocked.Increment(ref sent);
                var answer = await sender.SendAsync(message, cancellation);
                var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                lock (mine) mine.Add(took);
                if (answer.Span.IndexOf(Enhanced ? "MSA|CA"u8 : "MSA|AA"u8) >= 0) Interlocked.Increment(ref acknowledged);
                else Interlocked.Increment(ref refused);
            }
        }));
        // The application answers come on this connection: it stays open until they are all in.
        if (Enhanced) await WaitForAnswersAsync(cancellation);
    }

    private void CountApplication(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf("MSA|AA"u8) < 0) Interlocked.Increment(ref refused);
        Interlocked.Increment(ref applied);
    }

    private async Task WaitForAnswersAsync(CancellationToken cancellation)
    {
        var limit = Stopwatch.GetTimestamp();
        while (Interlocked.Read(ref applied) < Interlocked.Read(ref acknowledged) && Stopwatch.GetElapsedTime(limit) < TimeSpan.FromMinutes(5)) await Task.Delay(10, cancellation);
    }

    /// <returns>Time from the start until the last message was in the record.</returns>
    private async Task<TimeSpan> DrainAsync(long started, CancellationToken cancellation)
    {
        if (Enhanced) await WaitForAnswersAsync(cancellation);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <returns>Largest resident memory seen, in bytes; 0 where the hub does not tell.</returns>
    private async Task<double> SampleMemoryAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = hub.Http };
        var most = 0d;
        try
        {
            while (true)
            {
                var line = (await http.GetStringAsync("/metrics", cancellation)).Split('\n').FirstOrDefault(text => text.StartsWith("process_resident_memory_bytes ", StringComparison.Ordinal));
                if (line is not null) most = Math.Max(most, double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
                await Task.Delay(1_000, cancellation);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or HttpRequestException)
        {
            return most;
        }
    }

    private long DataSize() => Directory.Exists(hub.DataDirectory)
        ? new DirectoryInfo(hub.DataDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    private void Print(TimeSpan sending, TimeSpan delivered, double memory, long bytes, ProcessorFloor before, ProcessorFloor after)
    {
        var percentile = latencies.Percentiles();
        var seconds = Math.Min(sending.TotalSeconds, Math.Max(Duration.TotalSeconds, 1));
        var result = new
        {
            mode = Enhanced ? "enhanced" : "original",
            connections = Connections,
            window = Window,
            sent,
            acknowledged,
            refused,
            acknowledgedPerSecond = Math.Round(acknowledged / seconds),
            deliveredPerSecond = Math.Round((Enhanced ? applied : acknowledged) / delivered.TotalSeconds),
            p50Milliseconds = percentile(0.50),
            p95Milliseconds = percentile(0.95),
            p99Milliseconds = percentile(0.99),
            maximumMilliseconds = percentile(1),
            residentMegabytes = Math.Round(memory / 1024 / 1024),
            diskBytesPerMessage = acknowledged == 0 ? 0 : bytes / acknowledged,
            floorBefore = Math.Round(before.OnAll),
            floorAfter = Math.Round(after.OnAll),
        };
        report.Document(result);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"""
            {result.mode} mode, {Connections} connections, window {Window}, {seconds:0.0} s of sending, {delivered.TotalSeconds:0.0} s until all was in the record
            sent          {sent,12:N0}   refused {refused:N0}
            acknowledged  {result.acknowledgedPerSecond,12:N0}/s ({(Enhanced ? "CA: committed" : "AA: in the record")})
            in the record {result.deliveredPerSecond,12:N0}/s
            latency       p50 {result.p50Milliseconds:0.0} ms, p95 {result.p95Milliseconds:0.0} ms, p99 {result.p99Milliseconds:0.0} ms, max {result.maximumMilliseconds:0.0} ms
            hub           {result.residentMegabytes:N0} MB resident at most, {result.diskBytesPerMessage:N0} bytes on disk a message (log before checkpoint included)
            processors    string.Split of such a message, before and after: {before.OnOne:N0} and {after.OnOne:N0}/s on one, {before.OnAll:N0} and {after.OnAll:N0}/s on all
            """));
    }

    /// <summary>Makes the control ids of this run new.</summary>
    private static string Session() => Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
}
