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

namespace EHealthPlus.Tests.Adapters.Mllp;

/// <summary>A real Kestrel with one MLLP endpoint on a free loopback port.</summary>
public sealed class MllpServer : IAsyncDisposable
{
    private readonly WebApplication host;

    private MllpServer(WebApplication host, RecordedLog log)
    {
        this.host = host;
        Log = log;
        var address = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Port = address.Port;
    }

    public int Port { get; }

    public RecordedLog Log { get; }

    public static async Task<MllpServer> StartAsync(IMessageIntake intake, MllpOptions? options = null, ListenerTls? tls = null)
    {
        var log = new RecordedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(intake);
        builder.Services.AddMllp(options ?? new MllpOptions());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenMllp(new IPEndPoint(IPAddress.Loopback, 0), tls));
        var host = builder.Build();
        await host.StartAsync();
        return new MllpServer(host, log);
    }

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await host.StopAsync(soon.Token);
        await host.DisposeAsync();
    }
}
