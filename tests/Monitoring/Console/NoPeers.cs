using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Knows no application entity, and takes none.</summary>
internal sealed class NoPeers : IDicomPeers
{
    public IReadOnlyList<DicomPeer> All => [];

    public DicomPeer? Find(string aeTitle) => null;

    public Task<Result<DicomPeer>> SaveAsync(DicomPeer peer, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing that was refused is saved.");
}
