namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>
/// What one source sent about one patient, in the order sent. Only the first is ever in work. A deposit that names several patients
/// stands in the lane of each, and goes when it is the first of all of them.
/// </summary>
/// <param name="key">What the patient is called in the source's messages.</param>
internal sealed class PatientLane(string key)
{
    /// <summary>The key of this lane alone.</summary>
    public string[] Key { get; } = [key];

    private readonly Queue<ScheduledDeposit> deposits = new(2);

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
