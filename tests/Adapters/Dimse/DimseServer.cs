using System.Net;
using EHealthPlus.Adapters.Dimse;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Tls;
using EHealthPlus.Tests.Adapters.Dimse.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>A real Kestrel with one DICOM endpoint on a free loopback port, over fakes of the ports with real files under them.</summary>
public sealed class DimseServer : IAsyncDisposable
{
    private readonly WebApplication host;

    private DimseServer(WebApplication host, RecordedLog log, FolderOfInstances kept, FakeRegistry registry, FakeWorklist worklist)
    {
        this.host = host;
        Log = log;
        Kept = kept;
        Registry = registry;
        Worklist = worklist;
        Port = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public int Port { get; }

    public RecordedLog Log { get; }

    public FolderOfInstances Kept { get; }

    public FakeRegistry Registry { get; }

    public FakeWorklist Worklist { get; }

    /// <param name="calls">TLS of what the server calls; null for plain TCP.</param>
    public static async Task<DimseServer> StartAsync(DimseOptions? options = null, ListenerTls? tls = null, Action<FolderOfInstances>? with = null, CallerTls? calls = null)
    {
        var log = new RecordedLog();
        var registry = new FakeRegistry();
        var kept = new FolderOfInstances();
        var worklist = new FakeWorklist();
        with?.Invoke(kept);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services
            .AddSingleton<IInstanceIntake>(kept).AddSingleton<IInstanceStore>(kept).AddSingleton<IImagingRecord>(kept).AddSingleton<IStudyGathering>(kept)
            .AddSingleton<IWorklist>(worklist).AddSingleton<IPerformedSteps>(worklist)
            .AddSingleton<IIdentifierCodec>(new FlatIdentifiers()).AddSingleton<IDataSetWriter>(new ShiftingWriter())
            .AddSingleton<IDicomPeers>(registry).AddSingleton<IRegistry>(registry).AddSingleton<ICertificateCheck>(registry).AddSingleton<ISourceTls>(new OneTls(calls))
            .AddDimse(options ?? new DimseOptions());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenDimse(new IPEndPoint(IPAddress.Loopback, 0), tls));
        var host = builder.Build();
        await host.StartAsync();
        return new DimseServer(host, log, kept, registry, worklist);
    }

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await host.StopAsync(soon.Token);
        await host.DisposeAsync();
        Kept.Dispose();
    }

    private sealed class OneTls(CallerTls? tls) : ISourceTls
    {
        public CallerTls? ForCallTo(Source source) => tls;
    }
}
