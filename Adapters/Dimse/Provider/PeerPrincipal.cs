using System.Net;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>
/// Who an application entity is to the access policy when it reads: a machine of its provider at its source's location. No person stands behind a
/// DIMSE association, so it reads as the profession that handles images and little else, the radiographer, whose row asks for a care relation;
/// that a machine asks (unattended) asks for one too. Sharing consent is asked for as for everybody (decision 0025).
/// </summary>
internal static class PeerPrincipal
{
    public static AccessPrincipal Of(KnownPeer peer) => new(
        peer.Entity.AeTitle, Role.Clinician, peer.Source.ProviderId, null, peer.Source.Id,
        new AuditOrigin(AddressOf(peer.Connection.Address), peer.Source.Id, peer.Connection.CertificateThumbprint),
        Profession: Profession.Radiographer, Purpose: PurposeOfUse.Treatment, ServiceLocationId: peer.Source.ServiceLocationId, Unattended: true);

    private static string AddressOf(string endPoint) => IPEndPoint.TryParse(endPoint, out var parsed) ? parsed.Address.ToString() : endPoint;
}
