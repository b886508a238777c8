using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>
/// The messages of one established association, both ways (PS3.7-2024). Each request of the other side is handed to a handler while its data
/// set is still coming in; answers to our own requests find whoever waits for them.
/// </summary>
internal sealed class MessageExchange(
    AssociationLink link, AssociationTerms terms, LinkLimits limits, IRequestHandler handler, string peer, ILogger logger)
{
    /// <summary>Answers that wait for their reader; then the association is not read on.</summary>
    private const int AnswersAhead = 256;

    private readonly SemaphoreSlim places = new(terms.Window);
    private readonly ConcurrentDictionary<ushort, CancellationTokenSource> running = new();
    private readonly ConcurrentDictionary<ushort, Channel<DimseAnswer>> expected = new();
    private readonly CancellationTokenSource ended = new();
    private readonly ArrayBufferWriter<byte> commandBytes = new();
    private TaskCompletionSource? idle;
    private int inFlight;
    private int lastMessageId;

    // Of the message that is coming in.
    private byte contextId;
    private CountedMessage? incoming;
    private Operation? current;
    private (CommandSet Command, SmallDataSet DataSet)? answer;
    private bool drops;

    public AssociationTerms Terms => terms;

    public LinkLimits Limits => limits;

    /// <summary>The association is over: nothing can be sent any more.</summary>
    public CancellationToken Ended => ended.Token;

    private bool WithinMessage => incoming is not null || answer is not null || drops || commandBytes.WrittenCount > 0;

    /// <summary>Reads until the association ends.</summary>
    /// <param name="stopping">The hub stops: what is in work is still answered.</param>
    /// <returns>How it ended, for the log.</returns>
    public async Task<string> RunAsync(TimeSpan drain, CancellationToken stopping)
    {
        string reason;
        try
        {
            reason = await ReadAsync(drain, stopping);
        }
        catch (Exception broke) when (broke is IOException || (broke is OperationCanceledException && ended.IsCancellationRequested))
        {
            reason = "the connection broke while answering";
        }
        finally
        {
            await ended.CancelAsync();
            if (incoming is not null) await incoming.AbandonAsync();
            ForgetExpected("The association ended before the answer");
        }

        await FinishWorkAsync(drain);
        return reason;
    }

    public ValueTask SendAsync(byte context, CommandSet command, ReadOnlyMemory<byte> dataSet = default) =>
        link.Writer.SendAsync(context, command, dataSet, ended.Token);

    /// <summary>Sends a request with a small data set, or none.</summary>
    /// <returns>Its answers, the last of them not pending; reading them fails with an IOException where the association ends before.</returns>
    public async ValueTask<PendingRequest> RequestAsync(byte context, Func<ushort, CommandSet> command, ReadOnlyMemory<byte> dataSet = default)
    {
        var request = Expect();
        try
        {
            await SendAsync(context, command(request.MessageId) with { HasDataSet = !dataSet.IsEmpty }, dataSet);
            return request;
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request whose data set is written while it is sent.</summary>
    /// <exception cref="IOException">The connection is gone, or the data set could not be read to its end: the association is aborted.</exception>
    public async ValueTask<PendingRequest> RequestAsync(byte context, Func<ushort, CommandSet> command, Func<FragmentStream, ValueTask> write, CancellationToken cancellationToken)
    {
        var request = Expect();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        try
        {
            await link.Writer.SendAsync(context, command(request.MessageId) with { HasDataSet = true }, write, either.Token);
            return request;
        }
        catch
        {
            request.Dispose();
            // Half a message has left: whatever came next would be read as the rest of it.
            if (!ended.IsCancellationRequested)
            {
                await link.GiveUpAsync();
                // After the A-ABORT nothing is sent: what is in work ends now, and not once the other side has closed.
                await ended.CancelAsync();
            }

            throw;
        }
    }

    /// <summary>C-STORE of an instance in an agreed context.</summary>
    public ValueTask<PendingRequest> StoreAsync(
        AgreedContext context, string sopInstanceUid, Func<FragmentStream, ValueTask> write, MoveOrigin? origin, CancellationToken cancellationToken) =>
        RequestAsync(
            context.Id,
            id => new()
            {
                Field = CommandField.StoreRequest, MessageId = id, Priority = 0, AffectedSopClassUid = context.AbstractSyntax, AffectedSopInstanceUid = sopInstanceUid,
                MoveOriginator = origin?.AeTitle, MoveOriginatorMessageId = origin?.MessageId,
            },
            write, cancellationToken);

    private PendingRequest Expect()
    {
        var channel = Channel.CreateBounded<DimseAnswer>(new BoundedChannelOptions(AnswersAhead) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });
        ushort id;
        do id = (ushort)Interlocked.Increment(ref lastMessageId);
        while (id == 0 || !expected.TryAdd(id, channel));
        if (ended.IsCancellationRequested) channel.Writer.TryComplete(new IOException("The association has ended"));
        return new PendingRequest(id, channel.Reader, limits.AnswerTimeout, () => expected.TryRemove(id, out _));
    }

    private async Task<string> ReadAsync(TimeSpan drain, CancellationToken stopping)
    {
        while (true)
        {
            link.Patience = WithinMessage ? limits.PduTimeout : limits.IdleTimeout;
            // Who sends several messages ahead waits for no answer before the next.
            link.Unfinished = WithinMessage || terms.Window > 1;
            var (happened, part) = await link.NextAsync();
            switch (happened)
            {
                case LinkEvent.Data:
                    if (await TakeAsync(part) is { } fault)
                    {
                        await link.AbortAsync(fault);
                        return "it broke the order of messages";
                    }

                    break;
                case LinkEvent.ReleaseAsked:
                    ForgetExpected("The other side released the association before its answer");
                    await FinishWorkAsync(limits.AnswerTimeout);
                    await link.ConfirmReleaseAsync();
                    return "released";
                case LinkEvent.Overdue when WithinMessage || (Volatile.Read(ref inFlight) == 0 && expected.IsEmpty):
                    await link.AbortAsync(AbortCause.Unspecified);
                    return WithinMessage ? "it stopped in the middle of a message" : "idle";
                case LinkEvent.Overdue: break;
                case LinkEvent.Released: return "released";
                case LinkEvent.Aborted: return "aborted by the peer";
                case LinkEvent.Closed: return "closed by the peer";
                case LinkEvent.Violated: return "it broke the protocol";
            }

            if (link.GivenUp)
            {
                await link.DrainAsync();
                return "a message to it broke off";
            }

            if (!stopping.IsCancellationRequested || !link.Established) continue;
            await FinishWorkAsync(drain);
            await link.AbortAsync(AbortCause.User);
            return "the hub stops";
        }
    }

    /// <returns>How the other side broke the order of fragments; null where it did not.</returns>
    private async ValueTask<AbortCause?> TakeAsync(PduPart part)
    {
        if (WithinMessage ? part.ContextId != contextId : !terms.Contexts.ContainsKey(part.ContextId)) return AbortCause.InvalidParameter;
        contextId = part.ContextId;
        var inDataSet = incoming is not null || answer is not null || drops;
        if (part.IsCommand)
        {
            if (inDataSet) return AbortCause.UnexpectedParameter;
            if (commandBytes.WrittenCount + part.Bytes.Length > limits.MaxCommandLength) return AbortCause.InvalidParameter;
            foreach (var segment in part.Bytes) commandBytes.Write(segment.Span);
            return part.IsLast ? await OnCommandAsync() : null;
        }

        if (!inDataSet) return AbortCause.UnexpectedParameter;
        foreach (var segment in part.Bytes)
        {
            if (incoming is not null) await incoming.WriteAsync(segment, ended.Token);
            else answer?.DataSet.Write(segment.Span);
        }

        if (!part.IsLast) return null;
        drops = false;
        if (answer is { } complete)
        {
            answer = null;
            if (complete.DataSet.TooLong) return AbortCause.Unspecified;
            await AnsweredAsync(new(complete.Command, complete.DataSet.Bytes));
        }
        else if (incoming is { } request)
        {
            incoming = null;
            _ = WorkAsync(request, current!);
        }

        return null;
    }

    private async ValueTask<AbortCause?> OnCommandAsync()
    {
        var context = terms.Contexts[contextId];
        var read = CommandReading.Read(commandBytes.WrittenSpan, context.AbstractSyntax);
        commandBytes.ResetWrittenCount();
        if (!read.Accepted)
        {
            DimseLog.CommandRefused(logger, peer, read.Rejection.Code);
            return AbortCause.InvalidParameter;
        }

        var command = read.Value;
        if (command.IsAnswer)
        {
            if (command.HasDataSet) answer = (command, new SmallDataSet(limits.MaxIdentifierLength));
            else await AnsweredAsync(new(command, default));
            return null;
        }

        if (command.Field == CommandField.CancelRequest)
        {
            await CancelAsync(command.MessageId);
            return null;
        }

        await places.WaitAsync(ended.Token);
        var cancelled = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
        running[command.MessageId] = cancelled;
        current = new Operation(this, context, command, cancelled.Token);
        Interlocked.Increment(ref inFlight);
        IIncomingMessage? begun = null;
        try
        {
            begun = await handler.BeginAsync(current, ended.Token);
        }
        finally
        {
            if (begun is null) Done(command.MessageId, cancelled);
        }

        if (begun is null)
        {
            drops = command.HasDataSet;
            await current.SendAsync(current.Answer(DimseStatus.UnrecognizedOperation));
        }
        else if (command.HasDataSet)
        {
            incoming = new CountedMessage(begun, () => Done(command.MessageId, cancelled));
        }
        else
        {
            _ = WorkAsync(new CountedMessage(begun, () => Done(command.MessageId, cancelled)), current);
        }

        return null;
    }

    private async ValueTask CancelAsync(ushort messageId)
    {
        if (!running.TryGetValue(messageId, out var cancel)) return;
        try
        {
            await cancel.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was done in this moment.
        }
    }

    private async Task WorkAsync(CountedMessage request, Operation operation)
    {
        try
        {
            await request.CompleteAsync();
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && ended.IsCancellationRequested)
        {
            DimseLog.AnswerUnsent(logger, peer);
        }
        catch (Exception fault)
        {
            DimseLog.OperationFailed(logger, peer, LoggedFault.Of(fault));
            await TellFaultAsync(operation);
        }
    }

    private async Task TellFaultAsync(Operation operation)
    {
        try
        {
            await operation.SendAsync(operation.Answer(new Rejection(RejectionCode.InternalFault, "A fault in the hub: send again later")));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            DimseLog.AnswerUnsent(logger, peer);
        }
    }

    private void Done(ushort messageId, CancellationTokenSource cancelled)
    {
        running.TryRemove(new(messageId, cancelled));
        cancelled.Dispose();
        places.Release();
        if (Interlocked.Decrement(ref inFlight) == 0) Volatile.Read(ref idle)?.TrySetResult();
    }

    private async ValueTask AnsweredAsync(DimseAnswer arrived)
    {
        if (!expected.TryGetValue(arrived.Command.MessageId, out var waiting)) return;
        await waiting.Writer.WriteAsync(arrived, ended.Token);
        if (arrived.IsPending) return;
        expected.TryRemove(arrived.Command.MessageId, out _);
        waiting.Writer.TryComplete();
    }

    private void ForgetExpected(string reason)
    {
        foreach (var waiting in expected.Values) waiting.Writer.TryComplete(new IOException(reason));
    }

    /// <summary>Waits until the operations in work are done, so long at most.</summary>
    private async Task FinishWorkAsync(TimeSpan limit)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref idle, done);
        if (Volatile.Read(ref inFlight) == 0) return;
        try
        {
            await done.Task.WaitAsync(limit, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            DimseLog.DrainTimedOut(logger, peer);
        }
    }
}
