using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>What holds files up now: told to the log, to the metrics and to the readiness page. The hub takes other traffic all the same.</summary>
internal sealed class FeedFaults(ILogger<FeedFaults> logger) : IReadinessCheck
{
    private const int DiskFull = 28, DiskQuota = 122, DiskFullWindows = 112;

    private readonly ConcurrentDictionary<(string Source, string What), string> present = new();

    public string Name => "uploads";

    public bool Vital => false;

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        present.IsEmpty ? null : string.Join("; ", present.Select(fault => $"{fault.Key.Source}: {fault.Value}").Order(StringComparer.Ordinal).Take(10)));

    /// <param name="what">What is held up: an upload's id, or the folder. One fault is kept for each.</param>
    /// <returns>What people are told.</returns>
    public string Raise(string source, string what, Exception fault, TimeSpan wait) => fault switch
    {
        IOException full when (full.HResult & 0xFFFF) is DiskFull or DiskQuota or DiskFullWindows => Raise(source, what, "room", "no room is left on the disk", wait),
        UnauthorizedAccessException => Raise(source, what, "permission", "the hub may not read or write there", wait),
        _ => Raise(source, what, "file", $"a file cannot be read or written ({fault.GetType().Name})", wait),
    };

    public string Raise(string source, string what, string kind, string said, TimeSpan wait)
    {
        present[(source, what)] = said;
        FlowMeter.UploadFaults.Add(1, FlowMeter.Source(source), new("fault", kind));
        UploadLog.HeldUp(logger, source, said, Math.Round(wait.TotalSeconds, 1));
        return said;
    }

    public void Clear(string source, string what) => present.TryRemove((source, what), out _);
}
