using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EHealthPlus.Adapters.Dimse;

/// <summary>TLS of a DICOM endpoint: version 1.2 or later (PS3.15-2024 annex B.9 and B.10, BCP 195).</summary>
public sealed record DimseTls
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

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
    /// in force may answer yes: its association is then refused, which a handshake cannot tell.
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

    internal HttpsConnectionAdapterOptions ForKestrel() => new()
    {
        ServerCertificate = CurrentCertificate is null ? Certificate : null,
        ServerCertificateSelector = CurrentCertificate is { } current ? (_, _) => current() : null,
        ServerCertificateChain = Intermediates,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateMode = RequireClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = (certificate, chain, errors) =>
            KnowsClient is { } knows ? knows(certificate)
            : ClientAuthorities.Count == 0 ? errors == SslPolicyErrors.None : ComesFrom(ClientAuthorities, certificate, chain, ClientAuthentication),
    };

    /// <summary>Validates a chain to private authorities: dates, signatures and purpose. Revocation is not asked for.</summary>
    /// <param name="presented">The chain as it came, for its intermediate certificates.</param>
    /// <param name="purpose">Extended key usage that the certificate must allow.</param>
    internal static bool ComesFrom(X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain? presented, string purpose)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}
