using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Credentials.Certificates;

/// <summary>The hub's own authority: an ECDSA P-256 key in the data directory, made at the first need.</summary>
internal sealed class CertificateAuthority(AuthorityFiles files, ILocationCertificates certificates, IRegistry registry, TimeProvider time) : ICertificateAuthority
{
    private static readonly TimeSpan LocationLifetime = TimeSpan.FromDays(365);

    /// <summary>Whoever fetches the revocation list fetches it again within this time.</summary>
    private static readonly TimeSpan ListLifetime = TimeSpan.FromHours(24);

    private readonly Lock making = new();
    private X509Certificate2? authority;

    public string Pem => Authority.ExportCertificatePem();

    /// <summary>With its key.</summary>
    /// <exception cref="InvalidDataException">The files in the data directory are not a certificate and its key.</exception>
    internal X509Certificate2 Authority
    {
        get
        {
            lock (making)
            {
                if (authority is not null) return authority;
                if (files.Load("authority") is { } kept) return authority = kept;
                authority = Issuing.Authority(time.GetUtcNow());
                files.Save("authority", authority);
                return authority;
            }
        }
    }

    public async Task<Result<IssuedCertificate>> IssueAsync(string serviceLocationId, string requestPem, TimeSpan? replacing, CancellationToken cancellationToken)
    {
        if (registry.GetServiceLocation(serviceLocationId) is not { Active: true } location || registry.GetProvider(location.ProviderId) is not { Active: true })
        {
            return new Rejection(RejectionCode.ResourceNotFound, "No active service location of an active provider has that id");
        }

        var key = KeyOf(requestPem);
        if (!key.Accepted) return key.Rejection;
        var now = time.GetUtcNow();
        using var issued = Issuing.ForLocation(Authority, location.ProviderId, location.Id, key.Value, now, now + LocationLifetime);
        var certificate = new LocationCertificate(
            issued.GetCertHashString(HashAlgorithmName.SHA256), issued.SerialNumber, location.Id, issued.NotBefore.ToUniversalTime(), issued.NotAfter.ToUniversalTime(), now);
        // The new one first: should the hub stop in between, the location has two certificates and not none.
        await certificates.SaveAsync(certificate, cancellationToken);
        if (replacing is { } overlap) await EndOlderAsync(certificate, now + overlap, cancellationToken);
        return new IssuedCertificate(certificate, issued.ExportCertificatePem(), Pem);
    }

    public async Task<Result<LocationCertificate>> RevokeAsync(string thumbprint, string reason, CancellationToken cancellationToken)
    {
        if (certificates.Find(thumbprint) is not { } certificate) return new Rejection(RejectionCode.ResourceNotFound, "No certificate has that thumbprint");
        var now = time.GetUtcNow();
        if (certificate.RevokedBy(now)) return certificate;
        var revoked = certificate with { RevokedAt = now, RevocationReason = reason };
        await certificates.SaveAsync(revoked, cancellationToken);
        return revoked;
    }

    public byte[] RevocationList()
    {
        var now = time.GetUtcNow();
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in certificates.All.Where(certificate => certificate.RevokedBy(now)))
        {
            list.AddEntry(Convert.FromHexString(certificate.SerialNumber), certificate.RevokedAt, X509RevocationReason.Unspecified);
        }

        return list.Build(Authority, now.ToUnixTimeMilliseconds(), now + ListLifetime, HashAlgorithmName.SHA256, rsaSignaturePadding: null, thisUpdate: now);
    }

    private async Task EndOlderAsync(LocationCertificate newest, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var older in certificates.OfLocation(newest.ServiceLocationId))
        {
            if (older.Thumbprint == newest.Thumbprint || older.RevokedBy(at)) continue;
            await certificates.SaveAsync(older with { RevokedAt = at, RevocationReason = $"replaced by {newest.Thumbprint[..16]}" }, cancellationToken);
        }
    }

    private static Result<PublicKey> KeyOf(string requestPem)
    {
        try
        {
            // Loading checks the signature: whoever asks holds the key. Names and extensions of the request count for nothing.
            var key = CertificateRequest.LoadSigningRequestPem(requestPem, HashAlgorithmName.SHA256).PublicKey;
            using var elliptic = key.GetECDsaPublicKey();
            using var rsa = key.GetRSAPublicKey();
            return elliptic is { KeySize: 256 or 384 } || rsa is { KeySize: >= 2048 and <= 8192 }
                ? key
                : new Rejection(RejectionCode.BodyInvalid, "The key of the request is neither ECDSA P-256 or P-384 nor RSA from 2048 bits");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return new Rejection(RejectionCode.BodyInvalid, "The request is not a PKCS #10 request in PEM, signed with its own key");
        }
    }
}
