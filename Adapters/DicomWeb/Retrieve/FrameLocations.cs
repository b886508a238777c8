using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>
/// Where the frames of compressed objects stand. To find them each fragment's header is read, which opens as many chunks of a sealed object: done once, and
/// remembered for those that were asked for last. For all threads.
/// </summary>
internal sealed class FrameLocations(IDataSetWriter writer)
{
    // Some 80 bytes each: ten megabytes at most.
    private const int MostFrames = 128 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Result<IReadOnlyList<FrameLocation>>> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private int frames;

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
        if (located.Value.Count > MostFrames) return;
        lock (gate)
        {
            if (!known.TryAdd(key, located)) return;
            order.Enqueue(key);
            frames += located.Value.Count;
            while (frames > MostFrames && known.Remove(order.Dequeue(), out var oldest)) frames -= oldest.Value.Count;
        }
    }
}
