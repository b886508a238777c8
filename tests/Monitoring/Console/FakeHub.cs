using System.Security.Claims;
using System.Text;
using EHealthPlus.Monitoring.Console;
using EHealthPlus.Monitoring.Health;
using EHealthPlus.Monitoring.Telemetry;
using EHealthPlus.Monitoring.Watching;
using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Routing.Contracts.Uploads;
using EHealthPlus.Routing.Contracts.Watching;
using EHealthPlus.Tests.Monitoring.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The console on a test server, over ports that keep what was asked of them. A role's key is its token.</summary>
public sealed class FakeHub : IAsyncDisposable, IDepositQueries, IQuarantine, IAuditTrail, IAuditReader, ICredentialCheck, IConsoleSessions, IMessageInspector, IMessageReader, IMessageTranslator, IUploads, IMapFiles
{
    public const string Hostile = "MSH|^~\\&|HIS|SYN|HUB|HK|20260101||ADT^A01|C1|P|2.5.1\rPID|1||A123456(3)||TESTPATIENT<script>alert(1)</script>^\"'><img src=x>\r";

    public FakeImagingDesk Imaging { get; } = new();

    public FakePeers Peers { get; } = new();

    public FakeImages Images { get; } = new();

    private readonly WebApplication app;
    private readonly CasesInMemory cases = new();
    private readonly CancellationTokenSource caller = new();

    public FakeHub(IReadOnlyList<IReadinessCheck>? checks = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IDepositQueries>(this).AddSingleton<IQuarantine>(this).AddSingleton<IAuditTrail>(this).AddSingleton<IAuditReader>(this).AddSingleton<ICredentialCheck>(this).AddSingleton<IConsoleSessions>(this)
            .AddSingleton<IMessageInspector>(this).AddSingleton<IMessageReader>(this).AddSingleton<IMessageTranslator>(this).AddSingleton<IRegistry>(Registry).AddSingleton<IUploads>(this).AddSingleton<IMapFiles>(this)
            .AddSingleton<IUnmappedCodes>(Terminology).AddSingleton<ILocalMaps>(Terminology)
            .AddSingleton<IIdentityReviews>(Identities).AddSingleton<IPersonStore>(Identities).AddSingleton<IPersonLinks>(Identities).AddSingleton<IPersonIndex>(Identities).AddSingleton<IPersonDesk>(Identities)
            .AddSingleton<IProfessionals>(Credentials).AddSingleton<ILocationCertificates>(Credentials).AddSingleton<ICertificateAuthority>(Credentials)
            .AddSingleton<IPersonAccounts>(Credentials).AddSingleton<IPersonSignIn>(Credentials).AddSingleton<IPersonEnrolment>(Credentials)
            .AddSingleton<IStoreKeys>(Keys).AddSingleton<IImagingDesk>(Imaging).AddSingleton<IImagingDismissals>(Imaging).AddSingleton<IImagingRecord>(Images).AddSingleton<IStudyReports>(Images).AddSingleton<IDicomPeers>(Peers)
            .AddSingleton<IMachineClients>(Credentials).AddSingleton<IMachineTokens>(Credentials)
            .AddSingleton<ICaseStore>(cases).AddSingleton<ICaseDesk, CaseDesk>().AddSingleton<IWatchRules>(new RulesInForce(RuleFile.Read(null)))
            .AddConsole().AddFlowTelemetry();
        foreach (var check in checks ?? []) builder.Services.AddSingleton(check);
        app = builder.Build();
        app.UseMissingPages();
        app.Use((http, next) =>
        {
            http.RequestAborted = caller.Token;
            string? header = http.Request.Headers.Authorization;
            if ((header?["Bearer ".Length..] ?? http.Request.Cookies[ConsoleCookie.Name]) is { } token && Check(token) is { Accepted: true } bearer) http.User = new ClaimsPrincipal(bearer.Value.Principal.ToIdentity("test"));
            return next(http);
        });
        app.MapConsole();
        app.MapMetrics();
        app.MapHealth();
        app.StartAsync().GetAwaiter().GetResult();
    }

    /// <summary>Tokens of sessions, once for each page that was shown to them.</summary>
    public List<string> PagesShown { get; } = [];

    public IReadOnlyList<MapFile> Files { get; set; } = [];

    public void Used(string token) => PagesShown.Add(token);

    /// <summary>Whether sessions have been idle for too long.</summary>
    public bool Idle { get; set; }

    public bool GoesOn(string token) => !Idle;

    public FakeRegistry Registry { get; } = new();

    public FakeTerminology Terminology { get; } = new();

    public FakeIdentities Identities { get; } = new();

    public FakeCredentials Credentials { get; } = new();

    public FakeKeys Keys { get; } = new();

    public List<AuditEntry> Audit { get; } = [];

    /// <summary>Whether the caller hangs up when the first entry is about to be written.</summary>
    public bool CallerHangsUp { get; set; }

    /// <summary>What the audit reader was asked for.</summary>
    public List<AuditSearch> Searched { get; } = [];

    internal CasesInMemory Cases => cases;

    public List<DepositFilter> Asked { get; } = [];

    public List<(DepositId Id, string Actor)> Replayed { get; } = [];

    public List<byte[]> Repaired { get; } = [];

    public DepositState State { get; set; } = DepositState.Refused;

    public HttpClient Anonymous() => app.GetTestServer().CreateClient();

