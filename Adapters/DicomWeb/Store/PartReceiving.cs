using System.Buffers;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Store;

/// <summary>Hands the parts of one request to the intake as they come; what is complete waits for its flush together with its neighbours.</summary>
internal sealed class PartReceiving(IInstanceIntake intake, InstanceOffer offer, DicomWebOptions options) : IAsyncDisposable
{
    private const int Buffer = 128 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Buffer);
    private readonly List<StoreOutcome> outcomes = [];
    private readonly Queue<(FileMetaGlance Announced, IInstanceReception Reception, Task<Result<InstanceReceipt>> Completing)> flushing = [];

    public int Count => outcomes.Count + flushing.Count;

    /// <summary>Reads one part to its end, kept or not.</summary>
    public async Task TakeAsync(Stream part, CancellationToken cancellationToken)
    {
        // Filled before the first bytes go on: they name the instance.
        var read = await part.ReadAtLeastAsync(buffer, 1_024, throwOnEndOfStream: false, cancellationToken);
        var announced = FileMetaGlance.Of(buffer.AsSpan(0, read));
        if (read == 0)
        {
            outcomes.Add(new(announced, new Rejection(RejectionCode.DataSetTruncated, "The part is empty")));
            return;
        }

        var begun = await intake.BeginAsync(offer, cancellationToken);
        if (!begun.Accepted)
        {
            outcomes.Add(new(announced, begun.Rejection));
            await PassAsync(part, cancellationToken);
            return;
        }

        var reception = begun.Value;
        var handedOn = false;
        try
        {
            for (; read > 0; read = await part.ReadAsync(buffer, cancellationToken))
            {
                if (await reception.WriteAsync(buffer.AsMemory(0, read), cancellationToken) is not { } fault) continue;
                outcomes.Add(new(announced, fault));
                await PassAsync(part, cancellationToken);
                return;
            }

            if (flushing.Count >= options.FlushedTogether) await SettleAsync();
            // Not cancelled with the request: what has come whole is kept, whether or not somebody hears of it.
            flushing.Enqueue((announced, reception, reception.CompleteAsync(CancellationToken.None)));
            handedOn = true;
        }
        finally
        {
            if (!handedOn) await reception.DisposeAsync();
        }
    }

    /// <summary>All parts have been taken.</summary>
    public async Task<List<StoreOutcome>> EndAsync()
    {
        while (flushing.Count > 0) await SettleAsync();
        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        while (flushing.Count > 0) await SettleAsync();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private async Task SettleAsync()
    {
        var (announced, reception, completing) = flushing.Dequeue();
        await using (reception) outcomes.Add(new(announced, await completing));
    }

    private async Task PassAsync(Stream part, CancellationToken cancellationToken)
    {
        while (await part.ReadAsync(buffer, cancellationToken) > 0)
        {
            // Read over: the next part may be in order.
        }
    }
}
