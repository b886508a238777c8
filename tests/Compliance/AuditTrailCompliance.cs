using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class AuditTrailCompliance : StoreCompliance
{
    [Fact]
    public async Task Entries_are_kept_as_recorded_newest_first()
    {
        var denied = new EHealthPlus.Routing.Contracts.Audit.AuditEntry(Noon.AddSeconds(1), "clinician-1", "Clinician", "read", PersonId, "Observation/1", false, "511 no sharing consent");
        var search = new EHealthPlus.Routing.Contracts.Audit.AuditEntry(Noon.AddSeconds(2), "診所", "Clinician", "search", null, "Practitioner", true, "")
        {
            PurposeOfUse = "TREAT", Origin = new("192.0.2.1", "synthetic-his", new string('A', 64)), ProviderId = "synthetic-clinic", OnBehalfOf = Id(7), CareRelation = false,
        };
        await Store.Audit.RecordAsync(Audit(), Cancel);
        await Store.Audit.RecordAsync(denied, Cancel);
        await Store.Audit.RecordAsync(search, Cancel);
        await Store.ReopenAsync();
        Assert.Equal([search, denied, Audit()], await Store.Audit.ListAsync(null, 10, Cancel));
        Assert.Equal([search, denied], await Store.Audit.ListAsync(null, 2, Cancel));
        Assert.Equal([denied, Audit()], await Store.Audit.ListAsync(PersonId, 10, Cancel));
        Assert.Empty(await Store.Audit.ListAsync(Id(5), 10, Cancel));
    }

    [Fact]
    public async Task Entries_recorded_at_once_are_all_there()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => Store.Audit.RecordAsync(Audit(reason: $"rule {number}"), Cancel))));
        var entries = await Store.Audit.ListAsync(PersonId, 500, Cancel);
        Assert.Equal(200, entries.Select(entry => entry.Reason).Distinct().Count());
    }
}
