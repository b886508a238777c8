namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>
/// Counts the changes by which a deposit can turn out to be another person's, or not to be admitted. In memory: one process writes to a data directory, and
/// what it identified does not outlive it.
/// </summary>
internal sealed class IndexGeneration
{
    private long value;
    private bool moving;

    public long Value => Volatile.Read(ref value);

    /// <summary>Within the transaction that changes: a deposit behind it in the same transaction was identified before.</summary>
    public void Move()
    {
        moving = true;
        Interlocked.Increment(ref value);
    }

    /// <summary>The transaction is committed: what was read between its change and its commit was read before the change.</summary>
    public void Committed()
    {
        if (!moving) return;
        moving = false;
        Interlocked.Increment(ref value);
    }
}
