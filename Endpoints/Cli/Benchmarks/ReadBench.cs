using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Endpoints.Cli.Commands;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using EHealthPlus.Routing.Contracts.Access;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>
/// Loads a running hub with reads of a clinician, each of which passes consent, policy and audit, and reports how many were permitted a second,
/// and what the decision added to each as the hub's own histogram tells. At a held rate every fifth request is for a file of the console about as large as a report,
/// which needs no decision: what reads take longer than that is what consent, policy, audit and the record add on this machine in this minute.
/// </summary>
internal sealed class ReadBench(string host, int port, HubAddress hub, Report report)
{
    private const string Fhir = "application/fhir+json";
    private const string Clinic = "demo-clinic";
    private const string Undecided = "/assets/shell.js";
    private const int Reads = 4;

    private readonly Latencies latencies = new();
    private readonly Latencies undecided = new();
    private long permitted;
    private long refused;

    public required int Connections { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long it reads before it counts: a hub, or a bench, that has just started compiles on the processors that the other needs.</summary>
    public required TimeSpan WarmUp { get; init; }

    public required int Citizens { get; init; }

    public required bool Search { get; init; }

    public required int Rate { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (registrar, fault) = HubConnection.Open(hub, Role.Registrar);
        if (registrar is null) return report.Fail(ExitCode.Usage, fault!);
        List<string> addresses;
        using (registrar)
        {
            var (clinician, unknown) = HubConnection.Open(hub, Role.Clinician);
            if (clinician is null) return report.Fail(ExitCode.Usage, unknown!);
            using (clinician)
            {
                addresses = await PrepareAsync(registrar, clinician, cancellation);
                if (addresses.Count == 0) return report.Fail(ExitCode.Refused, "No record can be read: has the hub its demonstration sources?");
            }
        }

        await LoadAsync(addresses, WarmUp, new(), new(), cancellation);
        (permitted, refused) = (0, 0);
        var before = await DecisionsAsync(cancellation);
        var spent = MachineFloor.Spent();
        var started = Stopwatch.GetTimestamp();
        await LoadAsync(addresses, Duration, latencies, undecided, cancellation);
        var took = Stopwatch.GetElapsedTime(started);
        var machine = MachineFloor.Measure(spent);
        Print(took, before, await DecisionsAsync(cancellation), DiskFloor.Measure(hub.DataDirectory, 1, 4096, 1000), machine);
        return refused > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    /// <returns>What is read: one address a citizen.</returns>
    private async Task<List<string>> PrepareAsync(HubConnection registrar, HubConnection clinician, CancellationToken cancellation)
    {
        await using var sender = new MllpSender(new() { Host = host, Port = port, Window = 32, Attempts = 1 }, TimeProvider.System);
        var session = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
        var (hospital, laboratory) = (new SyntheticHospital(session, TimeProvider.System), new SyntheticLaboratory(session, TimeProvider.System));
        var addresses = new ConcurrentBag<string>();
        await report.Progress().StartAsync(async screen =>
        {
            var progress = screen.AddTask("Enrolling citizens with a record and a consent", maxValue: Citizens);
            await Parallel.ForAsync(0, Citizens, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation }, async (number, cancel) =>
            {
                var citizen = SyntheticCitizen.Of(number);
                await sender.SendAsync(hospital.Enrol(citizen), cancel);
                await ConsentCommand.ShareAsync(registrar, citizen.DocumentNumber, Clinic, years: 1, cancel);
                await sender.SendAsync(laboratory.BloodCount(citizen, $"{session}N{number}", 'F', number), cancel);
                if (await AddressAsync(clinician, citizen, cancel) is { } address) addresses.Add(address);
                progress.Increment(1);
            });
        });
        return [.. addresses];
    }

    private async Task<string?> AddressAsync(HubConnection clinician, Citizen citizen, CancellationToken cancellation)
    {
        var person = await clinician.SendAsync(HttpMethod.Get, $"/fhir/Patient?identifier={citizen.DocumentNumber}", null, Fhir, cancellation);
        if (Id(person.Body) is not { } id) return null;
        if (Search) return $"/fhir/Observation?patient={id}&_count=20";
        var reports = await clinician.SendAsync(HttpMethod.Get, $"/fhir/DiagnosticReport?patient={id}&_count=1", null, Fhir, cancellation);
        return Id(reports.Body) is { } known ? $"/fhir/DiagnosticReport/{known}" : null;
    }

    private async Task LoadAsync(List<string> addresses, TimeSpan duration, Latencies reads, Latencies others, CancellationToken cancellation)
    {
        using var pace = new Pace(Rate * (Reads + 1.0) / Reads);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(number =>
            Task.Run(() => ReadAsync(number, addresses, () => Stopwatch.GetElapsedTime(started) < duration, pace, reads.OfConnection(), others.OfConnection(), cancellation), cancellation)));
    }

