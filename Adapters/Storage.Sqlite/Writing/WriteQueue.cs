namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>
/// What waits for the writer, in the order it came; messages to be journaled and reads to be recorded before all else, for somebody waits
/// for them. Bounded: each waiting caller holds its own message in memory.
/// </summary>
internal sealed class WriteQueue
{
    private const int MaximumItems = 16_384;
    private const long MaximumBytes = 256L << 20;

    // One transaction takes so much: more would keep the first callers waiting without sparing many flushes.
    private const int BatchItems = 1024;
    private const int BatchBytes = 8 << 20;

    // The rest is taken in smaller parts, so that a message never waits long for the transaction before its own; and a few of the rest
    // go with each transaction of messages, so that it goes on while they keep coming.
    private const int RestItems = 64;
    private const int RestItemsBesideUrgent = 6;

    private readonly Lock gate = new();
    private readonly AutoResetEvent arrived = new(false);
    private readonly Queue<WriteItem> urgent = new();
    private readonly Queue<WriteItem> rest = new();
    private long bytes;
    private bool closed;

    /// <summary>Nobody waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate) return urgent.Count + rest.Count == 0;
        }
    }

    /// <returns>False where the queue is full or closed.</returns>
    public bool TryAdd(WriteItem item)
    {
        lock (gate)
        {
            if (closed || urgent.Count + rest.Count >= MaximumItems || bytes > MaximumBytes) return false;
            (item.Urgent ? urgent : rest).Enqueue(item);
            bytes += item.Bytes;
            if (urgent.Count + rest.Count > 1) return true;
        }

        arrived.Set();
        return true;
    }

    /// <summary>Takes all that waits, up to the size of a transaction; waits for the first item.</summary>
    /// <param name="batch">Filled; empty where the time is over.</param>
    /// <returns>False when the queue is closed and drained.</returns>
    public bool Take(List<WriteItem> batch, TimeSpan patience)
    {
        while (!TakeWaiting(batch))
        {
            lock (gate)
                if (closed) return false;
            if (!arrived.WaitOne(patience)) return true;
        }

        return true;
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (gate) closed = true;
        arrived.Set();
    }

    private bool TakeWaiting(List<WriteItem> batch)
    {
        lock (gate)
        {
            var taken = Move(urgent, batch, BatchItems, 0);
            Move(rest, batch, batch.Count + (batch.Count > 0 ? RestItemsBesideUrgent : RestItems), taken);
        }

        return batch.Count > 0;
    }

    private int Move(Queue<WriteItem> from, List<WriteItem> batch, int items, int taken)
    {
        while (batch.Count < items && taken < BatchBytes && from.TryDequeue(out var item))
        {
            batch.Add(item);
            taken += item.Bytes;
            bytes -= item.Bytes;
        }

        return taken;
    }
}
