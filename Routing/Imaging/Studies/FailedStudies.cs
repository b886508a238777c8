using System.Data.Common;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>
/// Studies whose last try failed: each rests, twice as long after each failure, so that the others have their turn. Only in memory: a new start tries all of
/// them. For one thread at a time.
/// </summary>
internal sealed class FailedStudies(TimeSpan first, TimeProvider time)
{
    /// <summary>Where more fail, it is not the studies that are at fault.</summary>
    private const int Capacity = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Source, string Study), (DateTimeOffset Until, TimeSpan Length)> failed = [];

    public int Count => failed.Count;

    public bool Rests(string sourceId, string studyInstanceUid) => failed.TryGetValue((sourceId, studyInstanceUid), out var known) && time.GetUtcNow() < known.Until;

    /// <returns>How long it rests; null where there is no room for it.</returns>
    public TimeSpan? Add(string sourceId, string studyInstanceUid)
    {
        var key = (sourceId, studyInstanceUid);
        var known = failed.TryGetValue(key, out var before);
        if (!known && failed.Count >= Capacity) return null;
        var rest = known ? before.Length * 2 : first * 2;
        if (rest > Longest) rest = Longest;
        failed[key] = (time.GetUtcNow() + rest, rest);
        return rest;
    }

    /// <summary>Whether it is the study's own fault, as content that does not open or cannot be read; not one of the store, which is all studies'.</summary>
    public static bool IsOwn(Exception fault) => fault is RejectedException or not (IOException or DbException or OperationCanceledException);

    public void Remove(string sourceId, string studyInstanceUid) => failed.Remove((sourceId, studyInstanceUid));
}
