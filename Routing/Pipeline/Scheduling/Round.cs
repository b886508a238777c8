using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>
/// Whose turn it is: sources in turn, one deposit each; within a source its lanes in turn. Guarded by the scheduler's lock,
/// but for <see cref="LineOf"/>.
/// </summary>
internal sealed class Round
{
    private readonly ConcurrentDictionary<string, SourceLine> lines = new(StringComparer.Ordinal);
    private readonly Queue<SourceLine> turns = new();

    public SourceLine LineOf(string sourceId) => lines.GetOrAdd(sourceId, static id => new(id));

    public IEnumerable<SourceLine> Lines => lines.Values;

    /// <summary>Takes the next place behind all that the source sent about the same patients before.</summary>
    public static void Add(ScheduledDeposit deposit)
    {
        var line = deposit.Source;
        var keys = deposit.PatientKeys;
        for (var at = 0; at < keys.Length; at++)
        {
            if (!line.Lanes.TryGetValue(keys[at], out var lane)) line.Lanes.Add(keys[at], lane = new(keys[at]));
            lane.Add(deposit);
            if (keys.Length == 1) deposit.PatientKeys = lane.Key;
            else keys[at] = lane.Key[0];
        }
    }

    /// <summary>Looks at a deposit's lanes again after the deposit changed: the first one of each may now go, or the last one be gone.</summary>
    public void Changed(ScheduledDeposit deposit)
    {
        var line = deposit.Source;
        foreach (var key in deposit.PatientKeys)
        {
            if (!line.Lanes.TryGetValue(key, out var lane)) continue;
            switch (lane.Head())
            {
                case null:
                    line.Lanes.Remove(key);
                    break;
                case { Stage: Stage.Waiting, Queued: false } head when IsFirst(head):
                    head.Queued = true;
                    line.Ready.Enqueue(head);
                    if (line.InRound) break;
                    line.InRound = true;
                    turns.Enqueue(line);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The deposit whose turn it is.</summary>
    public bool TryTake([NotNullWhen(true)] out ScheduledDeposit? deposit)
    {
        while (turns.TryDequeue(out var line))
        {
            line.InRound = false;
            deposit = line.Ready.Dequeue();
            deposit.Queued = false;
            if (line.Ready.Count > 0)
            {
                line.InRound = true;
                turns.Enqueue(line);
            }

            if (deposit.Stage == Stage.Waiting) return true;
        }

        deposit = null;
        return false;
    }

    private static bool IsFirst(ScheduledDeposit deposit)
    {
        foreach (var key in deposit.PatientKeys)
        {
            if (deposit.Source.Lanes[key].Head() != deposit) return false;
        }

        return true;
    }
}
