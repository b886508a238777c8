using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Routing.Credentials.Certificates;

/// <summary>
/// The hub calls a source's system back under the rules by which that system calls the hub: with the hub's own certificate, and to a certificate that is
/// bound to the source, issued to its location, or of the authorities of the port.
/// </summary>
/// <param name="own">Of the port; null where it is plain.</param>
public sealed class SourceTls(ListenerTls? own, ICertificateCheck certificates) : ISourceTls
{
    public CallerTls? ForCallTo(Source source) => own is null ? null : new()
    {
        Certificate = own.CurrentCertificate?.Invoke() ?? own.Certificate,
        Authorities = own.ClientAuthorities,
        Knows = own.KnowsClient is not null || source.CertificateThumbprint is not null ? shown => IsOf(source, shown) : null,
    };

    private bool IsOf(Source source, X509Certificate2 shown)
    {
        var thumbprint = shown.GetCertHashString(HashAlgorithmName.SHA256);
        if (source.CertificateThumbprint is { } bound && !bound.Equals(thumbprint, StringComparison.OrdinalIgnoreCase)) return false;
        // Without one of the hub's own authority the location is not known at all: a check that lets it in for that would let in anybody.
        return own!.KnowsClient is null || (certificates.LocationOf(thumbprint) is { Accepted: true } location && location.Value == source.ServiceLocationId);
    }
}
