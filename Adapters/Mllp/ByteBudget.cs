namespace EHealthPlus.Adapters.Mllp;

/// <summary>A number of bytes that all connections share. Who finds too few left waits in line.</summary>
internal sealed class ByteBudget(long capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Granted)> waiting = new();
    private long free = capacity;

    /// <param name="bytes">At most the capacity.</param>
    public ValueTask ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiting.Count == 0 && free >= bytes)
            {
                free -= bytes;
                return ValueTask.CompletedTask;
            }

            var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue((bytes, granted));
            return new ValueTask(WaitAsync(granted, cancellationToken));
        }
    }

    public void Release(long bytes)
    {
        lock (gate)
        {
            free += bytes;
            Grant();
        }
    }

    private async Task WaitAsync(TaskCompletionSource granted, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() =>
        {
            if (!granted.TrySetCanceled(cancellationToken)) return;
            lock (gate) Grant();
        });
        await granted.Task;
    }

    private void Grant()
    {
        while (waiting.TryPeek(out var next))
        {
            if (!next.Granted.Task.IsCompleted)
            {
                if (free < next.Bytes) return;
                if (next.Granted.TrySetResult()) free -= next.Bytes;
            }

            waiting.Dequeue();
        }
    }
}

/// <summary>Bytes taken from a budget; given back once.</summary>
internal readonly record struct Reservation(ByteBudget? Budget, long Bytes)
{
    public void Release() => Budget?.Release(Bytes);

    public Reservation ShrinkTo(long bytes)
    {
        Budget?.Release(Bytes - bytes);
        return this with { Bytes = bytes };
    }
}

/// <summary>The memory that messages of all connections share. Long ones have their own part, so that they cannot hold up short ones.</summary>
internal sealed class MessageMemory(MllpOptions options)
{
    public ByteBudget Small { get; } = new(options.SmallMessageBytes);

    public ByteBudget Large { get; } = new(options.LargeMessageBytes);

    public async ValueTask<Reservation> ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        var budget = bytes > MllpOptions.LargeMessage ? Large : Small;
        await budget.ReserveAsync(bytes, cancellationToken);
        return new Reservation(budget, bytes);
    }
}
