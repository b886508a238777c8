using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Intake;

/// <summary>May this peer send images for that source now? Asked for each instance: a suspension or revocation holds on open associations too.</summary>
internal sealed class SenderCheck(IRegistry registry, ICertificateCheck certificates)
{
    public Result<Source> Check(string sourceId, Peer peer)
    {
        if (registry.GetSource(sourceId) is not { } source) return new Rejection(RejectionCode.SourceUnknown, "No source is registered for this sender of images");
        if (peer.SourceId is { } channel && !string.Equals(channel, source.Id, StringComparison.Ordinal))
            return new Rejection(RejectionCode.SourceNotOfChannel, $"The images are said to come from another source than {channel}, whose token this is");

        if (peer.SourceId is null && source.CertificateThumbprint is { } thumbprint && !thumbprint.Equals(peer.CertificateThumbprint, StringComparison.OrdinalIgnoreCase))
            return new Rejection(RejectionCode.SourceCertificateMismatch, $"The connection does not bear the certificate of source {source.Id}");

        if (peer.SourceId is null && certificates.RefusalFor(source.ServiceLocationId, peer.CertificateThumbprint) is { } unproven) return unproven;
        var active = source.Active && registry.GetProvider(source.ProviderId) is not { Active: false } && registry.GetServiceLocation(source.ServiceLocationId) is not { Active: false };
        return active ? source : new Rejection(RejectionCode.SourceSuspended, $"Source {source.Id} is suspended");
    }
}
