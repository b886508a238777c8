using BenchmarkDotNet.Attributes;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Policy;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>One decision: the cheapest refusal, the common refusal, and a permit among twenty consents.</summary>
public class PolicyBenchmark
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly Person Citizen = new("p1", "A1234563", "TESTPATIENT", "ALPHA", "", AdministrativeSex.Female, new(1980, 2, 29), At.AddYears(-5));
    private static readonly Provider Clinic = new("clinic", "Synthetic Clinic", "", ProviderKind.Clinic);
    private static readonly AccessPrincipal Doctor = new("doctor", Role.Clinician, "clinic", null, Profession: Profession.MedicalPractitioner);
    private static readonly Consent Joining = new("j", "p1", ConsentKind.Joining, null, At.AddYears(-5), null, null);

    private readonly AccessPolicy policy = new();
    private readonly ObtainRequest unshared = new(Doctor, Clinic, Citizen, [Joining], At);
    private readonly ObtainRequest shared = new(
        Doctor, Clinic, Citizen,
        [
            .. Enumerable.Range(0, 18).Select(number => new Consent($"s{number}", "p1", ConsentKind.Sharing, $"other-{number}", At.AddDays(-number), null, null)),
            new("s", "p1", ConsentKind.Sharing, "clinic", At.AddDays(-100), At.AddDays(265), null), Joining,
        ],
        At)
    {
        CareRelation = new("Encounter", new(2026, 11, 18)),
    };

    [Benchmark(Baseline = true, Description = "refused: no sharing consent")]
    public bool Refused() => policy.MayObtain(unshared).Granted;

    [Benchmark(Description = "permitted, among 20 consents")]
    public bool Permitted() => policy.MayObtain(shared).Granted;

    [Benchmark(Description = "may provide")]
    public bool Provides() => policy.MayProvide(Clinic, Citizen, unshared.Consents, At).Granted;
}
