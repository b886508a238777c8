using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Monitoring.Audit.Syslog;

/// <summary>Where a security operations centre takes syslog messages.</summary>
/// <param name="Address">udp://HOST:514 (RFC 5426), tcp://HOST:601 (RFC 6587, octet counting) or tls://HOST:6514 (RFC 5425).</param>
/// <param name="Authorities">For tls: who may have issued the collector's certificate; empty for those that the system trusts.</param>
/// <param name="PositionFile">Keeps how far the trail has been sent.</param>
public sealed record SyslogCollector(Uri Address, X509Certificate2Collection Authorities, string PositionFile)
{
    /// <exception cref="FormatException">It is no such address; or authorities are named for one without TLS, or in a file without PEM certificates.</exception>
    public static SyslogCollector Of(string address, string? authoritiesFile, string positionFile)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("udp" or "tcp" or "tls") || uri.Port <= 0)
            throw new FormatException($"Hub__Syslog is '{address}': write udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT");
        X509Certificate2Collection authorities = [];
        if (!string.IsNullOrEmpty(authoritiesFile))
        {
            if (uri.Scheme != "tls") throw new FormatException($"Hub__SyslogAuthorities is of no use with {uri.Scheme}://: write tls:// in Hub__Syslog, or take Hub__SyslogAuthorities away");
            try
            {
                // None would mean those that the system trusts.
                authorities = ListenerTls.LoadAuthorities(authoritiesFile);
            }
            catch (CryptographicException)
            {
                throw new FormatException($"Hub__SyslogAuthorities: {authoritiesFile} holds no PEM certificate that can be read");
            }
        }

        return new(uri, authorities, positionFile);
    }

    internal bool Trusts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (Authorities.Count == 0 || certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return errors == SslPolicyErrors.None;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(presented);
    }
}
