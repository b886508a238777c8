using System.IO.Pipelines;
using System.Threading.Channels;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>
/// Sends the answers of one connection. The first answer to each message leaves in the order of the messages; an application answer
/// that comes after an accept acknowledgement (HL7 v2.8.2 2.9.3) leaves when it is ready and holds up nobody.
/// </summary>
internal sealed class AnswerLine
{
    private readonly PipeWriter output;
    private readonly ConnectionClock clock;
    private readonly TimeSpan sendTimeout;
    private readonly Action<Exception> onFault;
    private readonly Channel<Expected> line = Channel.CreateUnbounded<Expected>(new() { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim places;
    private readonly SemaphoreSlim writing = new(1);
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open = 1;
    private long lastLeft;
    private volatile bool broken;

    /// <param name="onFault">Told when the intake failed instead of answering.</param>
    public AnswerLine(PipeWriter output, ConnectionClock clock, MllpOptions options, Action<Exception> onFault)
    {
        this.output = output;
        this.clock = clock;
        this.onFault = onFault;
        sendTimeout = options.SendTimeout;
        lastLeft = clock.Now;
        places = new SemaphoreSlim(options.MaxInFlight);
        _ = SendInOrderAsync();
    }

    /// <summary>Completes when every answer is sent, or can no longer be, and the line was closed.</summary>
    public Task Finished => finished.Task;

    /// <summary>True where no answer is due and none left within this time.</summary>
    public bool QuietFor(TimeSpan span) => Volatile.Read(ref open) == 1 && clock.Now >= clock.After(Volatile.Read(ref lastLeft), span);

    /// <summary>Waits for a place among the messages in flight. <see cref="Expect"/> takes it.</summary>
    public Task PlaceAsync(CancellationToken cancellationToken) => places.WaitAsync(cancellationToken);

    /// <param name="memory">Given back with the first answer.</param>
    public void Expect(Task<IntakeAnswer> answer, Reservation memory)
    {
        Interlocked.Increment(ref open);
        line.Writer.TryWrite(new Expected(answer, memory));
    }

    /// <summary>No more messages come.</summary>
    public void Close() => line.Writer.TryComplete();

    /// <summary>From now on answers are dropped: nobody can read them.</summary>
    public void Break() => broken = true;

    private async Task SendInOrderAsync()
    {
        var unsent = 0;
        while (await line.Reader.WaitToReadAsync())
        {
            while (line.Reader.TryRead(out var next))
            {
                // Answers that are ready together leave in one packet.
                if (unsent > 0 && !next.Ready)
                {
                    await FlushAsync();
                    places.Release(unsent);
                    unsent = 0;
                }

                await SendFirstAsync(next);
                unsent++;
            }

            await FlushAsync();
            places.Release(unsent);
            unsent = 0;
        }

        Leave();
    }

    private async Task SendFirstAsync(Expected message)
    {
        try
        {
            var answer = await message.Answer;
            if (answer.Accept is { } accept)
            {
                await WriteAsync(accept);
                if (!answer.Application.IsCompleted)
                {
                    // The message is in the journal: what waits for its application answer holds no memory of it.
                    message.Memory.Release();
                    _ = SendApplicationAnswerAsync(answer.Application);
                    return;
                }
            }

            if (await answer.Application is { } application) await WriteAsync(application);
        }
        catch (Exception fault)
        {
            Fail(fault);
        }

        message.Memory.Release();
        Leave();
    }

    private async Task SendApplicationAnswerAsync(Task<ReadOnlyMemory<byte>?> application)
    {
        ReadOnlyMemory<byte>? answer = null;
        try
        {
            answer = await application;
        }
        catch (Exception fault)
        {
            Fail(fault);
        }

        if (answer is { } bytes)
        {
            await WriteAsync(bytes);
            await FlushAsync();
        }

        Leave();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> answer)
    {
        await writing.WaitAsync();
        try
        {
            if (!broken) MllpFrame.Write(output, answer.Span);
        }
        catch (InvalidOperationException)
        {
            // The transport ended the pipe under us: the sender is gone.
            broken = true;
        }
        finally
        {
            writing.Release();
        }
    }

    private async ValueTask FlushAsync()
    {
        await writing.WaitAsync();
        try
        {
            if (broken) return;
            var flush = output.FlushAsync();
            if (!flush.IsCompleted) clock.SendWithin(sendTimeout);
            if ((await flush).IsCompleted) broken = true;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidOperationException)
        {
            broken = true;
        }
        finally
        {
            clock.SendDone();
            writing.Release();
        }
    }

    private void Fail(Exception fault)
    {
        // A message without an answer must not let a later answer take its place.
        broken = true;
        onFault(fault);
    }

    private void Leave()
    {
        Volatile.Write(ref lastLeft, clock.Now);
        if (Interlocked.Decrement(ref open) == 0) finished.TrySetResult();
    }

    private readonly record struct Expected(Task<IntakeAnswer> Answer, Reservation Memory)
    {
        public bool Ready =>
            Answer.IsCompletedSuccessfully && (Answer.Result.Accept is not null || Answer.Result.Application.IsCompleted);
    }
}
