using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>A registered application entity on an open connection.</summary>
internal sealed record KnownPeer(DicomPeer Entity, Source Source, Peer Connection)
{
    /// <summary>For the log.</summary>
    public string Name => $"{Entity.AeTitle} ({Connection.Address})";
}

/// <summary>
/// Who is it that calls, and may they? Asked when an association opens and again for each operation, so that a suspension or a revoked certificate
/// holds on open associations too. An AE title proves nothing by itself: the certificate of its source's location does.
/// </summary>
internal sealed class PeerCheck(IDicomPeers peers, IRegistry registry, ICertificateCheck certificates)
{
    public Result<KnownPeer> Check(string callingAeTitle, Peer connection)
    {
        if (peers.Find(callingAeTitle) is not { } entity || registry.GetSource(entity.SourceId) is not { } source)
        {
            return new Rejection(RejectionCode.CallingAeTitleUnknown, "The calling AE title is not registered");
        }

        if (!entity.Active || !source.Active || registry.GetServiceLocation(source.ServiceLocationId) is { Active: false } || registry.GetProvider(source.ProviderId) is { Active: false })
        {
            return new Rejection(RejectionCode.DicomPeerSuspended, "The application entity, its source, location or provider is suspended");
        }

        if (source.CertificateThumbprint is { } bound && !bound.Equals(connection.CertificateThumbprint, StringComparison.OrdinalIgnoreCase))
        {
            return new Rejection(RejectionCode.SourceCertificateMismatch, "The connection does not bear the certificate that the source is registered with");
        }

        return certificates.RefusalFor(source.ServiceLocationId, connection.CertificateThumbprint) is { } unproven
            ? unproven
            : new KnownPeer(entity, source, connection);
    }

    /// <summary>The answer to the A-ASSOCIATE-RQ of whom <see cref="Check"/> refused.</summary>
    public static AssociationRefusal RefusalFor(RejectionCode code) => code switch
    {
        RejectionCode.CallingAeTitleUnknown => AssociationRefusal.CallingAeTitleUnknown,
        RejectionCode.CalledAeTitleUnknown => AssociationRefusal.CalledAeTitleUnknown,
        RejectionCode.TooManyAssociations => AssociationRefusal.LocalLimitExceeded,
        _ => AssociationRefusal.NoReason,
    };
}
