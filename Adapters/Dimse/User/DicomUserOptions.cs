using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>Which application entity a <see cref="DicomUser"/> calls, and as which.</summary>
public sealed record DicomUserOptions
{
    public required string Host { get; init; }

    /// <summary>11112 is the registered port of dicom (IANA), 2762 that of dicom-tls.</summary>
    public required int Port { get; init; }

    public required string CallingAeTitle { get; init; }

    public required string CalledAeTitle { get; init; }

    /// <summary>Null for plain TCP.</summary>
    public DicomUserTls? Tls { get; init; }

    /// <summary>Operations sent ahead of their answers, where the other side agrees.</summary>
    public ushort Window { get; init; } = 1;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public LinkLimits Limits { get; init; } = new();
}

/// <summary>TLS of a user: version 1.2 or later.</summary>
public sealed record DicomUserTls
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The client certificate with its private key; null to show none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The authorities that the other side's certificate must come from. Empty: those of the system.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>The name in the other side's certificate, where it is not the host.</summary>
    public string? ServerName { get; init; }

    internal SslClientAuthenticationOptions Negotiation(string host) => new()
    {
        TargetHost = ServerName ?? host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificates = Certificate is { } certificate ? [certificate] : null,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Authorities.Count == 0
            ? errors == SslPolicyErrors.None
            : certificate is X509Certificate2 shown
                && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                && DimseTls.ComesFrom(Authorities, shown, chain, ServerAuthentication),
    };
}
