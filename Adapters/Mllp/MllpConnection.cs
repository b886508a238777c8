using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>Reads the frames of one connection, hands each message to the intake, and refuses what is no frame.</summary>
internal sealed class MllpConnection
{
    /// <summary>How much of a refused frame is kept for the journal. In bytes.</summary>
    private const int RefusedHead = 64 * 1024;

    /// <summary>How long a message without start block may go on coming before it is refused.</summary>
    private static readonly TimeSpan StrayGrace = TimeSpan.FromSeconds(1);

    /// <summary>How long the rest of a refused frame is read and thrown away: closing on unread bytes would take the refusal from the sender.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private static readonly Task<ReadOnlyMemory<byte>?> NoAnswer = Task.FromResult<ReadOnlyMemory<byte>?>(null);

    private readonly ConnectionContext context;
    private readonly PipeReader input;
    private readonly Peer peer;
    private readonly IMessageIntake intake;
    private readonly MllpOptions options;
    private readonly MessageMemory memory;
    private readonly ILogger logger;
    private readonly ConnectionClock clock;
    private readonly AnswerLine answers;
    private readonly FrameScanner scanner = new();
    private readonly CancellationTokenSource drained = new();

    // Of the unfinished frame at the head of the buffer: when it began (0: there is none), and what it has taken of the shared memory.
    private long began;
    private Reservation growing;

    public MllpConnection(
        ConnectionContext context, Peer peer, IMessageIntake intake, MllpOptions options, MessageMemory memory, TimeProvider time, ILogger logger)
    {
        this.context = context;
        this.peer = peer;
        this.intake = intake;
        this.options = options;
        this.memory = memory;
        this.logger = logger;
        input = context.Transport.Input;
        clock = new ConnectionClock(time);
        answers = new AnswerLine(context.Transport.Output, clock, options, OnIntakeFault);
    }

