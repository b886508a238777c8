using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using EHealthPlus.Adapters.FhirRest;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Tests.Adapters.FhirRest.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>The interface on a test server, with ports in memory, two citizens, and a clinic that the first one shares with.</summary>
public sealed class FhirInterface : IAsyncDisposable
{
    public const string Ann = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string Ben = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    public const string Nobody = "cccccccccccccccccccccccccccccccc";
    public const string Clinician = "clinician-clinic-a";
    public const string OtherClinician = "clinician-clinic-b";
    public const string Citizen = "citizen-A1234563";
    public const string Registrar = "registrar";
    public const string Hkid = FhirSystems.HongKongIdentityCard;

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);

    private readonly WebApplication application;

    private FhirInterface()
    {
        Audit = new(Order);
        Consents = new(Audit);
        Substitutes = new(Audit);
        Persons = new(Consents);
        Record = new(Order);
        Clock = new SettableClock(Start);
        Index = new(Persons, Clock);

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IAuditTrail>(Audit).AddSingleton<IAuditReader>(Audit).AddSingleton<IConsentStore>(Consents).AddSingleton<IPersonStore>(Persons).AddSingleton<IPersonLinks>(Persons)
            .AddSingleton<IPersonIndex>(Index).AddSingleton<IRecordReader>(Record)
            .AddSingleton<IRegistry>(Registry).AddSingleton<IProfessionals>(new ProfessionalsInMemory()).AddSingleton<IAccessPolicy>(Policy)
            .AddSingleton<ISubstituteDecisionMakerStore>(Substitutes).AddSingleton<IRecordAccess>(new AccessInMemory(Policy, Persons, Consents, Substitutes, Registry, Clock))
            .AddFhirRest();
        application = builder.Build();
        application.Use(Authenticate);
        application.MapFhirRest();

        Persons.All.Add(new(Ann, "A1234563", "TESTPATIENT", "ANN", "測試安", AdministrativeSex.Female, new(1980, 2, 29), Start.AddDays(-30)));
        Persons.All.Add(new(Ben, "G123456A", "SYNTHETIC", "BEN", "", AdministrativeSex.Male, new(1990, 12, 31), Start.AddDays(-20)));
        Consents.All.Add(Consent('1', Ann, ConsentKind.Joining, null));
        Consents.All.Add(Consent('2', Ann, ConsentKind.Sharing, "clinic-a"));
        Consents.All.Add(Consent('3', Ben, ConsentKind.Joining, null));
    }

    public CallOrder Order { get; } = new();

    public AuditInMemory Audit { get; }

    public ConsentsInMemory Consents { get; }

    public SubstitutesInMemory Substitutes { get; }

    public PersonsInMemory Persons { get; }

    public IndexInMemory Index { get; }

    public RecordInMemory Record { get; }

    public PolicyInShort Policy { get; } = new();

    public RegistryInMemory Registry { get; } = new();

    public SettableClock Clock { get; }

    public LogInMemory Log { get; } = new();

    public IServiceProvider Services => application.Services;

    public static async Task<FhirInterface> StartAsync()
    {
        var started = new FhirInterface();
        await started.application.StartAsync();
        return started;
    }

    public static Consent Consent(char digit, string personId, ConsentKind kind, string? providerId, DateTimeOffset? expires = null) =>
        new(new string(digit, 32), personId, kind, providerId, Start.AddDays(-10), expires, null);

    public StoredResource FileObservation(string id, string personId = Ann, string code = "http://loinc.org|718-7", string status = "final", DateTimeOffset? at = null) =>
        Record.File(
            "Observation", id, personId, SharingCategory.LaboratoryAndRadiologyReports, at ?? Start.AddDays(-1), new(status, "2026-11-20", [code], ["|laboratory"]),
            $"\"status\":\"{status}\",\"code\":{{\"coding\":[{{\"system\":\"{code.Split('|')[0]}\",\"code\":\"{code.Split('|')[1]}\"}}]}},\"subject\":{{\"reference\":\"Patient/{personId}\"}}");

    public Task<Answer> GetAsync(string path, string? bearer = Clinician, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, bearer, null, headers);

    public Task<Answer> PostAsync(string path, string body, string? bearer = Registrar, string mediaType = "application/fhir+json") =>
        SendAsync(HttpMethod.Post, path, bearer, new StringContent(body, Encoding.UTF8, mediaType));

    public Task<Answer> PutAsync(string path, string body, string? bearer = Registrar, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, bearer, new StringContent(body, Encoding.UTF8, "application/fhir+json"), headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? bearer, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri("http://hub.test" + path)) { Content = content };
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var client = application.GetTestClient();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    // A bearer names its role, and after the first hyphen its provider or document.
    private static Task Authenticate(HttpContext context, RequestDelegate next)
    {
        var bearer = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var (role, of) = bearer.Split('-', 2) is [var first, var second] ? (first, second) : (bearer, null);
        if (Enum.TryParse<Role>(role, ignoreCase: true, out var known))
        {
            var principal = new AccessPrincipal(bearer, known, known == Role.Clinician ? of : null, known == Role.Citizen ? of : null);
            var identity = principal.ToIdentity("test");
            foreach (var scope in context.Request.Headers["Test-Scope"]) identity.AddClaim(new(SmartScope.Claim, scope!));
            context.User = new ClaimsPrincipal(identity);
        }

        return next(context);
    }
}
