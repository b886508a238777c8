using EHealthPlus.Adapters.Uploads;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>The adapter on a real Kestrel and a real folder, with a scripted intake behind it. It can be stopped and started again over the same folder.</summary>
/// <param name="folder">Null for one of its own.</param>
internal sealed class FeedsUnderTest(string? folder = null) : IAsyncDisposable
{
    private readonly string root = folder ?? Directory.CreateTempSubdirectory("ehealthplus-uploads-").FullName;
    private WebApplication? host;

    public ScriptedIntake Intake { get; } = new();

    public UploadOptions Options { get; set; } = new() { Root = "", PollEvery = TimeSpan.FromMilliseconds(20), SettleTime = TimeSpan.Zero, FirstBackoff = TimeSpan.FromMilliseconds(20) };

    public IUploads Uploads => host!.Services.GetRequiredService<IUploads>();

    public IReadinessCheck Check => host!.Services.GetRequiredService<IReadinessCheck>();

    public TrailUnderTest Trail { get; } = new();

    public Uri Address { get; private set; } = null!;

    public string Folder(string name, string source = "lab") => Path.Combine(root, source, name);

    public async Task StartAsync(params string[] sources)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IMessageIntake>(Intake);
        builder.Services.AddSingleton<IRegistry>(new Sources(sources.Length == 0 ? ["lab"] : sources));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IAuditTrail>(Trail);
        builder.Services.AddUploads(Options with { Root = root });
        host = builder.Build();
        // The bearer token of the tests names the role, and the source after a colon.
        host.Use((http, next) =>
        {
            if (Trail.CallerHangsUp) http.RequestAborted = Trail.Caller;
            var token = http.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : http.Request.Cookies["session"] ?? "";
            var bearer = token.Replace("Bearer ", "", StringComparison.Ordinal).Split(':');
            if (Enum.TryParse<Role>(bearer[0], out var role)) http.User = new(new AccessPrincipal("test", role, null, null, bearer.ElementAtOrDefault(1)).ToIdentity("test"));
            return next(http);
        });
        host.MapUploads();
        await host.StartAsync();
        Address = new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>As an SFTP client does: under another name first, renamed when it is whole.</summary>
    public void Drop(string name, string content, string source = "lab") => Drop(name, System.Text.Encoding.UTF8.GetBytes(content), source);

    public void Drop(string name, byte[] content, string source = "lab")
    {
        Directory.CreateDirectory(Folder("in", source));
        var draft = Path.Combine(Folder("in", source), name + ".part");
        File.WriteAllBytes(draft, content);
        File.Move(draft, Path.Combine(Folder("in", source), name));
    }

    public async Task<string> AnswerAsync(string name, string source = "lab")
    {
        var record = Path.Combine(Folder("answers", source), name + ".json");
        await Eventually.TrueAsync(() => File.Exists(record), $"{name} is answered");
        await Eventually.TrueAsync(() => !Directory.EnumerateDirectories(Folder("working", source)).Any(), $"{name} is put away");
        // Its state is set, and a fault taken back, behind the last of the folders.
        await Eventually.TrueAsync(() => Uploads.List(source, 1000).All(upload => upload.Finished), $"{name} is finished");
        return await File.ReadAllTextAsync(Path.Combine(Folder("answers", source), name + ".ack"));
    }

    public HttpClient Client(string? bearer)
    {
        var http = new HttpClient { BaseAddress = Address };
        if (bearer is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return http;
    }

    public async Task StopAsync()
    {
        if (host is null) return;
        // Disposing alone would not wait for a file that is being read, and its folders are about to go.
        await host.StopAsync();
        await host.DisposeAsync();
        host = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (folder is null) Directory.Delete(root, recursive: true);
    }

    private sealed class Sources(string[] ids) : IRegistry
    {
        public IReadOnlyList<Provider> Providers => [];

        public IReadOnlyList<ServiceLocation> ServiceLocations => [];

        IReadOnlyList<Source> IRegistry.Sources { get; } = [.. ids.Select(id => new Source(id, "p", "l", "LAB", "LAB"))];

        public Source? FindSource(string sendingApplication, string sendingFacility) => null;

        public Source? GetSource(string id) => ((IRegistry)this).Sources.FirstOrDefault(source => source.Id == id);

        public Provider? GetProvider(string id) => null;

        public ServiceLocation? GetServiceLocation(string id) => null;

        public Task SaveAsync(Provider provider, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SaveAsync(Source source, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
