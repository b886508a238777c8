using System.Buffers;
using System.Text;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Kept documents whose data sets are DICOM JSON already.</summary>
internal sealed class MemoryDocuments : IInstanceStore, IDataSetWriter, IDicomPeers
{
    private readonly Dictionary<string, (KeptInstance Instance, string? Json)> kept = new(StringComparer.Ordinal);

    /// <param name="json">Null for an object that is gone.</param>
    public void Keep(InstanceKey key, string sopClassUid, string? json) => kept[key.SopInstanceUid] = (
        new(key, sopClassUid, "1.2.840.10008.1.2.1", "", json?.Length ?? 0, 0, "lab", "hospital", default, InstanceState.Kept, null), json);

    public IReadOnlyList<DicomPeer> All => [];

    public ValueTask<KeptInstance?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken) =>
        ValueTask.FromResult(kept.TryGetValue(sopInstanceUid, out var found) ? found.Instance : null);

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream?>(kept[instance.Key.SopInstanceUid].Json is { } json ? new MemoryStream(Encoding.UTF8.GetBytes(json)) : null);

    public async ValueTask<Rejection?> WriteJsonAsync(
        Stream dataSet, string transferSyntaxUid, string? characterSet, Func<string, string> bulkDataUri, IBufferWriter<byte> output, Func<ValueTask>? afterPart, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await dataSet.CopyToAsync(whole, cancellationToken);
        output.Write(whole.ToArray());
        return null;
    }

    public DicomPeer? Find(string aeTitle) => null;

    public Task<Result<DicomPeer>> SaveAsync(DicomPeer peer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Result<IInstanceObject>> BeginAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<KeptInstance>> SelectAsync(string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Result<IReadOnlyList<ImagingMatch>>> QueryAsync(ImagingQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public byte[] FileMeta(string sopClassUid, string sopInstanceUid, string transferSyntaxUid) => throw new NotSupportedException();

    public ValueTask<Result<ByteStretch>> LocateAsync(Stream dataSet, string transferSyntaxUid, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Result<IReadOnlyList<FrameLocation>>> FramesAsync(Stream dataSet, string transferSyntaxUid, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Rejection?> TranscodeAsync(Stream dataSet, string fromTransferSyntaxUid, string toTransferSyntaxUid, Stream output, CancellationToken cancellationToken) => throw new NotSupportedException();
}
