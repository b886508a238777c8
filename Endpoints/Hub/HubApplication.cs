using System.Net;
using EHealthPlus.Adapters.DicomWeb;
using EHealthPlus.Adapters.Dimse;
using EHealthPlus.Adapters.FhirRest;
using EHealthPlus.Adapters.Mllp;
using EHealthPlus.Adapters.Notices;
using EHealthPlus.Adapters.OAuth;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Adapters.Uploads;
using EHealthPlus.Endpoints.Hub.Credentials;
using EHealthPlus.Endpoints.Hub.Defence;
using EHealthPlus.Endpoints.Hub.Demonstration;
using EHealthPlus.Endpoints.Hub.Forms;
using EHealthPlus.Endpoints.Hub.Maps;
using EHealthPlus.Endpoints.Hub.Settings;
using EHealthPlus.Endpoints.Hub.Start;
using EHealthPlus.Endpoints.Hub.Terminology;
using EHealthPlus.Monitoring.Audit;
using EHealthPlus.Monitoring.Audit.Syslog;
using EHealthPlus.Endpoints.Hub.Tls;
using EHealthPlus.Monitoring.Console;
using EHealthPlus.Monitoring.Health;
using EHealthPlus.Monitoring.Telemetry;
using EHealthPlus.Monitoring.Watching;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Routing.Contracts.Tls;
using EHealthPlus.Routing.Credentials;
using EHealthPlus.Routing.Credentials.Certificates;
using EHealthPlus.Routing.Credentials.People;
using EHealthPlus.Routing.Credentials.Tickets;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Routing.Imaging.Intake;
using EHealthPlus.Routing.PersonIndex;
using EHealthPlus.Routing.Pipeline;
using EHealthPlus.Routing.Policy;
using EHealthPlus.Routing.Sagas;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Scanning;
using EHealthPlus.Transformers.Dicom.Writing;
using EHealthPlus.Transformers.DicomToFhir;
using EHealthPlus.Transformers.FhirToDicom;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2.Acknowledgements;
using EHealthPlus.Transformers.Hl7v2ToFhir;
using Microsoft.AspNetCore.Authentication;

namespace EHealthPlus.Endpoints.Hub;

/// <summary>Puts the rooms together: the only place that knows them all.</summary>
public static class HubApplication
{
    /// <summary>Open connections of a port; one more is closed at once. Each costs memory, and a file handle of the system.</summary>
    private const long MostConnections = 5_000;

    /// <param name="clock">The system's where it is not said.</param>
    /// <exception cref="FormatException">A setting does not hold what it should.</exception>
    public static WebApplication Build(string[] arguments, TimeProvider? clock = null)
    {
        // Watching the settings' folder for changes would report each write to the database below it.
        var builder = WebApplication.CreateSlimBuilder([.. arguments, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddJsonFile("hub.json", optional: true).AddEnvironmentVariables().AddCommandLine(arguments);
        var settings = SettingsReading.Read(builder.Configuration.GetSection("Hub"));
        var data = NamedFault.Of("Hub__DataDirectory", () => DataDirectory.Make(settings.DataDirectory));
        var mllp = HubSettings.EndPoint(settings.Mllp, "Mllp");
        var http = HubSettings.EndPoint(settings.Http, "Http");
        var dicom = HubSettings.EndPoint(settings.Dicom, "Dicom");
        // Before anything is opened: the usual reason is a hub that runs already.
        PortTrial.Run(("Hub__Http", http), ("Hub__Mllp", mllp), ("Hub__Dicom", dicom));
        var checkpoints = settings.AuditCheckpoints ?? Path.Combine(data, "audit-checkpoints");
        NamedFault.Of("Hub__DataDirectory", () => DataDirectory.RefuseLostDatabase(data, new(checkpoints)));

        var started = false;
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning)
            // It warns that its keys are files without a lock of their own: docs/security-keys.md says so, and what to do about it.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)
            // Why a start failed is said in a line by Program: the host's stack trace would hide it.
            .AddFilter("Microsoft.Extensions.Hosting", level => level >= (started ? LogLevel.Warning : LogLevel.Critical));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // For each port. The MLLP port has a lower limit of its own, with a line in the log.
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            // As of DICOM: at Kestrel's own 240 bytes a second a body of megabytes holds its place for hours.
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 4 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
            var tls = kestrel.ApplicationServices.GetRequiredService<HubTls>();
            kestrel.Listen(http, listen =>
            {
                if (tls.ForHttp(settings.HttpTls) is { } https) listen.UseHttps(https);
            });
            kestrel.ListenMllp(mllp, tls.ForListener("Hub__MllpTls", settings.MllpTls));
            kestrel.ListenDimse(dicom, tls.ForListener("Hub__DicomTls", settings.DicomTls));
        });
        // Without the maps local fields would be carried only, and nobody would notice.
        foreach (var (setting, folder) in new[] { ("Hub__Maps", settings.Maps), ("Hub__Terminology", settings.Terminology) })
            if (folder is not null && !Directory.Exists(folder)) throw new IOException($"{setting}: there is no folder {folder}. Make it, or take the setting away");
        var uploads = NamedFault.Of("Hub__Uploads", () => Directory.CreateDirectory(settings.Uploads ?? Path.Combine(data, "uploads")).FullName);
        // Hosted services stop in the reverse order: the last checkpoint comes after all that writes.
        builder.Services.AddAuditMonitoring(checkpoints);
        if (settings is { Syslog: null or "", SyslogAuthorities.Length: > 0 }) throw new FormatException("Hub__SyslogAuthorities is of no use without Hub__Syslog: set that too, or take Hub__SyslogAuthorities away");
        if (settings.Syslog is { Length: > 0 } syslog)
            builder.Services.AddSyslog(NamedFault.Of("Hub__SyslogAuthorities", () => SyslogCollector.Of(syslog, settings.SyslogAuthorities, Path.Combine(data, "syslog.position"))));
        NamedFault.Of("Hub__WatchRules", () => builder.Services.AddWatching(settings.WatchRules));
        builder.Services.AddNotices(NoticeOptions.Of(
            settings.NoticeSmsGateway, settings.NoticeSmsToken, settings.NoticeSmtp, settings.NoticeSender, settings.NoticeLetters ?? Path.Combine(data, "letters")));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        AddRooms(builder.Services, data, uploads, settings.PublicAddress(http), settings);
        builder.Services.AddCertificates(Path.Combine(data, "authority"), settings.ServerNames(http, mllp, dicom)).AddSingleton<HubTls>()
            .AddSingleton<ISourceTls>(services => new SourceTls(
                services.GetRequiredService<HubTls>().ForListener("Hub__DicomTls", settings.DicomTls), services.GetRequiredService<ICertificateCheck>()));
        builder.Services.AddOAuth(new(settings.PublicAddress(http)));
        builder.Services.AddSingleton<IHostedService>(new Greeting(settings, http, mllp, dicom, data, uploads));

