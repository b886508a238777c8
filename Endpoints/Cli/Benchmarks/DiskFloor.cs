using System.Diagnostics;
using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>
/// What the disk alone allows in this minute: bytes written over others in a file and flushed, with no name, no hash, no seal and no index. No store
/// that flushes each instance by itself can be faster; one that shares flushes can.
/// </summary>
/// <param name="PerSecond">Flushed writes of all writers together.</param>
/// <param name="P50">Milliseconds of one, as <paramref name="P99"/>.</param>
internal sealed record DiskFloor(double PerSecond, double P50, double P99)
{
    private const int Places = 16;

    /// <param name="writers">Threads, each with a file of its own.</param>
    /// <param name="size">Bytes of a write.</param>
    /// <param name="count">Writes of all writers together.</param>
    public static DiskFloor Measure(string folder, int writers, int size, int count)
    {
        var files = Enumerable.Range(0, writers).Select(writer => Path.Combine(folder, $"floor-{writer}")).ToList();
        var bytes = RandomNumberGenerator.GetBytes(size);
        foreach (var file in files)
        {
            using (var whole = File.OpenHandle(file, FileMode.Create, FileAccess.Write))
            {
                for (var place = 0; place < Places; place++) RandomAccess.Write(whole, bytes, (long)place * size);
            }

            LastingName.Flush(file);
        }

        var latencies = new Latencies();
        var started = Stopwatch.GetTimestamp();
        var threads = files.Select(file => new Thread(() => Write(file, bytes, count / writers, latencies.OfConnection()))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        files.ForEach(File.Delete);
        var percentile = latencies.Percentiles();
        return new(count / writers * writers / seconds, percentile(0.50), percentile(0.99));
    }

    private static void Write(string path, byte[] bytes, int count, List<double> took)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        for (var number = 0; number < count; number++)
        {
            var began = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, bytes, (long)(number % Places) * bytes.Length);
            RandomAccess.FlushToDisk(file);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