    private async Task ReadAsync(int connection, List<string> addresses, Func<bool> goesOn, Pace pace, List<double> reads, List<double> others, CancellationToken cancellation)
    {
        var (clinician, _) = HubConnection.Open(hub, Role.Clinician);
        using (clinician)
        {
            for (var number = connection; goesOn(); number += Connections)
            {
                await pace.WaitAsync(number, cancellation);
                var read = Rate == 0 || number % (Reads + 1) != Reads;
                var at = Stopwatch.GetTimestamp();
                var status = await clinician!.ReadAsync(read ? addresses[(number - (number / (Reads + 1))) % addresses.Count] : Undecided, Fhir, cancellation);
                (read ? reads : others).Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                if (!read) continue;
                if (status == 200) Interlocked.Increment(ref permitted);
                else Interlocked.Increment(ref refused);
            }
        }
    }

    /// <returns>Of the hub's histogram of decisions: how many took at most so many seconds, by bound; the last counts all.</returns>
    private async Task<IReadOnlyList<(double Bound, double Count)>> DecisionsAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = hub.Http };
        var buckets = new SortedDictionary<double, double>();
        foreach (var line in (await http.GetStringAsync("/metrics", cancellation)).Split('\n'))
        {
            const string metric = "ehealthplus_read_decision_seconds_bucket{";
            if (!line.StartsWith(metric, StringComparison.Ordinal) || !line.Contains("granted=\"true\"", StringComparison.Ordinal)) continue;
            var from = line.IndexOf("le=\"", StringComparison.Ordinal) + 4;
            var text = line[from..line.IndexOf('"', from)];
            var bound = text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
            var count = double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            buckets[bound] = buckets.GetValueOrDefault(bound) + count;
        }

        return [.. buckets.Select(pair => (pair.Key, pair.Value))];
    }

    private void Print(TimeSpan took, IReadOnlyList<(double Bound, double Count)> before, IReadOnlyList<(double Bound, double Count)> after, DiskFloor disk, MachineFloor machine)
    {
        var (percentile, bare) = (latencies.Percentiles(), undecided.Percentiles());
        var decisions = after.Select((bucket, at) => (bucket.Bound, Count: bucket.Count - (at < before.Count ? before[at].Count : 0))).ToList();
        var all = decisions.Count == 0 ? 0 : decisions[^1].Count;
        var result = new
        {
            kind = Search ? "searches of 20 observations" : "reads of a report",
            connections = Connections,
            permitted,
            refused,
            permittedPerSecond = Math.Round(permitted / took.TotalSeconds),
            p50Milliseconds = percentile(0.50),
            p99Milliseconds = percentile(0.99),
            undecidedP50Milliseconds = Rate == 0 ? null : (double?)bare(0.50),
            undecidedP99Milliseconds = Rate == 0 ? null : (double?)bare(0.99),
            decisions = all,
            decisionP50AtMostMilliseconds = BoundOf(decisions, all * 0.50),
            decisionP99AtMostMilliseconds = BoundOf(decisions, all * 0.99),
            decisionsWithin2Milliseconds = all == 0 ? 0 : Math.Round(decisions.LastOrDefault(bucket => bucket.Bound <= 0.002).Count / all, 5),
            diskFlushP50Milliseconds = disk.P50,
            diskFlushP99Milliseconds = disk.P99,
            wakeLateP50Milliseconds = machine.WakeP50,
            wakeLateP99Milliseconds = machine.WakeP99,
            processorsWithheld = machine.Withheld,
        };
        report.Document(result);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"""
            {result.kind}, {Connections} connections, {took.TotalSeconds:0.0} s
            permitted     {result.permittedPerSecond,10:N0}/s   refused {refused:N0}
            answered      p50 {result.p50Milliseconds:0.0} ms, p99 {result.p99Milliseconds:0.0} ms (client and hub on this machine)
            {(Rate == 0 ? "undecided     only beside reads at a rate (--rate)" : string.Create(CultureInfo.InvariantCulture, $"undecided     p50 {result.undecidedP50Milliseconds:0.0} ms, p99 {result.undecidedP99Milliseconds:0.0} ms: a file about as large, among the reads; so a read adds {result.p50Milliseconds - result.undecidedP50Milliseconds:0.0} ms at p50, {result.p99Milliseconds - result.undecidedP99Milliseconds:0.0} ms at p99"))}
            decision      p50 at most {result.decisionP50AtMostMilliseconds:0.0#} ms, p99 at most {result.decisionP99AtMostMilliseconds:0.0#} ms; {result.decisionsWithin2Milliseconds:P2} within 2 ms (consent, policy and audit commit)
            floor         p50 {disk.P50:0.00} ms, p99 {disk.P99:0.00} ms: a page written and flushed in the data directory, right after and alone
            machine       a sleeping thread is woken {machine.WakeP50:0.00} ms late at p50, {machine.WakeP99:0.00} ms at p99, right after and alone{MachineFloor.Say(machine.Withheld)}
            """));
    }

    private static double BoundOf(List<(double Bound, double Count)> buckets, double rank) => buckets.FirstOrDefault(bucket => bucket.Count >= rank).Bound * 1000;

    private static string? Id(JsonNode? page) => page?["entry"]?[0]?["resource"]?["id"]?.GetValue<string>();
}
