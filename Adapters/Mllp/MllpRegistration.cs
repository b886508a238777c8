using System.Net;
using System.Security.Authentication;
using EHealthPlus.Routing.Contracts.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>Puts MLLP endpoints on the host's Kestrel. The host registers the <c>IMessageIntake</c>.</summary>
public static class MllpRegistration
{
    /// <summary>
    /// Bytes that Kestrel reads ahead on one connection, of whatever protocol, before it leaves the rest in the socket. With
    /// <see cref="MllpOptions.MaxConnections"/> it bounds what connections hold whose messages wait for memory or for the intake.
    /// </summary>
    private const int ReadBuffer = 64 * 1024;

    public static IServiceCollection AddMllp(this IServiceCollection services, MllpOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options.Checked());
        services.AddSingleton<MessageMemory>();
        services.AddSingleton<ConnectionLimit>();
        services.AddSingleton<MllpConnectionHandler>();
        services.Configure<SocketTransportOptions>(transport => transport.MaxReadBufferSize = ReadBuffer);
        return services;
    }

    /// <summary>Listens on an endpoint; port 0 takes a free one, which IServerAddressesFeature names.</summary>
    /// <param name="tls">Null for plain TCP.</param>
    public static void ListenMllp(this KestrelServerOptions kestrel, IPEndPoint endpoint, ListenerTls? tls = null) => kestrel.Listen(endpoint, listen =>
    {
        var limit = listen.ApplicationServices.GetRequiredService<ConnectionLimit>();
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => limit.RunAsync(connection, next));
        if (tls is not null) listen.UseHttps(Https(tls));
        listen.UseConnectionHandler<MllpConnectionHandler>();
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
