using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Credentials;
using EHealthPlus.Routing.Credentials.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Credentials;

/// <summary>The credentials over a store on disk, with a clock to move; can be stopped and started again.</summary>
public sealed class HubUnderTest : IAsyncLifetime
{
    public static readonly Provider Hospital = new("synthetic-hospital", "Synthetic Hospital", "合成醫院", ProviderKind.PrivateHospital);
    public static readonly Provider Clinic = new("synthetic-clinic", "Synthetic Clinic", "合成診所", ProviderKind.Clinic);
    public static readonly ServiceLocation Ward = new("ward", Hospital.Id, "Ward", "病房");
    public static readonly ServiceLocation Room = new("room", Clinic.Id, "Room", "診室");
    public static readonly Professional Doctor = new("dr-test", "TEST Doctor", "", Profession.MedicalPractitioner, "M00001");

    private ServiceProvider rooms = null!;
    private SqliteStore store = null!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ehealthplus-credentials-").FullName;

    public SettableClock Clock { get; } = new();

    public List<string> ServerNames { get; } = ["localhost", "127.0.0.1"];

    public T Get<T>()
        where T : notnull => rooms.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        var registry = Get<IRegistry>();
        foreach (var provider in new[] { Hospital, Clinic }) await registry.SaveAsync(provider, Cancel);
        foreach (var location in new[] { Ward, Room }) await registry.SaveAsync(location, Cancel);
        await Get<IProfessionals>().SaveAsync(Doctor, Cancel);
        await Get<IProfessionals>().SaveAsync(new Affiliation(Doctor.Id, Hospital.Id, Clock.Now.AddYears(-1)), Cancel);
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public Task<IReadOnlyList<AuditEntry>> AuditAsync() => Get<IAuditTrail>().ListAsync(null, 100, Cancel);

    /// <summary>Who bears the token, at the next request.</summary>
    public Routing.Contracts.Rejections.Result<Bearer> Check(string token) => Get<TicketCheck>().Check(token);

    private async Task StartAsync()
    {
        store = new(Folder, null, Clock, NullLogger<SqliteStore>.Instance);
        await store.OpenAsync(Cancel);
        rooms = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(store.Registry).AddSingleton(store.Professionals).AddSingleton(store.LocationCertificates)
            .AddSingleton(store.PersonAccounts).AddSingleton(store.MachineClients).AddSingleton(store.Audit)
            .AddCertificates(Path.Combine(Folder, "authority"), ServerNames)
            .AddPeopleAndMachines(Path.Combine(Folder, "keys"))
            .BuildServiceProvider();
    }

    private async Task StopAsync()
    {
        await rooms.DisposeAsync();
        store.Dispose();
    }
}
