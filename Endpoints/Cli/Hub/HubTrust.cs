using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>How a connection to a hub behind TLS is trusted, and what it shows of itself.</summary>
/// <param name="Authorities">Empty: those of the system.</param>
/// <param name="Certificate">Client certificate with its key; null to show none.</param>
public sealed record HubTrust(X509Certificate2Collection Authorities, X509Certificate2? Certificate)
{
    public static readonly Option<string?> Authority = new("--authority")
    {
        Description = "PEM file with the authority of a hub behind TLS; authority/authority.pem of the data directory where it is there",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EHP_AUTHORITY"),
        Recursive = true,
    };

    public static readonly Option<string?> ClientCertificate = new("--certificate")
    {
        Description = "PEM file with the client certificate of the service location; its key is in the file beside it that ends in .key",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EHP_CERTIFICATE"),
        Recursive = true,
    };

    /// <exception cref="CryptographicException">A file does not hold what it should.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static HubTrust Of(ParseResult parsed)
    {
        var trust = Said(parsed, Authority) is { } named ? new(ListenerTls.LoadAuthorities(named), null) : OfDataDirectory(parsed.GetValue(HubOptions.Data)!);
        return Said(parsed, ClientCertificate) is { } file ? trust with { Certificate = X509Certificate2.CreateFromPemFile(file, Path.ChangeExtension(file, ".key")) } : trust;
    }

    /// <summary>Trusts the hub whose data directory this is; whatever the system trusts where it has no authority.</summary>
    /// <exception cref="CryptographicException">The file of its authority holds none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static HubTrust OfDataDirectory(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "authority", "authority.pem");
        return new(File.Exists(path) ? ListenerTls.LoadAuthorities(path) : [], null);
    }

    /// <summary>TLS of a connection to an MLLP or DICOM port; null where neither --authority nor --certificate was said. Throws as <see cref="Of"/>.</summary>
    public static CallerTls? ForCaller(ParseResult parsed) =>
        Said(parsed, Authority) is null && Said(parsed, ClientCertificate) is null
            ? null
            : Of(parsed) is var trust ? new() { Authorities = trust.Authorities, Certificate = trust.Certificate } : null;

    // A variable that a script left empty says nothing.
    private static string? Said(ParseResult parsed, Option<string?> file) => parsed.GetValue(file) is { Length: > 0 } path ? path : null;

    public SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler();
        if (Authorities.Count > 0)
        {
            handler.SslOptions.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities);
        }

        if (Certificate is { } certificate) handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return handler;
    }
}
