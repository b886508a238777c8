using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>How fast an audit trail is verified: entries of many deposits and some reads, of 100,000 citizens in no order.</summary>
internal static class AuditBench
{
    private const int Rounds = 3;
    private const int AtOnce = 256;

    public static async Task<int> RunAsync(int count, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ehealthplus-audit-").FullName;
        try
        {
            report.Line($"Writing {count:N0} entries…");
            AuditCheckpoint head;
            using (var store = new SqliteStore(folder, null, TimeProvider.System, NullLogger<SqliteStore>.Instance))
            {
                await store.OpenAsync(cancellationToken);
                var citizens = Enumerable.Range(0, 100_000).Select(_ => Guid.NewGuid().ToString("N")).ToArray();
                for (var from = 0; from < count; from += AtOnce)
                {
                    await Task.WhenAll(Enumerable.Range(from, Math.Min(AtOnce, count - from)).Select(number => store.Audit.RecordAsync(Entry(number, citizens[number * 7919L % citizens.Length]), cancellationToken)));
                }

                head = await store.AuditReader.HeadAsync(cancellationToken);
            }

            var best = 0d;
            using var process = Process.GetCurrentProcess();
            for (var round = 0; round < Rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                process.Refresh();
                var spent = process.TotalProcessorTime;
                var verdict = AuditVerification.Run(folder, [head], cancellationToken);
                process.Refresh();
                // On a machine with other work the time of the clock says little; the processor's own time is that of one core.
                var rate = verdict.Entries / (process.TotalProcessorTime - spent).TotalSeconds;
                if (verdict is not { Finding: null, Checkpoints: 1 }) return report.Fail(ExitCode.Refused, "The trail that was just written does not hold");
                best = Math.Max(best, rate);
                report.Line($"{rate:N0} entries in a second of a core, {verdict.Entries / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} in a second of the clock");
            }

            report.Document(new { entries = count, perSecond = Math.Round(best), bytes = new FileInfo(Path.Combine(folder, "hub.db")).Length });
            return ExitCode.Done;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static AuditEntry Entry(int number, string personId)
    {
        var at = DateTimeOffset.UnixEpoch.AddMilliseconds(1_800_000_000_000 + number);
        return number % 50 == 0
            ? new(at, $"clinician-{number % 500}", "clinician", AuditAction.Search, personId, "Observation?code,patient", true, "Sharing consent to this provider in force: Cap. 625 section 12",
                "TREAT", new($"192.0.2.{number % 250}"), "synthetic-clinic")
            : new(at, "source:synthetic-lab", "source", AuditAction.Deposit, personId, string.Create(CultureInfo.InvariantCulture, $"deposit:{number}"), true,
                "Joining consent in force: Cap. 625 section 6", Origin: new(null, "synthetic-lab"), ProviderId: "synthetic-laboratory");
    }
}
