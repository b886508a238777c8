using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Flow;

/// <summary>One deposit about two citizens, or about nobody.</summary>
public sealed class SeveralPatientsTests
{
    private const string Second = "MR2^^^HOSP^MR~G123456A^^^HKG^NNHKG";

    [Fact]
    public async Task Each_citizen_gets_what_is_about_him_and_an_audit_entry()
    {
        var store = await StoreWithTwoAsync();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", type: "ADT^A17", second: Second)));
        var (one, two) = (await PersonAsync(store, "A1234563"), await PersonAsync(store, "G123456A"));
        Assert.Equal(one, store.Resources.Single(resource => resource.Id == "lab-C1").PersonId);
        Assert.Equal(two, store.Resources.Single(resource => resource.Id == "lab-C1-2").PersonId);
        Assert.Equal([(one, true), (two, true)], store.Audit.Where(entry => entry.Action == "deposit").Select(entry => (entry.PersonId, entry.Permitted)));
        Assert.Equal(one, store.Rows[0].PersonId);
    }

    [Fact]
    public async Task A_second_patient_who_is_unknown_refuses_the_deposit_at_his_PID()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        var answer = await (await hub.SendAsync(PlainMessages.Message("C1", type: "ADT^A17", second: Second))).Application;
        Assert.Contains("ERR||PID[2]-3|403", TestHub.Text(answer), StringComparison.Ordinal);
        Assert.Equal(DepositState.Refused, store.StateOf(1));
        Assert.Empty(store.Resources);
    }

    /// <summary>What it unlinks changes the index in the midst of its own decision.</summary>
    [Fact]
    public async Task A37_is_delivered_though_it_changes_the_index_itself()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        await hub.ApplicationCodeAsync(PlainMessages.Message("C1", patient: "MR2"));
        var both = Encoding.UTF8.GetString(PlainMessages.Message("C2", type: "ADT^A37", second: "MR2^^^HOSP^MR")).Replace("SYNTHETIC^BETA||19750505|M", "SYNTHETIC^ALPHA||19800229|F", StringComparison.Ordinal);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(Encoding.UTF8.GetBytes(both)));
        Assert.Equal(new PatientAlias("lab", "HOSP", "MR2"), Assert.Single(store.Barred).Alias);
        Assert.Equal((1, 1), (store.Rows[1].Deliveries, store.Rows[1].Saga.Attempts));
    }

    [Fact]
    public async Task A_second_patient_without_joining_consent_refuses_the_deposit_at_his_PID()
    {
        var store = await StoreWithTwoAsync();
        var two = await PersonAsync(store, "G123456A");
        var joining = Assert.Single(await store.ForPersonAsync(two, CancellationToken.None));
        await store.RevokeAsync(joining.Id, new ManualTime().GetUtcNow(), new(default, "test", "registrar", "consent-revoke", two, "Consent", true, "test"), CancellationToken.None);
        store.Audit.Clear();
        await using var hub = await TestHub.StartAsync(store);
        var answer = await (await hub.SendAsync(PlainMessages.Message("C1", type: "ADT^A17", second: Second))).Application;
        Assert.Contains("ERR||PID[2]|502", TestHub.Text(answer), StringComparison.Ordinal);
        Assert.Empty(store.Resources);
        Assert.True(Assert.Single(store.Audit, entry => entry.Action == "deposit") is { Permitted: false } refused && refused.PersonId == two);
    }

    [Fact]
    public async Task A_visit_moves_from_another_citizen_only_where_he_is_admitted_too()
    {
        var store = await StoreWithTwoAsync();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", "MR2", type: "ADT^A01", document: "G123456A", name: "BETA", birth: "19750505", sex: "M")));
        store.Audit.Clear();
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C2", type: "ADT^A45", prior: "MR2")));
        Assert.Equal([await PersonAsync(store, "A1234563"), await PersonAsync(store, "G123456A")], store.Audit.Where(entry => entry.Action == "deposit").Select(entry => entry.PersonId));
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C3", type: "ADT^A40", prior: "MR2")));
        Assert.Equal(RejectionCode.MergeConflict, store.Rows[2].Rejection?.Code);
    }

    [Fact]
    public async Task A_message_about_nobody_needs_no_identity_and_leaves_one_audit_entry()
    {
        var store = new MemoryStore();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", type: "MFN^M02")));
        Assert.Null(Assert.Single(store.Resources).PersonId);
        Assert.True(Assert.Single(store.Audit) is { Permitted: true, PersonId: null });
        Assert.Null(store.Rows[0].PersonId);
    }

    [Fact]
    public async Task Data_of_a_patient_in_a_message_about_nobody_is_refused()
    {
        var store = new MemoryStore();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AE", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", type: "MFN^M02", body: PlainTranslator.Slip)));
        Assert.Equal(RejectionCode.IdentityMissing, store.Rows[0].Rejection?.Code);
        Assert.Empty(store.Resources);
    }

    private static async Task<MemoryStore> StoreWithTwoAsync()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        var index = MemoryIndex.On(store, new ManualTime()).Index;
        Assert.True((await index.EnrolAsync(
            new Enrolment("G123456A", "SYNTHETIC", "BETA", "", AdministrativeSex.Male, new(1975, 5, 5)), "test", Role.Registrar, false, CancellationToken.None)).Accepted);
        store.Audit.Clear();
        return store;
    }

    private static async Task<string> PersonAsync(MemoryStore store, string document) =>
        (await store.FindByDocumentAsync(document, CancellationToken.None))!.Id;
}
