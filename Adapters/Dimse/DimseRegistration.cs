using System.Net;
using System.Security.Authentication;
using EHealthPlus.Adapters.Dimse.Provider;
using EHealthPlus.Adapters.Dimse.Transport;
using EHealthPlus.Routing.Contracts.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Adapters.Dimse;

/// <summary>Puts DICOM endpoints on the host's Kestrel. The host registers the ports that <see cref="ProvidedServices"/> names.</summary>
public static class DimseRegistration
{
    public static IServiceCollection AddDimse(this IServiceCollection services, DimseOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Checked());
        services.AddSingleton<AssociationCount>();
        services.AddSingleton<PeerCheck>();
        services.AddSingleton<ProvidedServices>();
        services.AddSingleton<DimseConnectionHandler>();
        services.AddSingleton<IConnectionListenerFactory, DimseTransport>();
        return services;
    }

    /// <summary>Listens on an endpoint; port 0 takes a free one, which IServerAddressesFeature names.</summary>
    /// <param name="tls">Null for plain TCP.</param>
    public static void ListenDimse(this KestrelServerOptions kestrel, IPEndPoint endpoint, ListenerTls? tls = null) => kestrel.Listen(new DimseEndPoint(endpoint), listen =>
    {
        var count = listen.ApplicationServices.GetRequiredService<AssociationCount>();
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => count.RunAsync(connection, next));
        if (tls is not null) listen.UseHttps(Https(tls));
        listen.UseConnectionHandler<DimseConnectionHandler>();
    });

    private static HttpsConnectionAdapterOptions Https(ListenerTls tls) => new()
    {
        ServerCertificate = tls.CurrentCertificate is null ? tls.Certificate : null,
        ServerCertificateSelector = tls.CurrentCertificate is { } current ? (_, _) => current() : null,
        ServerCertificateChain = tls.Intermediates,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateMode = tls.RequireClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = tls.Admits,
    };
}