        var hub = builder.Build();
        DataDirectory.TellWhoMayRead(data, hub.Logger);
        hub.Lifetime.ApplicationStarted.Register(() => started = true);
        hub.UseMiddleware<AnswerGuard>(KnownHosts.Of(settings.HostNames(http)));
        hub.UseMissingPages();
        hub.UseAuthentication();
        // After it: a credential that is good counts for itself, wherever its bearer sits.
        hub.UseRateLimiter(new RequestLimits(settings.GuessesPerMinute, settings.RequestsPerSecond).Options());
        hub.MapHealth();
        hub.MapMetrics();
        hub.MapOAuth();
        hub.MapFhirRest();
        hub.MapDicomWeb();
        hub.MapUploads();
        hub.MapNotices();
        hub.MapConsole();
        return hub;
    }

    private static void AddRooms(IServiceCollection services, string data, string uploads, string publicAddress, HubSettings settings)
    {
        var maps = settings.Maps;
        var terminology = settings.Terminology ?? Path.Combine(data, "terminology");
        services.AddSingleton<IAcknowledgementWriter, AcknowledgementWriter>();
        services.AddSingleton<Hl7v2Translator>().AddSingleton(new StudyTranslator($"{publicAddress}{DicomWebRoutes.Root}")).AddSingleton<MessagesAndStudies>();
        services.AddSingleton<IMessageReader>(rooms => rooms.GetRequiredService<MessagesAndStudies>());
        services.AddSingleton<IMessageTranslator>(rooms => rooms.GetRequiredService<MessagesAndStudies>());
        services.AddSingleton<IMessageInspector>(rooms => rooms.GetRequiredService<MessagesAndStudies>());
        services.AddSingleton(rooms => new MapFolder(maps, rooms.GetRequiredService<Hl7v2Translator>(), rooms.GetRequiredService<TimeProvider>(), rooms.GetRequiredService<ILogger<MapFolder>>()));
        services.AddSingleton<IMapFiles>(rooms => rooms.GetRequiredService<MapFolder>());
        services.AddSingleton<IResourceMerge, ResourceUpdate>();

        // Hosted services start in this order: the maps are read, the store opens, the registry is seeded, the sagas recover; Kestrel listens last.
        services.AddHostedService(rooms => rooms.GetRequiredService<MapFolder>());
        services.AddSqliteStore(data, keyFolder: settings.StoreKeys);
        services.AddSingleton(provider => new TerminologyFolder(
            terminology, provider.GetRequiredService<Hl7v2Translator>(), provider.GetRequiredService<IUnmappedCodes>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TerminologyFolder>>()));
        services.AddSingleton<ILocalMaps>(provider => provider.GetRequiredService<TerminologyFolder>());
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<TerminologyFolder>());
        services.AddHostedService(provider => provider.GetRequiredService<TerminologyFolder>());
        services.AddHostedService<DemonstrationSeed>();
        services.AddPersonIndex().AddAccessPolicy().AddPipeline(new()).AddDepositSagas(new());
        services.AddSingleton<IScheduledStepWriter, ScheduledStepWriter>();
        services.AddImagingRecord().AddWorklist().AddStudies(new() { QuietPeriod = TimeSpan.FromSeconds(settings.StudyQuietSeconds), TakeUp = TimeSpan.FromSeconds(settings.StudyTakeUpSeconds) });

        services.AddSingleton<IInstanceScanner, InstanceScanner>().AddSingleton<IDataSetWriter, DataSetWriter>().AddSingleton<IIdentifierCodec, IdentifierCodec>();
        services.AddInstanceIntake(new InstanceIntakeOptions());

        services.AddMllp(new MllpOptions());
        services.AddDimse(new DimseOptions { AeTitle = settings.DicomAeTitle });
        services.AddDicomWeb(new DicomWebOptions());
        services.AddUploads(new UploadOptions { Root = uploads });
        services.AddFhirRest();
        services.AddFlowTelemetry();
        services.AddConsole();

        services.AddPeopleAndMachines(Path.Combine(data, "keys"));
        var tokens = settings.EmbeddedTokens ? CredentialFile.LoadOrCreate(data) : new Dictionary<string, string>();
        // In place of the check of given tokens, which it asks for all but the embedded mode's.
        services.AddSingleton<ICredentialCheck>(rooms => new CredentialBook(tokens, rooms.GetRequiredService<TicketCheck>(), rooms.GetRequiredService<Standing>()));
        services.AddSingleton<LapsedTokens>().AddRateLimiter(_ => { });
        services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
    }
}
