namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>The backlog of one source: its lanes, and the senders that wait for a place.</summary>
internal sealed class SourceLine(string id)
{
    public string Id { get; } = id;

    /// <summary>Guards the order in which messages enter the journal. Taken before the scheduler's lock, never after it.</summary>
    public Lock Door { get; } = new();

    /// <summary>Messages that wait for a place, in the order received. Guarded by <see cref="Door"/>.</summary>
    public Queue<Entrant> Entrants { get; } = new();

    /// <summary>
    /// True while somebody waits, or is about to. Set before the last look for a place, and read after a place came free, with a full barrier
    /// between each two: so that the door need not be locked for every deposit that leaves.
    /// </summary>
    public bool Awaited { get; set; }

    public Dictionary<string, PatientLane> Lanes { get; } = new(StringComparer.Ordinal);

    /// <summary>Deposits that can go to work: each waits, and is the first of its lanes.</summary>
    public Queue<ScheduledDeposit> Ready { get; } = new();

    /// <summary>Places taken.</summary>
    public int Count { get; set; }

    /// <summary>True while the source stands in the round of sources.</summary>
    public bool InRound { get; set; }

    /// <summary>New deposits, kept back while older unfinished ones are still being resumed.</summary>
    public List<ScheduledDeposit> KeptBack { get; } = [];
}
