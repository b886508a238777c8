using EHealthPlus.Adapters.DicomWeb;
using EHealthPlus.Monitoring.Console;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>The interface and the console on a free port of loopback, over a record in memory. A bearer token names the role, and after colons the source and scopes, or the document number of a citizen.</summary>
internal sealed class DicomWebUnderTest : IAsyncDisposable, IAuditTrail, IDicomPeers, IRegistry, IConsoleSessions
{
    private const string Document = "document-";

    private readonly WebApplication host;

    private DicomWebUnderTest(DicomWebOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IImagingRecord>(Kept).AddSingleton<IInstanceIntake>(Kept).AddSingleton<IDataSetWriter>(Writer)
            .AddSingleton<IDicomPeers>(this).AddSingleton<IRegistry>(this).AddSingleton<IAuditTrail>(this).AddSingleton<IConsoleSessions>(this).AddSingleton(TimeProvider.System)
            .AddSingleton<IPersonStore, OnePerson>().AddSingleton<IStudyReports, OneReport>().AddDicomWeb(options).AddConsole();
        host = builder.Build();
        host.Use((http, next) =>
        {
            var token = http.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : http.Request.Cookies[ConsoleCookie.Name] ?? "";
            var bearer = token.Replace("Bearer ", "", StringComparison.Ordinal).Split(':');
            if (!Enum.TryParse<Role>(bearer[0], out var role)) return next(http);
            var document = bearer.ElementAtOrDefault(2) is { } third && third.StartsWith(Document, StringComparison.Ordinal) ? third[Document.Length..] : null;
            var identity = new AccessPrincipal("test", role, null, document, bearer.ElementAtOrDefault(1)).ToIdentity("test");
            foreach (var scope in bearer.Skip(document is null ? 2 : 3)) identity.AddClaim(new(SmartScope.Claim, scope.Replace('|', '/')));
            http.User = new(identity);
            return next(http);
        });
        host.MapDicomWeb();
        host.MapConsole();
    }

    public KeptInMemory Kept { get; } = new();

    public PlainDataSetWriter Writer { get; } = new();

    public List<AuditEntry> Audit { get; } = [];

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<DicomPeer> All { get; } = [new("BIG5CT", "ct", CharacterSet: "BIG5")];

    public IReadOnlyList<Provider> Providers => [];

    public IReadOnlyList<ServiceLocation> ServiceLocations => [];

    public IReadOnlyList<Source> Sources { get; } = [new("ct", "ha", "l", "CT", "CT"), new("mr", "ha", "l", "MR", "MR"), new("closed", "ha", "l", "OLD", "OLD", Active: false)];

    public static async Task<DicomWebUnderTest> StartAsync(DicomWebOptions? options = null)
    {
        var web = new DicomWebUnderTest(options ?? new());
        await web.host.StartAsync();
        web.Address = new(new Uri(web.host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "/dicomweb/");
        return web;
    }

    /// <summary>A client; null for one without a credential.</summary>
    public HttpClient Client(string? bearer = "Clinician")
    {
        var http = new HttpClient { BaseAddress = Address };
        if (bearer is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return http;
    }

    /// <summary>A series of one study.</summary>
    public void AddSeries(int study, int series, int slices)
    {
        for (var slice = 1; slice <= slices; slice++)
        {
            var key = SyntheticCt.Key(study, series, slice);
            Kept.Add(key, SyntheticCt.DataSet(key, slice, slices));
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    Task IAuditTrail.RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (Audit) Audit.Add(entry);
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<AuditEntry>> IAuditTrail.ListAsync(string? personId, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditEntry>>(Audit);

    void IConsoleSessions.Used(string token)
    {
    }

    bool IConsoleSessions.GoesOn(string token) => true;

    DicomPeer? IDicomPeers.Find(string aeTitle) => null;

    Task<Result<DicomPeer>> IDicomPeers.SaveAsync(DicomPeer peer, CancellationToken cancellationToken) => throw new NotSupportedException();

    Source? IRegistry.FindSource(string sendingApplication, string sendingFacility) => null;

    Source? IRegistry.GetSource(string id) => Sources.FirstOrDefault(source => source.Id == id);

    Provider? IRegistry.GetProvider(string id) => null;

    ServiceLocation? IRegistry.GetServiceLocation(string id) => null;

    Task IRegistry.SaveAsync(Provider provider, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IRegistry.SaveAsync(ServiceLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IRegistry.SaveAsync(Source source, CancellationToken cancellationToken) => throw new NotSupportedException();
}
