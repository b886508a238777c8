using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EHealthPlus.Routing.Contracts.Tls;

/// <summary>TLS of a connection that we open: version 1.2 or later.</summary>
public sealed record CallerTls
{
    /// <summary>The client certificate with its private key; null to show none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The authorities that the other side's certificate must come from. Empty: those of the system.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>The name in the other side's certificate, where it is not the host.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// Where the other side is known by its certificate itself, in place of <see cref="Authorities"/> and the name: is this it? Its key is proven by the
    /// handshake; what the certificate says of its purpose and its host counts for nothing.
    /// </summary>
    public Func<X509Certificate2, bool>? Knows { get; init; }

    public SslClientAuthenticationOptions Negotiation(string host) => new()
    {
        TargetHost = ServerName ?? host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificates = Certificate is { } certificate ? [certificate] : null,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            Knows is not null ? certificate is X509Certificate2 known && Knows(known)
            : Authorities.Count == 0 ? errors == SslPolicyErrors.None
            : certificate is X509Certificate2 shown
                && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                && PrivateChain.ComesFrom(Authorities, shown, chain, PrivateChain.ServerAuthentication),
    };
}