    /// <summary>Completes when the connection is done with; does not throw for what a peer can do.</summary>
    public async Task RunAsync()
    {
        MllpLog.Opened(logger, peer.Address);
        context.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static state => ((MllpConnection)state).OnHeartbeat(), this);
        var stopping = context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var wake = stopping.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), input);
        string reason;
        try
        {
            reason = await ReadAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            reason = "the hub stops";
        }
        catch (Exception broke) when (broke is IOException or OperationCanceledException)
        {
            reason = "the sender broke it off";
        }
        finally
        {
            clock.ReadDone();
            growing.Release();
            answers.Close();
        }

        await FinishAnswersAsync(stopping);
        MllpLog.Closed(logger, peer.Address, reason);
    }

    private async Task<string> ReadAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (began == 0) clock.ReadBy(clock.After(clock.Now, options.IdleTimeout));
            var read = await input.ReadAsync(CancellationToken.None);
            var overdue = clock.ReadOverdue;
            clock.ReadDone();

            var buffer = read.Buffer;
            FrameState state;
            while ((state = scanner.Scan(ref buffer, out var message)) == FrameState.Whole)
            {
                began = 0;
                overdue = false;
                if (message.Length > options.MaxFrameBytes) return await RefuseAndLingerAsync(message, TooLarge(), true, buffer.End, stopping);
                await TakeAsync(message, stopping);
            }

            switch (state)
            {
                case FrameState.Empty when overdue && answers.QuietFor(options.IdleTimeout):
                    return "idle";

                case FrameState.Partial:
                    if (buffer.Length - 1 > options.MaxFrameBytes) return await RefuseAndLingerAsync(buffer.Slice(1), TooLarge(), true, buffer.End, stopping);
                    if ((overdue && began != 0) || read.IsCompleted) return await RefuseAsync(buffer.Slice(1), Incomplete(buffer.Length), true, stopping);
                    await GrowAsync(buffer.Length, stopping);
                    break;

                case FrameState.Stray:
                    if (StrayIsOver(buffer) || (overdue && began != 0) || read.IsCompleted)
                        return await RefuseAndLingerAsync(buffer, NoStartBlock(), StartsLikeMessage(buffer) == true, buffer.End, stopping);
                    if (began == 0) began = clock.Now;
                    clock.ReadBy(clock.After(began, StrayGrace));
                    break;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return "the sender closed it";
        }

        return "the hub stops";
    }

    private async Task TakeAsync(ReadOnlySequence<byte> message, CancellationToken stopping)
    {
        await answers.PlaceAsync(stopping);
        Reservation held;
        if (growing.Budget is null)
        {
            held = await memory.ReserveAsync(message.Length, stopping);
        }
        else
        {
            held = growing.ShrinkTo(message.Length);
            growing = default;
        }

        // Not awaited: the next message may follow it into the same commit. Starting the calls one after the other keeps their order.
        answers.Expect(intake.ReceiveAsync(message.ToArray(), peer, drained.Token).AsTask(), held);
    }

    /// <summary>Gives an unfinished frame its deadline, and its share of the memory where it is getting large.</summary>
    private async Task GrowAsync(long length, CancellationToken stopping)
    {
        if (length > MllpOptions.LargeMessage && growing.Budget is null)
        {
            growing = await memory.ReserveAsync(options.MaxFrameBytes, stopping);
            began = 0;
        }

        if (began == 0) began = clock.Now;
        clock.ReadBy(clock.After(began, options.FrameTimeout + TimeSpan.FromSeconds((double)length / options.MinimumFrameRate)));
    }

    private async Task<string> RefuseAsync(ReadOnlySequence<byte> bytes, Rejection rejection, bool answer, CancellationToken stopping)
    {
        await answers.PlaceAsync(stopping);
        var head = bytes.Slice(0, Math.Min(bytes.Length, RefusedHead)).ToArray();
        answers.Expect(AnswerRefusalAsync(head, rejection, answer), default);
        MllpLog.Refused(logger, peer.Address, rejection.Code);
        return "refused";
    }

    private async Task<string> RefuseAndLingerAsync(
        ReadOnlySequence<byte> bytes, Rejection rejection, bool answer, SequencePosition end, CancellationToken stopping)
    {
        var reason = await RefuseAsync(bytes, rejection, answer, stopping);
        input.AdvanceTo(end);
        growing.Release();
        growing = default;
        answers.Close();
        await answers.Finished.WaitAsync(stopping);
        clock.ReadBy(clock.After(clock.Now, Linger));
        while (!clock.ReadOverdue && !stopping.IsCancellationRequested)
        {
            var read = await input.ReadAsync(CancellationToken.None);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        return reason;
    }

    private async Task<IntakeAnswer> AnswerRefusalAsync(byte[] head, Rejection rejection, bool answer)
    {
        var refusal = await intake.RefuseAsync(head, rejection, peer, drained.Token);
        return new IntakeAnswer(answer ? refusal : null, NoAnswer);
    }

    private async Task FinishAnswersAsync(CancellationToken stopping)
    {
        try
        {
            await answers.Finished.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            try
            {
                await answers.Finished.WaitAsync(options.DrainTimeout, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                MllpLog.DrainTimedOut(logger, peer.Address);
                answers.Break();
                await drained.CancelAsync();
                context.Abort();
            }
        }
    }

    private void OnHeartbeat()
    {
        if (clock.ReadOverdue) input.CancelPendingRead();
        if (!clock.SendOverdue) return;
        clock.SendDone();
        MllpLog.SenderDoesNotRead(logger, peer.Address);
        answers.Break();
        context.Abort();
    }

    private void OnIntakeFault(Exception fault)
    {
        if (!drained.IsCancellationRequested) MllpLog.IntakeFailed(logger, peer.Address, LoggedFault.Of(fault));
        context.Abort();
    }

    /// <returns>True for MSH, false for anything else, null while too little is here to say.</returns>
    private static bool? StartsLikeMessage(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(3, bytes.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        if (!"MSH"u8.StartsWith(start)) return false;
        return start.Length == 3 ? true : null;
    }

    private static bool StrayIsOver(in ReadOnlySequence<byte> bytes) =>
        StartsLikeMessage(bytes) == false || bytes.Length >= RefusedHead || bytes.PositionOf(MllpFrame.EndBlock) is not null;

    private Rejection TooLarge() => new(
        RejectionCode.FrameTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"No end block (FS CR) within the {options.MaxFrameBytes} bytes that this connection takes"));

    private static Rejection Incomplete(long length) => new(
        RejectionCode.FrameIncomplete,
        string.Create(CultureInfo.InvariantCulture, $"The start block and {length - 1} bytes came, but no end block (FS CR)"));

    private static Rejection NoStartBlock() => new(
        RejectionCode.StartBlockMissing, "An MLLP frame begins with a start block (VT, hexadecimal 0B); other bytes came");
}
