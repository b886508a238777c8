namespace EHealthPlus.Monitoring.Telemetry.Windows;

/// <summary>What one slot of a <see cref="TimeRing{TSlot}"/> must be able to do: begin anew.</summary>
internal abstract class TimeSlot
{
    /// <summary>Number of the step that the slot holds; -1 before the first.</summary>
    internal long Step = -1;

    public abstract void Clear();
}

/// <summary>
/// Counts by time: a fixed number of slots, each used again when its time has passed. Needs no timer. Writers meet at a lock only
/// when a slot changes its step; a writer delayed across a whole turn may count into the newer step, which these figures bear.
/// </summary>
internal sealed class TimeRing<TSlot>(int length)
    where TSlot : TimeSlot, new()
{
    private readonly TSlot[] slots = [.. Enumerable.Range(0, length).Select(_ => new TSlot())];

    public int Length => slots.Length;

    /// <summary>The slot to write to.</summary>
    public TSlot At(long step)
    {
        var slot = slots[step % slots.Length];
        if (Volatile.Read(ref slot.Step) >= step) return slot;
        lock (slot)
        {
            if (slot.Step < step)
            {
                slot.Clear();
                Volatile.Write(ref slot.Step, step);
            }
        }

        return slot;
    }

    /// <returns>The slot, or null where nothing was written in that step (or it is too long ago).</returns>
    public TSlot? Find(long step)
    {
        if (step < 0) return null;
        var slot = slots[step % slots.Length];
        return Volatile.Read(ref slot.Step) == step ? slot : null;
    }
}
