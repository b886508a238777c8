using EHealthPlus.Adapters.Uploads.Answers;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>What became of one message: its acknowledgements in the order they were given, and what the last one says.</summary>
internal sealed record MessageOutcome(IReadOnlyList<ReadOnlyMemory<byte>> Answers, Acknowledgement? Last);

/// <summary>
/// Offers messages to the intake until each is kept and decided. A sender on a connection would send again by itself what was refused for a
/// passing reason; a file cannot, so here it is offered again, with growing waits and in its place before all later ones of the file.
/// </summary>
internal sealed class MessageOffer(IMessageIntake intake, FeedFaults faults, UploadOptions options, TimeProvider time)
{
    /// <returns>When the message is kept: the task of its outcome. Wait for it before the next message of the file is offered.</returns>
    public async Task<Task<MessageOutcome>> OfferAsync(ReadOnlyMemory<byte> message, Peer peer, Action<string?> held, CancellationToken stopping) =>
        DecidedAsync(await KeptAsync(message, peer, held, stopping), message, peer, held, stopping);

    /// <summary>Has bytes that are no message journaled as refused.</summary>
    public async Task<MessageOutcome> RefuseAsync(ReadOnlyMemory<byte> head, Rejection rejection, Peer peer, Action<string?> held, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await intake.RefuseAsync(head, rejection, peer, stopping);
            var read = answer is { } bytes ? Acknowledgement.Read(bytes.Span) : default(Acknowledgement?);
            if (read is not { } said || !IsPassing(said.Rejection))
            {
                if (attempt > 0) Recovered(peer, held);
                return new(answer is { } given ? [given] : [], read);
            }

            await WaitAsync((RejectionCode)said.Rejection, peer, attempt, held, stopping);
        }
    }

    private async Task<IntakeAnswer> KeptAsync(ReadOnlyMemory<byte> message, Peer peer, Action<string?> held, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await intake.ReceiveAsync(message, peer, stopping);
            if (answer.Unkept is not { } unkept)
            {
                if (attempt > 0) Recovered(peer, held);
                return answer;
            }

            await WaitAsync(unkept.Code, peer, attempt, held, stopping);
        }
    }

    private async Task<MessageOutcome> DecidedAsync(IntakeAnswer answer, ReadOnlyMemory<byte> message, Peer peer, Action<string?> held, CancellationToken stopping)
    {
        List<ReadOnlyMemory<byte>> given = [];
        Acknowledgement? last = null;
        if (answer.Accept is { } accept)
        {
            given.Add(accept);
            last = Acknowledgement.Read(accept.Span);
        }

        for (var attempt = 0; ; attempt++)
        {
            if (await answer.Application.WaitAsync(stopping) is not { } application) return new(given, last);
            var read = Acknowledgement.Read(application.Span);
            if (!IsPassing(read.Rejection))
            {
                given.Add(application);
                if (attempt > 0) Recovered(peer, held);
                return new(given, read);
            }

            // The message is kept: the same bytes again ask for the answer to the first.
            await WaitAsync((RejectionCode)read.Rejection, peer, attempt, held, stopping);
            answer = await KeptAsync(message, peer, held, stopping);
        }
    }

    private async Task WaitAsync(RejectionCode code, Peer peer, int attempt, Action<string?> held, CancellationToken stopping)
    {
        var wait = options.Backoff(attempt);
        held(faults.Raise(peer.SourceId!, "store", code, wait));
        await Task.Delay(wait, time, stopping);
    }

    private void Recovered(Peer peer, Action<string?> held)
    {
        faults.Clear(peer.SourceId!, "store");
        held(null);
    }

    /// <summary>The same bytes may be taken later. An internal fault is no such reason: it may be the message's own answer for good.</summary>
    private static bool IsPassing(int code) => (RejectionCode)code is RejectionCode.BacklogFull or RejectionCode.StoreUnavailable
        or RejectionCode.StorageFull or RejectionCode.ProcessingTimedOut or RejectionCode.ShuttingDown;
}