    /// <summary>With the Authorization header, as a script.</summary>
    public HttpClient As(Role role)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", AccessPrincipal.KeyOf(role));
        return client;
    }

    /// <summary>With the session cookie, as a browser.</summary>
    public HttpClient Browsing(Role role)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"{ConsoleCookie.Name}={AccessPrincipal.KeyOf(role)}");
        return client;
    }

    public Result<Bearer> Check(string token) =>
        Enum.GetValues<Role>().Where(role => AccessPrincipal.KeyOf(role) == token).Select(role => new Bearer(new("demo-" + token, role, null, role == Role.Citizen ? FakeIdentities.Citizen.DocumentNumber : null))).FirstOrDefault() is { } bearer
            ? bearer
            : new Rejection(RejectionCode.CredentialInvalid, "unknown");

    public AccessPrincipal? GivenTo(string token) => null;

    public DepositDetail Detail() => new(
        new(new(7), DateTimeOffset.UnixEpoch, "his", "C1", "ADT^A01", State, State is DepositState.Refused ? RejectionCode.JoiningConsentMissing : null, Hostile.Length, TimeSpan.FromMilliseconds(12), null, 0),
        Encoding.UTF8.GetBytes(Hostile), null, "UNICODE UTF-8", new string('a', 64), "192.0.2.1:1", null,
        Encoding.UTF8.GetBytes("MSH|^~\\&|HUB|HK|HIS|SYN|20260101||ACK|A1|P|2.5.1\rMSA|AE|C1\rERR||PID^1^3^1^1|207^Error^HL70357|E|501^JoiningConsentMissing^L|||<b>no</b>\r"),
        new(new(7), State, 2, 1, null, [new(DepositState.Received, DateTimeOffset.UnixEpoch, null), new(State, DateTimeOffset.UnixEpoch.AddMilliseconds(12), "501")]), "person1", []);

    public Task<IReadOnlyList<DepositSummary>> ListAsync(DepositFilter filter, CancellationToken cancellationToken)
    {
        Asked.Add(filter);
        return Task.FromResult<IReadOnlyList<DepositSummary>>([Detail().Summary]);
    }

    public List<SourceCounts> Days { get; } = [new("his", 10, 8, 2, 1, 0)];

    public Rejection? Damage { get; set; }

    public Task<DepositDetail?> GetAsync(DepositId id, CancellationToken cancellationToken) =>
        Damage is { } damage ? throw new RejectedException(damage) : Task.FromResult(id.Value == 7 ? Detail() : null);

    public Task<IReadOnlyList<SourceCounts>> CountAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SourceCounts>>(Days);

    public Task<IReadOnlyDictionary<RejectionCode, long>> CountRefusalsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<RejectionCode, long>>(new Dictionary<RejectionCode, long> { [RejectionCode.JoiningConsentMissing] = 2 });

    public Task<Result<DepositId>> ReplayAsync(DepositId id, string actor, CancellationToken cancellationToken)
    {
        Replayed.Add((id, actor));
        return Task.FromResult<Result<DepositId>>(id);
    }

    public Task<Result<DepositId>> RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, string actor, CancellationToken cancellationToken)
    {
        Repaired.Add(bytes.ToArray());
        return Task.FromResult<Result<DepositId>>(id);
    }

    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (CallerHangsUp) await caller.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        Audit.Add(entry);
    }

    public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditEntry>>(Audit);

    public Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Newest first, by person and number only.</summary>
    public Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken)
    {
        Searched.Add(search);
        return Task.FromResult<IReadOnlyList<AuditRecord>>(
            [.. Audit.Select((entry, at) => new AuditRecord(at + 1, entry)).Where(record => (search.PersonId is null || record.Entry.PersonId == search.PersonId) && !(record.Number >= search.Before)).Reverse().Take(search.Count)]);
    }

    public Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken) =>
        Task.FromResult(number <= Audit.Count ? new AuditRecord(number, Audit[(int)number - 1]) : null);

    public IReadOnlyList<MessageNode> Inspect(ReadOnlyMemory<byte> message, string defaultCharacterSet) =>
        [new("PID", "Patient Identification", null, new("PID"), [new("PID-5", "Patient Name", "TESTPATIENT<script>alert(1)</script>", new("PID", 1, 5, 1), [])])];

    public MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource) => message.Span.StartsWith("MSH"u8)
        ? findSource("HIS", "SYN") is { DefaultCharacterSet: "NOSUCH" } ? new(null, null, new(RejectionCode.CharacterSetUnknown, "none")) : new(null, findSource("HIS", "SYN"), null)
        : new(null, null, new(RejectionCode.MshMissing, "no MSH"));

    public bool IsAboutPatients(string messageCode, string triggerEvent) => true;

    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context) => new Translation(
        "{}"u8.ToArray(),
        [new("Patient", "p1", default, Encoding.UTF8.GetBytes("""{"resourceType":"Patient","name":[{"family":"TESTPATIENT<script>alert(1)</script>"}]}"""), WriteMode.Merge, Routing.Contracts.Record.ResourceIndex.Empty, [], true)],
        new OneRow());

    public List<UploadStatus> Uploads { get; } = [];

    public IReadOnlyList<UploadStatus> List(string? sourceId, int count) => Uploads;

    UploadStatus? IUploads.Get(string id) => null;

    public Stream? OpenAnswer(string id) => null;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        caller.Dispose();
    }

    private sealed class OneRow : ILedger
    {
        public int Mapped => 1;

        public int Carried => 0;

        public int Dropped => 0;

        public IEnumerable<LedgerRow> Rows() => [new(new("PID", 1, 5, 1, 1), "TESTPATIENT<script>alert(1)</script>", LedgerDisposition.Mapped, ["Patient.name[0].family"], null)];
    }
}
