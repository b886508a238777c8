using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>What holds files up now: told to the log, to the metrics and to the readiness page. The hub takes other traffic all the same.</summary>
internal sealed class FeedFaults(ILogger<FeedFaults> logger) : IReadinessCheck
{
    private readonly ConcurrentDictionary<(string Source, string What), string> present = new();

    public string Name => "uploads";

    public bool Vital => false;

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        present.IsEmpty ? null : string.Join("; ", present.Select(fault => $"{fault.Key.Source}: {fault.Value}").Order(StringComparer.Ordinal).Take(10)));

    /// <param name="what">What is held up: an upload's id, or the folder. One fault is kept for each.</param>
    /// <returns>What people are told.</returns>
    public string Raise(string source, string what, RejectionCode code, TimeSpan wait)
    {
        var said = present[(source, what)] = $"{(int)code} {SaidOf(code)}";
        FlowMeter.UploadFaults.Add(1, FlowMeter.Source(source), new("fault", code.ToString()));
        UploadLog.HeldUp(logger, source, said, Math.Round(wait.TotalSeconds, 1));
        return said;
    }

    public void Clear(string source, string what) => present.TryRemove((source, what), out _);

    /// <summary>For those who run the hub: the table's words are for the sender, who is told to send again.</summary>
    private static string SaidOf(RejectionCode code) => code switch
    {
        RejectionCode.StorageFull => "No room is left on the disk",
        RejectionCode.UploadFolderForbidden => "The hub may not read or write in the folder",
        RejectionCode.UploadFileFaulty => "A file cannot be read or written",
        _ => RejectionTable.Of(code).English,
    };
}
