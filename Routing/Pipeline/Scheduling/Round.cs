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

    /// <summary>Takes the next place behind all that the source sent about the patient before.</summary>
    public static void Add(ScheduledDeposit deposit)
    {
        var line = deposit.Source;
        if (!line.Lanes.TryGetValue(deposit.PatientKey, out var lane)) line.Lanes.Add(deposit.PatientKey, lane = new(deposit.PatientKey));
        lane.Add(deposit);
    }

    /// <summary>Looks at a deposit's lane again after the deposit changed: its first one may now go, or its last one be gone.</summary>
    public void Changed(ScheduledDeposit deposit)
    {
        var line = deposit.Source;
        if (!line.Lanes.TryGetValue(deposit.PatientKey, out var lane) || lane.Queued) return;
        switch (lane.Head())
        {
            case null:
                line.Lanes.Remove(lane.Key);
                break;
            case { Stage: Stage.Waiting }:
                lane.Queued = true;
                line.Ready.Enqueue(lane);
                if (line.InRound) return;
                line.InRound = true;
                turns.Enqueue(line);
                break;
            default:
                break;
        }
    }

    /// <summary>The deposit whose turn it is.</summary>
    public bool TryTake([NotNullWhen(true)] out ScheduledDeposit? deposit)
    {
        while (turns.TryDequeue(out var line))
        {
            line.InRound = false;
            var lane = line.Ready.Dequeue();
            lane.Queued = false;
            if (line.Ready.Count > 0)
            {
                line.InRound = true;
                turns.Enqueue(line);
            }

            deposit = lane.Head();
            if (deposit is { Stage: Stage.Waiting }) return true;
            if (deposit is null) line.Lanes.Remove(lane.Key);
        }

        deposit = null;
        return false;
    }
}
