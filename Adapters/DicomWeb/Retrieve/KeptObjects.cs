using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>The objects that a request names, once the record has decided on them.</summary>
internal sealed class KeptObjects(IImagingRecord record, IDicomPeers peers, IDataSetWriter writer, DicomWebOptions options)
{
    private readonly SemaphoreSlim turning = new(1);
    private readonly FrameLocations frames = new(writer);

    public async ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var selected = await record.SelectAsync(request.Principal, request.Use, request.Study!, request.Series, request.Instance, cancellationToken);
        return selected.Accepted && selected.Value.Count == 0 ? new Rejection(RejectionCode.ResourceNotFound, "No such study, series or instance") : selected;
    }

    /// <summary>The one instance that the address names.</summary>
    public async ValueTask<Result<KeptInstance>> OneAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var selected = await SelectAsync(request, cancellationToken);
        return selected.Accepted ? selected.Value[0] : selected.Rejection;
    }

    /// <exception cref="FileNotFoundException">The index knows the object, and it is gone.</exception>
    public async ValueTask<Stream> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) =>
        await record.OpenAsync(instance, cancellationToken) ?? throw new FileNotFoundException();

    /// <summary>
    /// An object to cut values and frames out of. They are given in little endian byte order (PS3.18-2024 8.7.3.3.1), and what is deflated has no place to
    /// cut at: such an object is turned into explicit little endian in memory first, one at a time.
    /// </summary>
    /// <returns>Rejection PixelsNotLocatable where it is too large for that; that of the codec where it is damaged.</returns>
    /// <exception cref="FileNotFoundException">See <see cref="OpenAsync"/>.</exception>
    public async ValueTask<Result<CutObject>> OpenToCutAsync(KeptInstance instance, CancellationToken cancellationToken)
    {
        if (!TransferSyntax.IsTurned(instance.TransferSyntaxUid)) return new CutObject(await OpenAsync(instance, cancellationToken), instance.TransferSyntaxUid, null);
        if (instance.Length > options.MaxTurnedBytes) return TurnedBytes.TooLong;
        await turning.WaitAsync(cancellationToken);
        var turned = new CutObject(new TurnedBytes((int)instance.Length, options.MaxTurnedBytes), TransferSyntax.ExplicitLittleEndian, turning);
        var kept = false;
        try
        {
            await using var dataSet = await OpenAsync(instance, cancellationToken);
            if (await writer.TranscodeAsync(dataSet, instance.TransferSyntaxUid, turned.TransferSyntaxUid, turned.DataSet, cancellationToken) is { } fault) return fault;
            turned.DataSet.Position = 0;
            kept = true;
            return turned;
        }
        finally
        {
            if (!kept) await turned.DisposeAsync();
        }
    }

    /// <summary>Where the frames of an object stand, first frame first.</summary>
    /// <param name="cut">Of <see cref="OpenToCutAsync"/>.</param>
    public ValueTask<Result<IReadOnlyList<FrameLocation>>> FramesAsync(KeptInstance instance, CutObject cut, CancellationToken cancellationToken) =>
        cut.TransferSyntaxUid == instance.TransferSyntaxUid
            ? frames.OfAsync(instance, cut.DataSet, cancellationToken)
            : writer.FramesAsync(cut.DataSet, cut.TransferSyntaxUid, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => record.FileMetaAsync(instance, cancellationToken);

    /// <summary>What the data sets of its sender are read in, where they say nothing or the wrong thing.</summary>
    public string? CharacterSetOf(KeptInstance instance) => peers.All.FirstOrDefault(peer => peer.SourceId == instance.SourceId && peer.CharacterSet is not null)?.CharacterSet;
}
