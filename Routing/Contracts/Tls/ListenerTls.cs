using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EHealthPlus.Routing.Contracts.Tls;

/// <summary>TLS of an endpoint that systems connect to, MLLP or DICOM (PS3.15-2024 annex B.9 and B.10, BCP 195): version 1.2 or later.</summary>
public sealed record ListenerTls
{
    /// <summary>The hub's certificate with its private key; see <see cref="LoadCertificate"/>.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Asked for the certificate at each handshake, where it is renewed while the hub runs; null for <see cref="Certificate"/> throughout.</summary>
    public Func<X509Certificate2>? CurrentCertificate { get; init; }

    /// <summary>Certificates between the hub's own and its root, sent along.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>False lets senders without a certificate in; one that is shown is checked all the same.</summary>
    public bool RequireClientCertificate { get; init; } = true;

    /// <summary>The authorities that client certificates must come from; see <see cref="LoadAuthorities"/>. Empty: those of the system.</summary>
    public X509Certificate2Collection ClientAuthorities { get; init; } = [];

    /// <summary>
    /// Where the hub knows each certificate by itself, in place of <see cref="ClientAuthorities"/>: is this one of them? One that is no longer
    /// in force may answer yes: what it sends is then refused with the reason, which a handshake cannot tell.
    /// </summary>
    public Func<X509Certificate2, bool>? KnowsClient { get; init; }

    /// <summary>Reads a PFX file, or a PEM file with its key in the same or another PEM file.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate with its key, or the password is wrong.</exception>
    public static X509Certificate2 LoadCertificate(string path, string? keyPath = null, string? password = null) =>
        Path.GetExtension(path).Equals(".pfx", StringComparison.OrdinalIgnoreCase) || Path.GetExtension(path).Equals(".p12", StringComparison.OrdinalIgnoreCase)
            ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
            : password is null
                ? X509Certificate2.CreateFromPemFile(path, keyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);

    /// <summary>Reads a PEM file of one or more authority certificates.</summary>
    /// <exception cref="CryptographicException">There is none in it.</exception>
    public static X509Certificate2Collection LoadAuthorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities.Count > 0 ? authorities : throw new CryptographicException($"No certificate in {path}");
    }

    /// <summary>Whether the certificate that a client showed lets it in.</summary>
    /// <param name="chain">As it came, for its intermediate certificates.</param>
    /// <param name="errors">What the system found against it.</param>
    public bool Admits(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors) =>
        KnowsClient is { } knows ? knows(certificate)
        : ClientAuthorities.Count == 0 ? errors == SslPolicyErrors.None : PrivateChain.ComesFrom(ClientAuthorities, certificate, chain, PrivateChain.ClientAuthentication);
}
