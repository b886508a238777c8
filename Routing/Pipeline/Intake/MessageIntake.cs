using System.Diagnostics;
using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Pipeline.Scheduling;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Pipeline.Intake;

/// <summary>Reads, checks the sender, journals, takes a place in the flow, and answers in original or enhanced mode.</summary>
internal sealed partial class MessageIntake(
    IMessageReader reader, IRegistry registry, SourceCheck check, IDepositJournal journal, DepositScheduler scheduler, Acknowledger acknowledger,
    PipelineOptions options, TimeProvider time, ILogger<MessageIntake> log) : IMessageIntake
{
    private static readonly Task<ReadOnlyMemory<byte>?> NoAnswer = Task.FromResult<ReadOnlyMemory<byte>?>(null);
    private static readonly FieldLocation ControlId = new("MSH", 1, 10);

    public async ValueTask<IntakeAnswer> ReceiveAsync(ReadOnlyMemory<byte> message, Peer peer, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var receivedAt = Now();
        var reading = reader.Read(message, registry.FindSource);
        var plan = AnswerPlan.Of(reading.Envelope);
        if (check.Refusal(reading, peer) is { } refusal)
        {
            var key = refusal.Rejection.Code == RejectionCode.ControlIdMissing && peer.SourceId is not null ? ContentKey(message) : refusal.ControlId;
            return await RefuseAsync(EntryOf(message, reading, peer, receivedAt) with { SourceId = refusal.SourceId, ControlId = key }, refusal.Rejection, plan)
                .ConfigureAwait(false);
        }

        // A copy: the flow may go on with the bytes after the sender was answered.
        ReadOnlyMemory<byte>? kept = message.Length <= options.CachedMessageLimit ? message.ToArray() : default(ReadOnlyMemory<byte>?);
        var entry = EntryOf(kept ?? message, reading, peer, receivedAt);
        var deposit = new ScheduledDeposit(scheduler.LineOf(reading.Source!.Id), entry.PatientKey, receivedAt, committing: plan.AcceptDue(true));
        var closed = await SourceDoor.EnterAsync(
            scheduler, deposit, () => journal.AppendAsync(entry, CancellationToken.None), options.BacklogWait, time, cancellationToken).ConfigureAwait(false);
        if (closed is not null) return Unjournaled(entry, closed, plan);

        var appended = await AppendedAsync(deposit).ConfigureAwait(false);
        if (!appended.Accepted) return Unjournaled(entry, appended.Rejection, plan);
        var receipt = appended.Value;
        if (receipt.Verdict != JournalVerdict.New)
        {
            return receipt.Verdict == JournalVerdict.Repeat
                ? await RepeatAsync(entry, receipt, plan, cancellationToken).ConfigureAwait(false)
                : await RefuseReusedAsync(entry, receipt, plan).ConfigureAwait(false);
        }

        var source = FlowMeter.Source(entry.SourceId);
        FlowMeter.Received.Add(1, source, new("type", entry.MessageType));
        FlowMeter.CommitSeconds.Record(FlowMeter.SecondsSince(started), source);
        var answer = scheduler.Journaled(deposit, receipt.DepositId, kept, reading);
        // In enhanced mode the answer to come is the decision and nothing else: nothing of the message is kept for it.
        return plan.AcceptDue(true)
            ? new(acknowledger.Accepted(entry.Bytes, receipt.DepositId, receivedAt), plan.ApplicationWanted ? answer : NoAnswer)
            : new(null, ApplicationAnswerAsync(entry, answer, plan));
    }

    public async ValueTask<ReadOnlyMemory<byte>?> RefuseAsync(
        ReadOnlyMemory<byte> bytes, Rejection rejection, Peer peer, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty)
        {
            FlowCounts.Refused(null, rejection.Code);
            return null;
        }

        var entry = new JournalEntry(null, null, "", "", null, bytes, Now(), peer.Address, rejection, null);
        var answer = await RefuseAsync(entry, rejection, AnswerPlan.Of(null)).ConfigureAwait(false);

        // What does not begin like a message has no sender that reads HL7.
        return bytes.Span.StartsWith("MSH"u8) || bytes.Span.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'<', ..] ? await answer.Application.ConfigureAwait(false) : null;
    }

    /// <summary>
    /// Stands in for MSH-10 where a message out of a file lacks it: a file that is read again after a crash must not be refused twice. No
    /// MSH-10 can be the same: it would have to guess the hash.
    /// </summary>
    private static string ContentKey(ReadOnlyMemory<byte> message) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(message.Span).AsSpan(0, 16))}";

    private static JournalEntry EntryOf(ReadOnlyMemory<byte> message, MessageReading reading, Peer peer, DateTimeOffset receivedAt) => new(
        reading.Source?.Id, reading.Envelope?.ControlId, reading.Envelope?.MessageType ?? "", reading.Envelope?.PatientKey ?? "",
        reading.Envelope?.CharacterSet, message, receivedAt, peer.Address, null, null);

    /// <summary>The journal's answer. Where it is not a new deposit, the place in the flow is given back.</summary>
    private async ValueTask<Result<JournalReceipt>> AppendedAsync(ScheduledDeposit deposit)
    {
        Result<JournalReceipt> appended;
        try
        {
            appended = await deposit.Appending!.ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogJournalFault(fault.GetType().Name);
            appended = new Rejection(RejectionCode.StoreUnavailable, "The journal does not answer");
        }

        deposit.Appending = null;
        if (appended is not { Accepted: true, Value.Verdict: JournalVerdict.New }) scheduler.Leave(deposit);
        return appended;
    }

    /// <summary>Journals a message as refused, and says so.</summary>
    private async ValueTask<IntakeAnswer> RefuseAsync(JournalEntry entry, Rejection rejection, AnswerPlan plan)
    {
        var answer = RefusalAnswer(entry, rejection, plan, out var accept);
        Result<JournalReceipt> appended;
        try
        {
            appended = await journal.AppendAsync(entry with { Rejection = rejection, Acknowledgement = answer }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogJournalFault(fault.GetType().Name);
            appended = new Rejection(RejectionCode.StoreUnavailable, "The journal does not answer");
        }

        if (!appended.Accepted) return Unjournaled(entry, appended.Rejection, plan);
        if (appended.Value.Verdict == JournalVerdict.Repeat) return await RepeatAsync(entry, appended.Value, plan, CancellationToken.None).ConfigureAwait(false);
        if (appended.Value.Verdict == JournalVerdict.KeyReused) return await RefuseReusedAsync(entry, appended.Value, plan).ConfigureAwait(false);
        FlowCounts.Refused(entry.SourceId, rejection.Code);
        LogRefused((int)rejection.Code, entry.SourceId ?? "unknown", appended.Value.DepositId.Value);
        return accept ? new(answer, NoAnswer) : new(null, Task.FromResult(answer));
    }

    /// <summary>The same key with other bytes: kept without a key, so that people see it, and refused.</summary>
    private ValueTask<IntakeAnswer> RefuseReusedAsync(JournalEntry entry, JournalReceipt first, AnswerPlan plan) => RefuseAsync(
        entry with { ControlId = null },
        new Rejection(RejectionCode.ControlIdReused, $"MSH-10 was used before, by deposit {first.DepositId}, for other content", ControlId), plan);

    /// <summary>Nothing could be kept: the sender keeps the message and sends it again.</summary>
    private IntakeAnswer Unjournaled(JournalEntry entry, Rejection rejection, AnswerPlan plan)
    {
        FlowCounts.Refused(entry.SourceId, rejection.Code);
        LogUnjournaled((int)rejection.Code, entry.SourceId ?? "unknown");
        var answer = RefusalAnswer(entry, rejection, plan, out var accept);
        return new(accept ? answer : null, accept ? NoAnswer : Task.FromResult(answer)) { Unkept = rejection };
    }

    /// <param name="accept">True where it is the accept answer; a message that is not accepted gets no application answer beside it.</param>
    private ReadOnlyMemory<byte>? RefusalAnswer(JournalEntry entry, Rejection rejection, AnswerPlan plan, out bool accept)
    {
        accept = plan.AcceptDue(false);
        return accept || plan.ApplicationDue(false) ? acknowledger.Refused(entry.Bytes, rejection, accept) : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>The first answer again; where it is not known yet, it is waited for.</summary>
    private async ValueTask<IntakeAnswer> RepeatAsync(JournalEntry entry, JournalReceipt receipt, AnswerPlan plan, CancellationToken cancellationToken)
    {
        FlowMeter.Repeated.Add(1, FlowMeter.Source(entry.SourceId));
        if (receipt.Acknowledgement is { } first && Acknowledger.IsAcceptAnswer(first.Span)) return new(first, NoAnswer);

        ReadOnlyMemory<byte>? accept = null;
        if (plan.AcceptDue(true))
        {
            var journaled = await journal.ReadAsync(receipt.DepositId, cancellationToken).ConfigureAwait(false);
            accept = acknowledger.Accepted(entry.Bytes, receipt.DepositId, journaled?.ReceivedAt ?? entry.ReceivedAt);
        }

        return new(accept, receipt.Acknowledgement is { } answer
            ? Task.FromResult<ReadOnlyMemory<byte>?>(answer)
            : ApplicationAnswerAsync(entry, AwaitedAnswerAsync(entry, receipt), plan));
    }

    private async Task<ReadOnlyMemory<byte>?> AwaitedAnswerAsync(JournalEntry entry, JournalReceipt receipt)
    {
        if (IsDecided(receipt.State)) return null;
        var (answer, known) = scheduler.AnswerOf(receipt.DepositId);
        if (known) return await answer.ConfigureAwait(false);

        // Not resumed yet, or decided since the journal said so: asked again, now that a decision cannot be missed.
        var again = await journal.AppendAsync(entry, CancellationToken.None).ConfigureAwait(false);
        if (again.Accepted && !IsDecided(again.Value.State)) return await answer.ConfigureAwait(false);
        scheduler.Forget(receipt.DepositId);
        return again.Accepted ? again.Value.Acknowledgement : acknowledger.Refused(entry.Bytes, again.Rejection, false);
    }

    private static bool IsDecided(DepositState state) => state is not (DepositState.Received or DepositState.AwaitingRetry);

    /// <summary>Waits for the decision; in original mode no longer than the limit, and never without an answer at the end.</summary>
    private async Task<ReadOnlyMemory<byte>?> ApplicationAnswerAsync(JournalEntry entry, Task<ReadOnlyMemory<byte>?> decided, AnswerPlan plan)
    {
        if (!plan.ApplicationWanted) return null;
        try
        {
            var answer = await (plan.Enhanced ? decided : decided.WaitAsync(options.AnswerLimit, time)).ConfigureAwait(false);
            if (answer is not null || plan.Enhanced) return answer;
            return await StoredAnswerAsync(entry).ConfigureAwait(false) ?? acknowledger.Refused(entry.Bytes, Unfinished(), false);
        }
        catch (TimeoutException)
        {
            return acknowledger.Refused(entry.Bytes, Unfinished(), false);
        }
        catch (Exception fault)
        {
            LogJournalFault(fault.GetType().Name);
            return acknowledger.Refused(entry.Bytes, new(RejectionCode.StoreUnavailable, "The answer could not be read; send the message again"), false);
        }
    }

    private Rejection Unfinished() => scheduler.Closed
        ? new(RejectionCode.ShuttingDown, "The hub is shutting down; the message is kept and will be finished")
        : new(RejectionCode.ProcessingTimedOut, "Processing takes longer than the answer may; the message is kept and will be finished");

    /// <summary>What the store keeps as the answer: the journal tells it to whoever sends the same message.</summary>
    private async Task<ReadOnlyMemory<byte>?> StoredAnswerAsync(JournalEntry entry)
    {
        var again = await journal.AppendAsync(entry, CancellationToken.None).ConfigureAwait(false);
        return again.Accepted ? again.Value.Acknowledgement : null;
    }

    /// <summary>To the millisecond, as the journal keeps it and an answer writes it.</summary>
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    [LoggerMessage(3001, LogLevel.Information, "Refused with {Code}: a message from {Source}, kept as deposit {Deposit}")]
    private partial void LogRefused(int code, string source, long deposit);

    [LoggerMessage(3002, LogLevel.Warning, "Refused with {Code} and not kept: a message from {Source}")]
    private partial void LogUnjournaled(int code, string source);

    [LoggerMessage(3003, LogLevel.Error, "The journal failed with {Fault}")]
    private partial void LogJournalFault(string fault);
}
