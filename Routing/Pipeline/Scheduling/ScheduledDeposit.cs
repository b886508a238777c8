using System.Diagnostics;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

internal enum Stage
{
    /// <summary>Its place in the order is taken; the journal has not committed it yet.</summary>
    Journaling,

    /// <summary>Ready when its turn comes.</summary>
    Waiting,

    /// <summary>With the saga.</summary>
    InWork,

    /// <summary>To be tried again when due. Later deposits of the patient wait behind it.</summary>
    Postponed,

    /// <summary>Out of the flow: decided, or never journaled.</summary>
    Gone,
}

/// <summary>One deposit's place in the flow. Guarded by the lock of the scheduler.</summary>
/// <param name="committing">True where the sender waits for the commit alone (enhanced mode).</param>
internal sealed class ScheduledDeposit(SourceLine source, string patientKey, DateTimeOffset receivedAt, bool committing = false)
{
    public SourceLine Source { get; } = source;

    /// <summary>The patients that it names: keys of its lanes. Tens of thousands may wait about a few patients, so they share the lane's.</summary>
    public string[] PatientKeys { get; set; } = patientKey.Contains(MessageEnvelope.PatientKeySeparator, StringComparison.Ordinal)
        ? patientKey.Split(MessageEnvelope.PatientKeySeparator)
        : [patientKey];

    /// <summary>True while it stands in its source's queue for a place in work.</summary>
    public bool Queued { get; set; }

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public bool Committing { get; } = committing;

    public DepositId Id { get; set; }

    public Stage Stage { get; set; } = Stage.Journaling;

    /// <summary>The message, while it is kept in memory.</summary>
    public HeldMessage? Message { get; set; }

    /// <summary>True until the first try of a deposit that this process journaled.</summary>
    public bool First { get; set; }

    /// <summary>True for one that came from the store: it holds a place of the resumed ones.</summary>
    public bool Resumed { get; init; }

    /// <summary>When it entered the flow, then when it was dispatched; a Stopwatch timestamp.</summary>
    public long Since { get; set; } = Stopwatch.GetTimestamp();

    public long EnteredAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The journal's answer, from when the place in its queue is taken until it was read.</summary>
    public Task<Result<JournalReceipt>>? Appending { get; set; }

    /// <summary>Set where it is to be taken up again once its decision is told.</summary>
    public UnfinishedDeposit? ResumeNext { get; set; }

    public ITimer? Timer { get; set; }

    /// <summary>The application answer, once decided.</summary>
    public TaskCompletionSource<ReadOnlyMemory<byte>?> Answer { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
