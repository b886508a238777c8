using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>A certificate as its location needs it.</summary>
/// <param name="Pem">The certificate, PEM (RFC 7468).</param>
/// <param name="AuthorityPem">The authority that issued it and the hub's own certificate, PEM.</param>
public sealed record IssuedCertificate(LocationCertificate Certificate, string Pem, string AuthorityPem);

/// <summary>The hub's own certificate authority.</summary>
public interface ICertificateAuthority
{
    /// <summary>Its certificate, PEM: what a location trusts in order to know the hub.</summary>
    string Pem { get; }

    /// <summary>Issues a client certificate for a service location. The private key stays where the request was made.</summary>
    /// <param name="requestPem">PKCS #10 request (RFC 2986), PEM, signed with the key to be certified: ECDSA P-256 or P-384, or RSA from 2048 bits.</param>
    /// <param name="replacing">How long the location's older certificates still hold; null leaves them alone.</param>
    /// <returns>Rejection BodyInvalid where the request cannot be used, ResourceNotFound where no such location is active.</returns>
    Task<Result<IssuedCertificate>> IssueAsync(string serviceLocationId, string requestPem, TimeSpan? replacing, CancellationToken cancellationToken);

    /// <summary>Refuses a certificate from now on, also on connections that are open.</summary>
    /// <returns>The certificate as revoked; rejection ResourceNotFound. One that is revoked already keeps its earlier time.</returns>
    Task<Result<LocationCertificate>> RevokeAsync(string thumbprint, string reason, CancellationToken cancellationToken);

    /// <summary>The revocation list (RFC 5280 section 5), DER, for equipment in front of the hub that asks for one.</summary>
    byte[] RevocationList();
}
