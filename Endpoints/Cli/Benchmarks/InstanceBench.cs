using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>
/// How fast the store alone keeps instances, all flushed before each answer, and finds and reads them again. Synthetic: bytes of no meaning, the
/// attributes as of a CT.
/// </summary>
internal sealed class InstanceBench(Report report)
{
    private const int PartLength = 128 << 10;
    private const int InstancesOfSeries = 1000;
    private const int Rounds = 5;

    public required int Writers { get; init; }

    public required int Size { get; init; }

    public required int Count { get; init; }

    public async Task<int> RunAsync(string? parent, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent ?? Path.GetTempPath(), $"ehealthplus-instances-{Guid.NewGuid():N}")).FullName;
        try
        {
            using var store = new SqliteStore(folder, null, TimeProvider.System, NullLogger<SqliteStore>.Instance);
            await store.OpenAsync(cancellationToken);
            var floorBefore = DiskFloor.Measure(folder, Writers, Size, Math.Max(Writers, Count / 4)).PerSecond;
            var before = Resident();
            var (seconds, latencies) = await WriteAsync(store, cancellationToken);
            // The disk is not the same from minute to minute: looked at before and after.
            var floor = (floorBefore + DiskFloor.Measure(folder, Writers, Size, Math.Max(Writers, Count / 4)).PerSecond) / 2;
            var percentile = latencies.Percentiles();
            var (resident, commits) = (Resident(), store.Commits);
            var rate = Count / seconds;
            report.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{Count:N0} instances of {Size:N0} bytes by {Writers} writers: {rate:N0}/s, {rate * Size / 1e6:N0} MB/s; p50 {percentile(0.5)} ms, p99 {percentile(0.99)} ms; {commits:N0} commits; resident at most {resident >> 20:N0} MiB ({(resident - before) >> 20:N0} more)"));
            report.Line(string.Create(CultureInfo.InvariantCulture, $"floor: the same bytes written over others and flushed {floor:N0} times a second; {rate / floor:0.00} of it"));

            var found = await BestAsync(Rounds, async () => (await store.Instances.QueryAsync(new(QueryLevel.Instance, [new(0x0020000D, StudyOf(0))], 0, InstancesOfSeries), cancellationToken)).Value.Count);
            report.Line($"query of {found.Count:N0} instances with their attributes: {found.Milliseconds:N1} ms");
            // What was just kept is no longer in memory (decision 59): the first read is the disk's.
            var (_, firstMilliseconds) = await BestAsync(1, () => ReadAsync(store, cancellationToken));
            var (read, readMilliseconds) = await BestAsync(Rounds, () => ReadAsync(store, cancellationToken));
            report.Line($"{read:N0} MB read and opened at {read / firstMilliseconds * 1000:N0} MB/s from the disk, then at {read / readMilliseconds * 1000:N0} MB/s");
            report.Document(new
            {
                writers = Writers, size = Size, count = Count, perSecond = Math.Round(rate), floorPerSecond = Math.Round(floor), p50 = percentile(0.5), p99 = percentile(0.99), residentBytes = resident,
                queryMilliseconds = Math.Round(found.Milliseconds, 1), instancesFound = found.Count,
                readFromDiskMegabytesPerSecond = Math.Round(read / firstMilliseconds * 1000), readMegabytesPerSecond = Math.Round(read / readMilliseconds * 1000),
            });
            return ExitCode.Done;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(double Seconds, Latencies Latencies)> WriteAsync(SqliteStore store, CancellationToken cancellationToken)
    {
        var (latencies, next) = (new Latencies(), -1);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(
            async () =>
            {
                var mine = latencies.OfConnection();
                var part = RandomNumberGenerator.GetBytes(Math.Min(Size, PartLength));
                while (Interlocked.Increment(ref next) is var number && number < Count)
                {
                    var began = Stopwatch.GetTimestamp();
                    BinaryPrimitives.WriteInt32LittleEndian(part, number);
                    await KeepAsync(store, part, number, cancellationToken);
                    mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            },
            cancellationToken)));
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }

    private async Task KeepAsync(SqliteStore store, byte[] part, int number, CancellationToken cancellationToken)
    {
        await using var one = (await store.Instances.BeginAsync(cancellationToken)).Value;
        for (var left = Size; left > 0; left -= Math.Min(left, part.Length))
            if (await one.WriteAsync(part.AsMemory(0, Math.Min(left, part.Length)), cancellationToken) is { } rejection) throw new RejectedException(rejection);
        var kept = await one.KeepAsync(Entry(number), cancellationToken);
        if (!kept.Accepted) throw new RejectedException(kept.Rejection);
    }

    private static async Task<double> ReadAsync(SqliteStore store, CancellationToken cancellationToken)
    {
        var (buffer, bytes) = (new byte[PartLength], 0L);
        foreach (var kept in (await store.Instances.SelectAsync(StudyOf(0), null, null, cancellationToken)).Take(250))
        {
            await using var stream = (await store.Instances.OpenAsync(kept, cancellationToken))!;
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;) bytes += read;
        }

        return bytes / 1e6;
    }

    private static async Task<(T Count, double Milliseconds)> BestAsync<T>(int rounds, Func<Task<T>> measured)
    {
        var (best, result) = (double.MaxValue, default(T)!);
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            result = await measured();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (result, best);
    }

    private static string StudyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"2.25.1234567890123456789.{number / InstancesOfSeries}");

    private static InstanceEntry Entry(int number)
    {
        var study = StudyOf(number);
        var (series, sop) = (study + ".1", string.Create(CultureInfo.InvariantCulture, $"{study}.1.{number}"));
        var now = TimeProvider.System.GetUtcNow();
        var summary = new InstanceSummary(
            new(study, series, sop), "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2.1",
            new([new("T0001", "", "", new("0010,0020"))], [new("SYNTHETIC", "ONE", "A")], "19700131", "F", []), "ACC1", "20261101", "101530", "CT", 1,
            number % InstancesOfSeries, 1, false,
            Json("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^ONE","Ideographic":"測試"}]},"00100020":{"vr":"LO","Value":["T0001"]},"00100030":{"vr":"DA","Value":["19700131"]},"00100040":{"vr":"CS","Value":["F"]}}"""),
            Json($$$"""{"00080020":{"vr":"DA","Value":["20261101"]},"00080030":{"vr":"TM","Value":["101530"]},"00080050":{"vr":"SH","Value":["ACC1"]},"00081030":{"vr":"LO","Value":["CT BRAIN"]},"0020000D":{"vr":"UI","Value":["{{{study}}}"]}}"""),
            Json($$$"""{"00080060":{"vr":"CS","Value":["CT"]},"0008103E":{"vr":"LO","Value":["AXIAL 1.25"]},"0020000E":{"vr":"UI","Value":["{{{series}}}"]},"00200011":{"vr":"IS","Value":[1]}}"""),
            Json($$$"""{"00080016":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},"00080018":{"vr":"UI","Value":["{{{sop}}}"]},"00200013":{"vr":"IS","Value":[{{{number % InstancesOfSeries}}}]},"00200032":{"vr":"DS","Value":[-125,-125,{{{number}}}]},"00200037":{"vr":"DS","Value":[1,0,0,0,1,0]},"00280010":{"vr":"US","Value":[512]},"00280011":{"vr":"US","Value":[512]},"00280100":{"vr":"US","Value":[16]}}"""));
        return new(
            summary, "synthetic-pacs", "synthetic-centre", now, null,
            new(now, "source:synthetic-pacs", "source", AuditAction.Deposit, null, $"study/{study}", true, "kept", Origin: new("192.0.2.10", "synthetic-pacs")));
    }

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
