using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>
/// Lets messages into the journal in the order in which they came from one source, as far as its backlog has places: the place in the
/// patient's order and the place in the journal's queue are taken together.
/// </summary>
internal static class SourceDoor
{
    /// <summary>Waits for a place, then asks the journal. Without a wait it does both before it returns.</summary>
    /// <returns>Null once <see cref="ScheduledDeposit.Appending"/> is set; else why the message was not let in.</returns>
    public static async ValueTask<Rejection?> EnterAsync(
        DepositScheduler scheduler, ScheduledDeposit deposit, Func<Task<Result<JournalReceipt>>> append, TimeSpan wait, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var line = deposit.Source;
        Entrant entrant;
        lock (line.Door)
        {
            if (scheduler.Closed) return new(RejectionCode.ShuttingDown, "The hub is shutting down");
            if (line.Entrants.Count == 0 && (scheduler.TryTakePlace(deposit) || TryOnceMore(scheduler, deposit)))
            {
                deposit.Appending = StartAsync(append);
                return null;
            }

            entrant = new(deposit, append);
            line.Entrants.Enqueue(entrant);
        }

        try
        {
            await entrant.LetIn.Task.WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception ended) when (ended is TimeoutException or OperationCanceledException)
        {
            lock (line.Door)
            {
                if (entrant.LetIn.Task.IsCompleted) return null;
                entrant.Left = true;
            }

            return ended is TimeoutException
                ? new(RejectionCode.BacklogFull, "The backlog of this source is full, and no place came free in time")
                : new Rejection(RejectionCode.ShuttingDown, "The hub is shutting down");
        }
    }

    /// <summary>Lets in those who wait, as far as there are places now.</summary>
    public static void LetInMore(DepositScheduler scheduler, SourceLine line)
    {
        Interlocked.MemoryBarrier();
        if (!line.Awaited) return;
        lock (line.Door)
        {
            while (line.Entrants.TryPeek(out var first))
            {
                if (!first.Left)
                {
                    if (!scheduler.TryTakePlace(first.Deposit)) return;
                    first.Deposit.Appending = StartAsync(first.Append);
                    first.LetIn.SetResult();
                }

                line.Entrants.Dequeue();
            }

            line.Awaited = false;
        }
    }

    /// <summary>Says first that somebody waits: a place that comes free after this look is given out at the door.</summary>
    private static bool TryOnceMore(DepositScheduler scheduler, ScheduledDeposit deposit)
    {
        deposit.Source.Awaited = true;
        Interlocked.MemoryBarrier();
        if (!scheduler.TryTakePlace(deposit)) return false;
        deposit.Source.Awaited = false;
        return true;
    }

    /// <summary>An exception becomes part of the task, so that the place is given back where it is awaited.</summary>
    private static async Task<Result<JournalReceipt>> StartAsync(Func<Task<Result<JournalReceipt>>> append) => await append().ConfigureAwait(false);
}
