using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>
/// Where the frames of compressed objects stand. To find them each fragment's header is read, which opens as many chunks of a sealed object: done once, and
/// remembered for those that were asked for last. For all threads.
/// </summary>
internal sealed class FrameLocations(IDataSetWriter writer)
{
    // In units of 16 bytes: 16 megabytes at most.
    private const int MostWeight = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Result<IReadOnlyList<FrameLocation>>> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private int weight;

    /// <param name="dataSet">Of that instance, as it is kept.</param>
    /// <returns>First frame first; the rejections of <see cref="IDataSetWriter.FramesAsync"/>.</returns>
    public async ValueTask<Result<IReadOnlyList<FrameLocation>>> OfAsync(KeptInstance instance, Stream dataSet, CancellationToken cancellationToken)
    {
        // The frames of uncompressed pixels are reckoned, not sought.
        if (TransferSyntax.IsUncompressed(instance.TransferSyntaxUid)) return await writer.FramesAsync(dataSet, instance.TransferSyntaxUid, cancellationToken);
        // The same bytes in two transfer syntaxes are read in two ways.
        var key = $"{instance.Sha256} {instance.TransferSyntaxUid}";
        lock (gate)
        {
            if (known.TryGetValue(key, out var before)) return before;
        }

        var located = await writer.FramesAsync(dataSet, instance.TransferSyntaxUid, cancellationToken);
        if (located.Accepted) Keep(key, located);
        return located;
    }

    private void Keep(string key, Result<IReadOnlyList<FrameLocation>> located)
    {
        var its = WeightOf(located.Value);
        if (its > MostWeight) return;
        lock (gate)
        {
            if (!known.TryAdd(key, located)) return;
            order.Enqueue(key);
            weight += its;
            while (weight > MostWeight && known.Remove(order.Dequeue(), out var oldest)) weight -= WeightOf(oldest.Value);
        }
    }

    // A fragment is one; its frame has six for itself, and an instance, with its key, some 25.
    private static int WeightOf(IReadOnlyList<FrameLocation> frames) => 25 + frames.Sum(frame => 6 + frame.Parts.Count);
}
