using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace EHealthPlus.Adapters.Mllp.Sender;

/// <summary>
/// Sends messages over one connection and gives each its answer. It connects when there is something to send, keeps the connection, and
/// after a break connects again and repeats what has no answer, in order. Answers belong to messages by their order.
/// </summary>
public sealed class MllpSender(MllpSenderOptions options, TimeProvider time) : IAsyncDisposable
{
    private const int FlushAt = 64 * 1024;

    private readonly Channel<Pending> waiting = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly Queue<Pending> unanswered = new();
    private readonly Lock gate = new();
    private readonly CancellationTokenSource disposed = new();
    private Task? running;

    /// <summary>Calls started one after the other are sent in that order.</summary>
    /// <param name="message">Without frame. Kept unchanged until the task completes.</param>
    /// <returns>The answer without frame.</returns>
    /// <exception cref="IOException">No answer after all attempts: whether the receiver took the message is not known.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var pending = new Pending(message);
        lock (gate)
        {
            running ??= Task.Run(RunAsync, CancellationToken.None);
            ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(pending), this);
        }

        await using var cancelled = cancellationToken.UnsafeRegister(
            static (state, token) => ((Pending)state!).Answer.TrySetCanceled(token), pending);
        return await pending.Answer.Task;
    }

    /// <summary>Closes the connection. Messages without an answer end with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await disposed.CancelAsync();
        if (running is not null) await running;
        var gone = new ObjectDisposedException(nameof(MllpSender));
        while (unanswered.TryDequeue(out var pending) || waiting.Reader.TryRead(out pending)) pending.Answer.TrySetException(gone);
    }

    private async Task RunAsync()
    {
        var failures = 0;
        try
        {
            while (true)
            {
                if (unanswered.Count == 0) unanswered.Enqueue(await waiting.Reader.ReadAsync(disposed.Token));
                try
                {
                    await using var connection = await SenderConnection.OpenAsync(options, time, disposed.Token);
                    await TalkAsync(connection, () => failures = 0);
                }
                catch (IOException broke)
                {
                    CountAttempt(broke);
                    await Task.Delay(Pause(failures++), time, disposed.Token);
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException)
        {
            // Disposed: what has no answer is told so there.
        }
    }

    /// <summary>Runs until the connection breaks; returns where the receiver closed it with nothing owed.</summary>
    private async Task TalkAsync(SenderConnection connection, Action onAnswer)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(disposed.Token);
        var place = new SemaphoreSlim(options.Window);
        await using var watch = time.CreateTimer(
            _ => { if (AnswerOverdue()) ended.Cancel(); }, null, options.AnswerTimeout / 4, options.AnswerTimeout / 4);
        var writing = WriteAsync(connection.Output, place, ended.Token);
        var reading = ReadAsync(connection.Input, place, onAnswer, ended.Token);
        await Task.WhenAny(reading, writing);
        await ended.CancelAsync();
        await connection.DisposeAsync();
        var broke = await FaultAsync(reading) ?? await FaultAsync(writing);
        disposed.Token.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (unanswered.Count > 0) throw new IOException($"{options.Host}:{options.Port}: {broke ?? "no answer in time"}");
        }
    }

    private async Task WriteAsync(PipeWriter output, SemaphoreSlim place, CancellationToken ended)
    {
        Pending[] again;
        lock (gate) again = [.. unanswered];
        foreach (var pending in again)
        {
            place.Wait(0, CancellationToken.None);
            pending.SentAt = time.GetTimestamp();
            MllpFrame.Write(output, pending.Message.Span);
        }

        while (true)
        {
            if (!place.Wait(0, CancellationToken.None))
            {
                await output.FlushAsync(ended);
                await place.WaitAsync(ended);
            }

            if (!waiting.Reader.TryRead(out var next))
            {
                await output.FlushAsync(ended);
                next = await waiting.Reader.ReadAsync(ended);
            }

            next.SentAt = time.GetTimestamp();
            lock (gate) unanswered.Enqueue(next);
            MllpFrame.Write(output, next.Message.Span);
            if (output.UnflushedBytes > FlushAt) await output.FlushAsync(ended);
        }
    }

    private async Task ReadAsync(PipeReader input, SemaphoreSlim place, Action onAnswer, CancellationToken ended)
    {
        var scanner = new FrameScanner();
        while (true)
        {
            var read = await input.ReadAsync(ended);
            var buffer = read.Buffer;
            FrameState state;
            while ((state = scanner.Scan(ref buffer, out var frame)) == FrameState.Whole)
            {
                var answer = frame.ToArray();
                onAnswer();
                if (options.ApplicationAnswer is { } application && AcknowledgementCode.IsApplication(answer))
                {
                    application(answer);
                    continue;
                }

                Pending? answered;
                lock (gate) unanswered.TryDequeue(out answered);
                if (answered is null) throw new IOException("an answer came to which there is no message");
                answered.Answer.TrySetResult(answer);
                place.Release();
            }

            if (state == FrameState.Stray) throw new IOException("the answer has no start block");
            if (buffer.Length > options.MaxAnswerBytes) throw new IOException("the answer is too long");
            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) throw new IOException("the receiver closed the connection");
        }
    }

    private bool AnswerOverdue()
    {
        lock (gate) return unanswered.TryPeek(out var oldest) && oldest.SentAt != 0 && time.GetElapsedTime(oldest.SentAt) > options.AnswerTimeout;
    }

    private void CountAttempt(IOException broke)
    {
        // The connection has ended: nobody else looks at the line now.
        for (var count = unanswered.Count; count > 0; count--)
        {
            var pending = unanswered.Dequeue();
            pending.SentAt = 0;
            if (pending.Answer.Task.IsCompleted) continue;
            if (++pending.Attempts >= options.Attempts) pending.Answer.TrySetException(new IOException(broke.Message, broke));
            else unanswered.Enqueue(pending);
        }
    }

    private TimeSpan Pause(int failures)
    {
        var pause = options.FirstPause * Math.Pow(2, Math.Min(failures, 20));
        return pause < options.LongestPause ? pause : options.LongestPause;
    }

    private static async Task<string?> FaultAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (IOException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    private sealed class Pending(ReadOnlyMemory<byte> message)
    {
        public ReadOnlyMemory<byte> Message { get; } = message;

        public TaskCompletionSource<ReadOnlyMemory<byte>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Attempts { get; set; }

        public long SentAt { get; set; }
    }
}
