using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Endpoints.Hub.Settings;
using EHealthPlus.Endpoints.Hub.Start;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Tls;
using EHealthPlus.Routing.Credentials.Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EHealthPlus.Endpoints.Hub.Tls;

/// <summary>TLS of the hub's ports as the settings switch it on: with certificates of their own, or with those of the hub's authority.</summary>
internal sealed partial class HubTls(ServerCertificate server, ILocationCertificates locations, ILogger<HubTls> logger)
{
    /// <summary>For a port that systems connect to.</summary>
    /// <param name="setting">Name of the setting, for a fault.</param>
    /// <returns>Null where the port is plain.</returns>
    /// <exception cref="InvalidDataException">A file does not hold what it should.</exception>
    public ListenerTls? ForListener(string setting, TlsSettings settings)
    {
        if (!settings.On) return null;
        var own = string.IsNullOrEmpty(settings.Certificate);
        return Reading(setting, () =>
        {
            var tls = new ListenerTls
            {
                Certificate = own ? server.Current : Load(settings),
                CurrentCertificate = own ? () => server.Current : null,
                RequireClientCertificate = settings.Enabled || !string.IsNullOrEmpty(settings.ClientAuthorities),
            };
            if (!string.IsNullOrEmpty(settings.ClientAuthorities)) return tls with { ClientAuthorities = ListenerTls.LoadAuthorities(settings.ClientAuthorities) };
            return settings.Enabled ? tls with { KnowsClient = Knows } : tls;
        });
    }

    /// <returns>Null where the port is plain.</returns>
    /// <exception cref="InvalidDataException">A file does not hold what it should.</exception>
    public HttpsConnectionAdapterOptions? ForHttp(TlsSettings settings)
    {
        if (!settings.On) return null;
        var certificate = string.IsNullOrEmpty(settings.Certificate) ? null : Reading("Hub__HttpTls", () => Load(settings));
        return new()
        {
            ServerCertificate = certificate,
            ServerCertificateSelector = certificate is null ? (_, _) => server.Current : null,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            // Whatever is shown gets in as far as the request, which is then refused with the reason: see BearerAuthentication.
            ClientCertificateValidation = (_, _, _) => true,
        };
    }

    private bool Knows(X509Certificate2 certificate)
    {
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (locations.Find(thumbprint) is not null) return true;
        Refused(thumbprint);
        return false;
    }

    private static X509Certificate2 Load(TlsSettings settings) => ListenerTls.LoadCertificate(settings.Certificate!, settings.Key, settings.Password);

    private static T Reading<T>(string setting, Func<T> read)
    {
        try
        {
            return NamedFault.Of(setting, read);
        }
        catch (CryptographicException fault)
        {
            throw new InvalidDataException($"{setting}: {fault.Message}", fault);
        }
    }

    [LoggerMessage(5101, LogLevel.Warning, "A connection was refused: this hub did not issue its certificate {Thumbprint}")]
    private partial void Refused(string thumbprint);
}
