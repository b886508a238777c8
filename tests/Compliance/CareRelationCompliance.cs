using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class CareRelationCompliance : StoreCompliance
{
    [Theory]
    [InlineData("Encounter", "2026-11-18T09:00:00+08:00", "finished", true)]
    [InlineData("Encounter", "2025-11-21", "finished", true)]
    [InlineData("Encounter", "2025-11-19", "finished", false)]
    [InlineData("Encounter", "2026-11-18", "cancelled", false)]
    [InlineData("Encounter", "2026-11-18", "entered-in-error", false)]
    [InlineData("Appointment", "2027-05-01", "booked", true)]
    [InlineData("Appointment", "2027-06-01", "booked", false)]
    [InlineData("Appointment", "2026-12-01", "noshow", false)]
    [InlineData("ServiceRequest", "2026-10-01", "active", true)]
    [InlineData("CareTeam", "2026-01-01", "active", true)]
    [InlineData("Observation", "2026-11-18", "final", false)]
    [InlineData("Encounter", "2025-10-16T09:00:00+08:00/", "in-progress", true)]
    [InlineData("Encounter", "2025-10-16/", "onleave", true)]
    [InlineData("Encounter", "2025-10-16/2026-01-05", "finished", true)]
    [InlineData("Encounter", "2025-10-16/2025-11-05", "finished", false)]
    [InlineData("Encounter", "2025-10-16/", "planned", false)]
    [InlineData("Encounter", "2025-10-16/", "finished", false)]
    [InlineData("Encounter", "2027-06-01/", "in-progress", false)]
    [InlineData("CareTeam", "2024-01-01/", "active", true)]
    [InlineData("ServiceRequest", "2025-10-16/", "active", false)]
    public async Task A_relation_is_an_encounter_appointment_order_or_care_team_that_is_near(string type, string date, string status, bool found)
    {
        await RegisterAsync();
        await Store.DeliverAsync("C1", Resource(type, "r1", index: new(status, date, [], [])));

        var relation = await Store.CareRelations.FindAsync(PersonId, "provider-a", Noon, Cancel);

        Assert.Equal(found, relation is not null);
        if (found) Assert.Equal((type, date[..10]), (relation!.Type, relation.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task It_holds_between_that_citizen_and_the_provider_of_the_source()
    {
        await RegisterAsync();
        await Store.DeliverAsync("C1", Resource("Observation", "r0"), Resource("Encounter", "r1", index: new ResourceIndex("finished", "2026-11-18", [], [])));

        Assert.NotNull(await Store.CareRelations.FindAsync(PersonId, "provider-a", Noon, Cancel));
        Assert.Null(await Store.CareRelations.FindAsync(PersonId, "provider-b", Noon, Cancel));
        Assert.Null(await Store.CareRelations.FindAsync(Id(1), "provider-a", Noon, Cancel));
    }

    [Fact]
    public async Task An_encounter_that_is_cancelled_later_ties_nobody_any_more()
    {
        await RegisterAsync();
        await Store.DeliverAsync("C1", Resource("Encounter", "r1", "\"status\":\"planned\"", index: new("planned", "2026-11-18", [], [])));
        Assert.NotNull(await Store.CareRelations.FindAsync(PersonId, "provider-a", Noon, Cancel));
        await Store.DeliverAsync("C2", Resource("Encounter", "r1", "\"status\":\"cancelled\"", index: new("cancelled", "2026-11-18", [], [])));
        Assert.Null(await Store.CareRelations.FindAsync(PersonId, "provider-a", Noon, Cancel));
    }

    [Fact]
    public async Task What_is_withheld_is_found_by_no_query()
    {
        await RegisterAsync();
        var person = Person("A1234563");
        await Store.Persons.AddAsync(person, [], Joining(person.Id), Audit("enrol", person.Id), Cancel);
        var number = new PatientAlias("synthetic-lab", "HOSP", "MRN1");
        var act = new IndexAct("registrar", Noon, "Another's number");
        await Store.Persons.LinkAsync(person.Id, [number], act, Audit("link"), Cancel);
        var deposit = (await Store.Journal.AppendAsync(Entry("C1"), Cancel)).Value.DepositId;
        await Store.Deposits.CommitAsync(Commit(deposit, resources: [Resource("Encounter", "r1", index: new("finished", "2026-11-18", [], []))], personId: person.Id), Cancel);
        Assert.NotNull(await Store.CareRelations.FindAsync(person.Id, "provider-a", Noon, Cancel));

        await Store.PersonLinks.UnlinkAsync(person.Id, [number], act, Audit("unlink"), Cancel);
        Assert.Null(await Store.CareRelations.FindAsync(person.Id, "provider-a", Noon, Cancel));
        Assert.Null(await Store.Record.ReadAsync("Encounter", "r1", null, Cancel));
        Assert.Null(await Store.Record.ReadAsync("Encounter", "r1", 1, Cancel));
        Assert.Empty(await Store.Record.ReadCurrentAsync([new("Encounter", "r1")], Cancel));
        Assert.Empty(await Store.Record.HistoryAsync("Encounter", "r1", Cancel));
        Assert.Empty((await Store.Record.EverythingAsync(person.Id, null, 10, null, Cancel)).Resources);
        foreach (var personId in new[] { person.Id, null })
        {
            var page = await Store.Record.SearchAsync(new("Encounter", personId, ["r1"], [], [], [], [], [], null, 10, null), Cancel);
            Assert.Equal((0, 0), (page.Resources.Count, page.Total));
        }
    }

    private async Task RegisterAsync()
    {
        await Store.Registry.SaveAsync(new Provider("provider-a", "A", "", ProviderKind.Clinic), Cancel);
        await Store.Registry.SaveAsync(new Source("synthetic-lab", "provider-a", "location", "LAB", "HOSP"), Cancel);
    }
}
