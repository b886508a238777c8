using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Stores synthetic instances in a running hub (or any other application entity), and reports how many a second it answered for.</summary>
internal sealed class DicomBench(DicomUserOptions options, Report report)
{
    private readonly Latencies latencies = new();
    private int refused;

    public required int Associations { get; init; }

    /// <summary>Instances of each association.</summary>
    public required int Count { get; init; }

    /// <summary>Pixels of each instance. In bytes: 524288 is a CT slice of 512 x 512.</summary>
    public required int PixelBytes { get; init; }

    /// <summary>Send with storescu of DCMTK in place of our own sender.</summary>
    public required bool Storescu { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var run = SyntheticStudy.NewUid();
        var studies = Enumerable.Range(0, Associations).Select(number => new SyntheticStudy($"{run}.{number}", PixelBytes)).ToList();
        var seconds = Storescu ? await ByStorescuAsync(studies, cancellation) : await ByOurselvesAsync(studies, cancellation);
        var total = Associations * Count;
        var of = latencies.Percentiles();
        var result = new
        {
            sender = Storescu ? "storescu" : "ehp", associations = Associations, instances = total, bytesEach = studies[0].LengthOf(0), refused,
            seconds = Math.Round(seconds, 2), instancesPerSecond = Math.Round(total / seconds), megabytesPerSecond = Math.Round(total / seconds * studies[0].LengthOf(0) / 1e6),
            p50Milliseconds = of(0.5), p99Milliseconds = of(0.99),
        };
        report.Document(result);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"""
            {total} instances of {result.bytesEach:N0} bytes on {Associations} associations by {result.sender}, {refused} refused
            {result.seconds:0.00} s: {result.instancesPerSecond:N0} instances/s, {result.megabytesPerSecond:N0} MB/s
            answer        p50 {result.p50Milliseconds:0.0} ms, p99 {result.p99Milliseconds:0.0} ms
            """));
        return refused == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private async Task<double> ByOurselvesAsync(List<SyntheticStudy> studies, CancellationToken cancellation)
    {
        var users = await Task.WhenAll(studies.Select(_ => DicomUser.OpenToStoreAsync(options, [SyntheticStudy.Kind], [], TimeProvider.System, cancellation)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(users.Zip(studies, (user, study) => SendAsync(user, study, cancellation)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var user in users) await user.DisposeAsync();
        return seconds;
    }

    private async Task SendAsync(DicomUser user, SyntheticStudy study, CancellationToken cancellation)
    {
        var mine = latencies.OfConnection();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, user.Window).Select(async _ =>
        {
            // A modality has its image ready: no new half a megabyte is made for each.
            var instance = study.DataSet(0);
            for (var number = Interlocked.Increment(ref next) - 1; number < Count; number = Interlocked.Increment(ref next) - 1)
            {
                study.Renumber(instance, number);
                using var dataSet = new MemoryStream(instance, writable: false);
                var sent = Stopwatch.GetTimestamp();
                var outcome = await user.StoreAsync(SyntheticStudy.Kind, study.InstanceUid(number), dataSet, cancellation);
                lock (mine) mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (!outcome.Stored) Interlocked.Increment(ref refused);
            }
        }));
        await user.ReleaseAsync(cancellation);
    }

    /// <summary>Writes the files first; then one storescu for each association, as it comes: Nagle's algorithm on.</summary>
    /// <exception cref="IOException">It is not installed, or fails.</exception>
    private async Task<double> ByStorescuAsync(List<SyntheticStudy> studies, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ehp-bench-").FullName;
        try
        {
            foreach (var (study, place) in studies.Select((study, place) => (study, place)))
            {
                Directory.CreateDirectory(Path.Combine(folder, $"{place}"));
                for (var number = 0; number < Count; number++) await File.WriteAllBytesAsync(Path.Combine(folder, $"{place}", $"{number}.dcm"), study.File(number), cancellation);
            }

            var started = Stopwatch.GetTimestamp();
            var codes = await Task.WhenAll(studies.Select((_, place) => StorescuAsync(Path.Combine(folder, $"{place}"), cancellation)));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (codes.Any(code => code != 0)) throw new IOException("storescu could not send all of it");
            return seconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<int> StorescuAsync(string folder, CancellationToken cancellation)
    {
        string[] arguments = ["-aet", options.CallingAeTitle, "-aec", options.CalledAeTitle, "+sd", options.Host, options.Port.ToString(CultureInfo.InvariantCulture), folder];
        try
        {
            using var process = Process.Start(new ProcessStartInfo("storescu", arguments) { RedirectStandardError = true });
            if (process is null) return 1;
            await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new IOException("storescu is not installed: it comes with dcmtk", missing);
        }
    }
}
