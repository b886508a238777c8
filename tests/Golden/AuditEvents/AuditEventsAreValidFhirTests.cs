using System.Runtime.CompilerServices;
using EHealthPlus.Tests.Golden.Judge;

namespace EHealthPlus.Tests.Golden.AuditEvents;

public sealed class AuditEventsAreValidFhirTests
{
    /// <summary>trail.json is what the FHIR interface answers: its own tests hold it equal to this file.</summary>
    [Fact]
    public async Task Each_kind_of_audit_entry_is_valid_FHIR_R4()
    {
        var bundle = await File.ReadAllBytesAsync(Path.Combine(Here(), "trail.json"), TestContext.Current.CancellationToken);

        var judgement = await FhirJudge.JudgeAsync([("trail.json", bundle)], TestContext.Current.CancellationToken);

        // A search result names patients and providers that it does not hold.
        Assert.DoesNotContain(judgement.Faults, fault => !fault.Message.EndsWith("is not in the bundle", StringComparison.Ordinal));
        Assert.True(judgement.Resources >= 11);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
