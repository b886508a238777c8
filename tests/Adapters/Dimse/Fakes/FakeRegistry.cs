using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Dimse.Fakes;

/// <summary>Two imaging centres: TESTSCU sends and reads, READER reads only, SENDER sends only; OTHERPACS is of another provider.</summary>
public sealed class FakeRegistry : IDicomPeers, IRegistry, ICertificateCheck
{
    private readonly ConcurrentDictionary<string, DicomPeer> peers = new(StringComparer.Ordinal);

    public FakeRegistry()
    {
        foreach (var peer in (DicomPeer[])
        [
            new("TESTSCU", "imaging", MayQuery: true), new("SENDER", "imaging"), new("READER", "imaging", MayStore: false, MayQuery: true),
            new("SLEEPING", "imaging", Active: false), new("OTHERPACS", "other", MayQuery: true), new("STORESCU", "imaging"), new("ECHOSCU", "imaging"),
        ])
        {
            peers[peer.AeTitle] = peer;
        }
    }

    /// <summary>Set to refuse certificates.</summary>
    public RejectionCode? CertificateRefusal { get; set; }

    public string? LastThumbprint { get; private set; }

    public IReadOnlyList<DicomPeer> All => [.. peers.Values];

    public IReadOnlyList<Provider> Providers { get; } =
    [
        new("imaging-centre", "Synthetic Imaging", "合成影像中心", ProviderKind.RadiologyCentre), new("other-centre", "Another", "另一中心", ProviderKind.RadiologyCentre),
    ];

    public IReadOnlyList<ServiceLocation> ServiceLocations { get; } =
        [new("imaging-main", "imaging-centre", "Main", "總店"), new("other-main", "other-centre", "Main", "總店")];

    public IReadOnlyList<Source> Sources { get; } =
        [new("imaging", "imaging-centre", "imaging-main", "PACS", "IMG"), new("other", "other-centre", "other-main", "PACS", "OTH")];

    public DicomPeer? Find(string aeTitle) => peers.GetValueOrDefault(aeTitle);

    public Task<Result<DicomPeer>> SaveAsync(DicomPeer peer, CancellationToken cancellationToken)
    {
        peers[peer.AeTitle] = peer;
        return Task.FromResult<Result<DicomPeer>>(peer);
    }

    public Source? FindSource(string sendingApplication, string sendingFacility) => null;

    public Source? GetSource(string id) => Sources.FirstOrDefault(source => source.Id == id);

    public Provider? GetProvider(string id) => Providers.FirstOrDefault(provider => provider.Id == id);

    public ServiceLocation? GetServiceLocation(string id) => ServiceLocations.FirstOrDefault(location => location.Id == id);

    public Task SaveAsync(Provider provider, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(Source source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Rejection? RefusalFor(string serviceLocationId, string? thumbprint)
    {
        LastThumbprint = thumbprint;
        return CertificateRefusal is { } code ? new(code, "as the test says") : null;
    }

    public Result<string> LocationOf(string thumbprint) => throw new NotSupportedException();
}
