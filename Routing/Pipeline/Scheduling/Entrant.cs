using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>A message that waits at the door of its source for a place in the backlog.</summary>
internal sealed class Entrant(ScheduledDeposit deposit, Func<Task<Result<JournalReceipt>>> append)
{
    public ScheduledDeposit Deposit { get; } = deposit;

    public Func<Task<Result<JournalReceipt>>> Append { get; } = append;

    /// <summary>Completes when the message is let in.</summary>
    public TaskCompletionSource LetIn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once its sender was refused; guarded by the door.</summary>
    public bool Left { get; set; }
}
