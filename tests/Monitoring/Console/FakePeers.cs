using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Application entities as a test says; none where it does not. Takes none.</summary>
public sealed class FakePeers : IDicomPeers
{
    public IReadOnlyList<DicomPeer> All { get; set; } = [];

    public DicomPeer? Find(string aeTitle) => All.FirstOrDefault(peer => peer.AeTitle == aeTitle);

    public Task<Result<DicomPeer>> SaveAsync(DicomPeer peer, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing that was refused is saved.");
}
