using System.Net;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Peers;

/// <summary>Our MLLP listener on a free loopback port, with an intake of the test's.</summary>
internal sealed class PeerHost(WebApplication host) : IAsyncDisposable
{
    public int Port => new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    public static async Task<PeerHost> StartAsync(IMessageIntake intake, MllpOptions? options = null, ListenerTls? tls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(intake);
        builder.Services.AddMllp(options ?? new MllpOptions());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenMllp(new IPEndPoint(IPAddress.Loopback, 0), tls));
        var host = builder.Build();
        await host.StartAsync();
        return new PeerHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await host.StopAsync(soon.Token);
        await host.DisposeAsync();
    }
}
