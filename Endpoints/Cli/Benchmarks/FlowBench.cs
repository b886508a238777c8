using System.Globalization;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Loads a running hub with results over MLLP, and reports what came of it.</summary>
internal sealed class FlowBench(string host, int port, HubAddress hub, FlowShape shape, Report report)
{
    public required TimeSpan Duration { get; init; }

    /// <summary>How long it sends before it counts: a hub, or a bench, that has just started compiles on the processors that the flow needs.</summary>
    public required TimeSpan WarmUp { get; init; }

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
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var memory = SampleMemoryAsync(sampling.Token);
        await new FlowLoad(host, port, shape, Session()).RunAsync(WarmUp, cancellation);
        var before = ProcessorFloor.Measure(sample);
        var size = DataSize();
        var spent = MachineFloor.Spent();
        var load = new FlowLoad(host, port, shape, Session());
        await load.RunAsync(Duration, cancellation);
        var withheld = MachineFloor.WithheldSince(spent);
        await sampling.CancelAsync();
        Print(load, await memory, DataSize() - size, before, ProcessorFloor.Measure(sample), withheld);
        return load.Refused > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private async Task EnrolAsync(CancellationToken cancellation)
    {
        await using var sender = new MllpSender(new() { Host = host, Port = port, Window = 64, Attempts = 1 }, TimeProvider.System);
        var hospital = new SyntheticHospital(Session(), TimeProvider.System);
        var refusals = 0;
        await report.Progress().StartAsync(async screen =>
        {
            var progress = screen.AddTask("Enrolling citizens", maxValue: shape.Citizens);
            await Task.WhenAll(Enumerable.Range(0, shape.Citizens).Select(async number =>
            {
                var answer = await sender.SendAsync(hospital.Enrol(SyntheticCitizen.Of(number)), cancellation);
                if (answer.Span.IndexOf("MSA|AA"u8) < 0) Interlocked.Increment(ref refusals);
                progress.Increment(1);
            }));
        });
        if (refusals == shape.Citizens) throw new IOException("The hub refuses every enrolment: has it the demonstration sources?");
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

    private void Print(FlowLoad load, double memory, long bytes, ProcessorFloor before, ProcessorFloor after, double? withheld)
    {
        var percentile = load.Latencies.Percentiles();
        var result = new
        {
            mode = shape.Enhanced ? "enhanced" : "original",
            connections = shape.Connections,
            window = shape.Window,
            sent = load.Sent,
            acknowledged = load.Acknowledged,
            refused = load.Refused,
            acknowledgedPerSecond = Math.Round(load.Acknowledged / load.Sending.TotalSeconds),
            deliveredPerSecond = Math.Round(load.Delivered / load.Delivery.TotalSeconds),
            p50Milliseconds = percentile(0.50),
            p95Milliseconds = percentile(0.95),
            p99Milliseconds = percentile(0.99),
            maximumMilliseconds = percentile(1),
            residentMegabytes = Math.Round(memory / 1024 / 1024),
            diskBytesPerMessage = load.Acknowledged == 0 ? 0 : bytes / load.Acknowledged,
            floorBefore = Math.Round(before.OnAll),
            floorAfter = Math.Round(after.OnAll),
            processorsWithheld = withheld,
        };
        report.Document(result);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"""
            {result.mode} mode, {shape.Connections} connections, window {shape.Window}, {load.Sending.TotalSeconds:0.0} s of sending after {WarmUp.TotalSeconds:0} s of warm-up, {load.Delivery.TotalSeconds:0.0} s until all was in the record
            sent          {load.Sent,12:N0}   refused {load.Refused:N0}
            acknowledged  {result.acknowledgedPerSecond,12:N0}/s ({(shape.Enhanced ? "CA: committed" : "AA: in the record")})
            in the record {result.deliveredPerSecond,12:N0}/s
            latency       p50 {result.p50Milliseconds:0.0} ms, p95 {result.p95Milliseconds:0.0} ms, p99 {result.p99Milliseconds:0.0} ms, max {result.maximumMilliseconds:0.0} ms
            hub           {result.residentMegabytes:N0} MB resident at most, {result.diskBytesPerMessage:N0} bytes on disk a message (log before checkpoint included)
            processors    string.Split of such a message, before and after: {before.OnOne:N0} and {after.OnOne:N0}/s on one, {before.OnAll:N0} and {after.OnAll:N0}/s on all{MachineFloor.Say(withheld)}
            """));
    }

    /// <summary>Makes the control ids of this run new.</summary>
    private static string Session() => Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
}
