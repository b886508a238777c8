using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// Content that could not be opened since the start. Each piece is told once to the log and the audit trail, and stays on the readiness page;
/// the hub takes traffic all the same.
/// </summary>
internal sealed class DamagedContent(ILogger logger) : IReadinessCheck
{
    // Named ones; more are counted as one.
    private const int Capacity = 1000;

    private readonly ConcurrentDictionary<SealedPlace, Rejection> pieces = new();
    private Action<SealedPlace, Rejection>? found;

    public string Name => "stored content";

    public bool Vital => false;

    public long Count => pieces.Count;

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        pieces.IsEmpty ? null : string.Join("; ", pieces.Values.Take(5)) + (pieces.Count > 5 ? $"; and {pieces.Count - 5} more" : ""));

    /// <summary>Tells what was met so far, and each piece that comes.</summary>
    public void TellTo(Action<SealedPlace, Rejection> listener)
    {
        found = listener;
        foreach (var (place, rejection) in pieces) listener(place, rejection);
    }

    public void Report(SealedPlace place, Rejection rejection)
    {
        if (pieces.Count >= Capacity || !pieces.TryAdd(place, rejection)) return;
        StoreLog.ContentNotOpened(logger, (int)rejection.Code, rejection.Detail);
        FlowMeter.DamagedContent.Add(1);
        found?.Invoke(place, rejection);
    }

    /// <summary>The piece opens again, or was replaced.</summary>
    public void Clear(SealedPlace place)
    {
        if (!pieces.IsEmpty) pieces.TryRemove(place, out _);
    }
}
