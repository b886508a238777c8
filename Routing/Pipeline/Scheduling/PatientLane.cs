namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>What one source sent about one patient, in the order sent. Only the first is ever in work.</summary>
internal sealed class PatientLane(string key)
{
    private readonly Queue<ScheduledDeposit> deposits = new(2);

    public string Key { get; } = key;

    /// <summary>True while it stands in its source's queue for a place in work.</summary>
    public bool Queued { get; set; }

    public void Add(ScheduledDeposit deposit) => deposits.Enqueue(deposit);

    /// <summary>The first that is still in the flow; null for an empty lane.</summary>
    public ScheduledDeposit? Head()
    {
        while (deposits.TryPeek(out var head))
        {
            if (head.Stage != Stage.Gone) return head;
            deposits.Dequeue();
        }

        return null;
    }
}
