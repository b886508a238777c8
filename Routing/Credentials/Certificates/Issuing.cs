using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EHealthPlus.Routing.Credentials.Certificates;

/// <summary>Makes certificates (RFC 5280): the authority itself, the hub's own for its ports, and those of service locations.</summary>
internal static class Issuing
{
    /// <summary>A location's clock may be behind ours by this much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <summary>ECDSA on P-256, twenty years: it is trusted by hand at each location, and changing it is a day's work at each.</summary>
    public static X509Certificate2 Authority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("eHealth+ hub");
        name.AddCommonName($"Authority of {now.UtcDateTime:yyyy-MM-dd}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - Skew, now.AddYears(20));
    }

    /// <summary>The hub's certificate for its ports, and for the connections that it opens itself.</summary>
    /// <param name="names">DNS names and addresses that it is reached by.</param>
    public static X509Certificate2 ForServer(X509Certificate2 authority, IReadOnlyList<string> names, DateTimeOffset now, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var each in names)
        {
            if (IPAddress.TryParse(each, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(each);
        }

        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("eHealth+ hub");
        name.AddCommonName("Hub");
        using var issued = Issue(authority, name, new PublicKey(key), [ServerAuthentication, ClientAuthentication], alternatives, now, until);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A service location's certificate, for a key that only the location holds.</summary>
    public static X509Certificate2 ForLocation(
        X509Certificate2 authority, string providerId, string serviceLocationId, PublicKey key, DateTimeOffset now, DateTimeOffset until)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(providerId);
        name.AddCommonName(serviceLocationId);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddUri(new Uri($"urn:ehealthplus:service-location:{serviceLocationId}"));
        return Issue(authority, name, key, [ClientAuthentication], alternatives, now, until);
    }

    /// <summary>A certificate of the hub's from before it opened connections is for its ports alone.</summary>
    public static bool IsForClientToo(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(purpose => purpose.Value == ClientAuthentication.Value));

    private static X509Certificate2 Issue(
        X509Certificate2 authority, X500DistinguishedNameBuilder name, PublicKey key, OidCollection purposes, SubjectAlternativeNameBuilder alternatives,
        DateTimeOffset now, DateTimeOffset until)
    {
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(alternatives.Build());
        using var signer = authority.GetECDsaPrivateKey()!;
        var latest = until < authority.NotAfter ? until : authority.NotAfter;
        return request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), now - Skew, latest, NewSerialNumber());
    }

    /// <summary>126 random bits: never negative, never empty (RFC 5280 section 4.1.2.2).</summary>
    private static byte[] NewSerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
