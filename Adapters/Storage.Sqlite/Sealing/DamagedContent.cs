using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// Content that could not be opened. Each piece is told once to the log and the audit trail, and stays on the readiness page, also of later starts, until
/// it opens again; the hub takes traffic all the same.
/// </summary>
internal sealed class DamagedContent(ILogger logger) : IReadinessCheck
{
    // Named ones; more are counted as one.
    private const int Capacity = 1000;

    private readonly ConcurrentDictionary<SealedPlace, Rejection> pieces = new();
    private Action<SealedPlace, Rejection>? found;
    private Action<SealedPlace>? mended;

    public string Name => "stored content";

    public bool Vital => false;

    public long Count => pieces.Count;

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        pieces.IsEmpty ? null : string.Join("; ", pieces.Values.Take(5)) + (pieces.Count > 5 ? $"; and {pieces.Count - 5} more" : ""));

    /// <summary>Tells what was met so far, each piece that comes, and each that opens again.</summary>
    /// <param name="before">Met before the start, and told then.</param>
    public void TellTo(Action<SealedPlace, Rejection> onFound, Action<SealedPlace> onMended, IReadOnlyList<(SealedPlace Place, Rejection Rejection)> before)
    {
        (found, mended) = (onFound, onMended);
        foreach (var (place, rejection) in pieces) onFound(place, rejection);
        foreach (var (place, rejection) in before.Take(Capacity)) pieces.TryAdd(place, rejection);
    }

    /// <summary>Whether the object of an instance, or the row that has its key, is known not to open.</summary>
    public bool IsOfInstance(long number) => !pieces.IsEmpty && (pieces.ContainsKey(new(SealedColumn.InstanceObject, number)) || pieces.ContainsKey(new(SealedColumn.InstanceAttributes, number)));

    public void Report(SealedPlace place, Rejection rejection)
    {
        if (pieces.Count >= Capacity || !pieces.TryAdd(place, rejection)) return;
        StoreLog.ContentNotOpened(logger, (int)rejection.Code, rejection.Detail);
        FlowMeter.DamagedContent.Add(1);
        found?.Invoke(place, rejection);
    }

    /// <summary>Object and row of an instance were written anew.</summary>
    public void ClearInstance(long number)
    {
        Clear(new(SealedColumn.InstanceObject, number));
        Clear(new(SealedColumn.InstanceAttributes, number));
    }

    /// <summary>The piece opens again, or was replaced.</summary>
    public void Clear(SealedPlace place)
    {
        if (!pieces.IsEmpty && pieces.TryRemove(place, out _)) mended?.Invoke(place);
    }
}
