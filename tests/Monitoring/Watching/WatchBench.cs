using EHealthPlus.Monitoring.Watching.Judging;
using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Watching;
using EHealthPlus.Tests.Monitoring.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Registered = EHealthPlus.Tests.Monitoring.Console.FakeRegistry;

namespace EHealthPlus.Tests.Monitoring.Watching;

/// <summary>A trail, a store of cases, the program's own rules; a clinic and a hospital, and one machine client.</summary>
internal sealed class WatchBench : IMachineClients
{
    public const string Machine = "synthetic-cms";

    /// <summary>Noon in Hong Kong.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(8));

    public static readonly AuditEntry Read = new(
        Noon, "doctor.test", "clinician", AuditAction.Read, "person-1", "Observation/o1", true, "synthetic rule", "TREAT", new("192.0.2.1"), "synthetic-hospital", CareRelation: true);

    private readonly Registered registry = new();
    private readonly RulesInForce rules;
    private EHealthPlus.Monitoring.Watching.Watching? watching;

    public WatchBench(IReadOnlyList<WatchingRule>? rules = null)
    {
        this.rules = new(rules ?? RuleFile.Read(null));
        _ = registry.SaveAsync(new Provider("synthetic-clinic", "Synthetic Clinic", "模擬診所", ProviderKind.Clinic), default);
    }

    public TrailInMemory Trail { get; } = new();

    public CasesInMemory Cases { get; } = new();

    IReadOnlyList<MachineClient> IMachineClients.All => [];

    public MachineClient? Get(string id) => id == Machine
        ? new(Machine, Machine, EHealthPlus.Routing.Contracts.Access.Role.Clinician, "synthetic-clinic", null, null, "system/*.rs", "{}", "s")
        : null;

    public Task SaveAsync(MachineClient client, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> UseAssertionAsync(string clientId, string id, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What was in memory is gone, as after a kill.</summary>
    public void Restart() => watching = null;

    public Task FollowAsync()
    {
        watching ??= new(Trail, Cases, rules, registry, this, TimeProvider.System, NullLogger<EHealthPlus.Monitoring.Watching.Watching>.Instance);
        return watching.FollowAsync(TestContext.Current.CancellationToken);
    }

    public Judge NewJudge() => new(rules.Rules, registry, this);

    /// <summary>Adds the entries and follows them.</summary>
    public async Task<IReadOnlyList<int>> JudgedAsync(params IEnumerable<AuditEntry> entries)
    {
        foreach (var entry in entries) Trail.Add(entry);
        await FollowAsync();
        return [.. Cases.Cases.Select(found => found.Case.Rule)];
    }
}
