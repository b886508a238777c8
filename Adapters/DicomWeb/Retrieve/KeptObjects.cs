using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>The objects that a request names, once the record has decided on them.</summary>
internal sealed class KeptObjects(IImagingRecord record, IDicomPeers peers)
{
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

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => record.FileMetaAsync(instance, cancellationToken);

    /// <summary>What the data sets of its sender are read in, where they say nothing or the wrong thing.</summary>
    public string? CharacterSetOf(KeptInstance instance) => peers.All.FirstOrDefault(peer => peer.SourceId == instance.SourceId && peer.CharacterSet is not null)?.CharacterSet;
}
