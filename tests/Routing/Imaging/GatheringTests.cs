using System.Text.Json;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Policy;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>From instances to a study in the record: when it is announced, what reopens it, and what it waits for.</summary>
public sealed class GatheringTests
{
    private const string Study = "1.2.3";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_study_is_announced_once_when_nothing_came_for_the_quiet_period()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.Add(Study, time.GetUtcNow());
        await PassAsync(TimeSpan.FromSeconds(20));
        studies.Add(Study, time.GetUtcNow());
        await PassAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(store.Rows);

        await PassAsync(TimeSpan.FromSeconds(11), () => store.Rows.Count > 0);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
        await PassAsync(Quiet * 3);
        var row = Assert.Single(store.Rows);
        Assert.Equal(("lab", "1.2.3#2", StudyManifest.MessageType), (row.Entry.SourceId, row.Entry.ControlId, row.Entry.MessageType));
        Assert.Equal(2, Instances(store));
        Assert.Contains(store.Resources, resource => resource is { Type: "ImagingStudy", Category: SharingCategory.RadiologyImages, PersonId: { Length: > 0 } });
    }

    [Fact]
    public async Task A_study_that_its_sender_calls_whole_waits_for_nothing()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.Add(Study, time.GetUtcNow());
        hub.Gathering.Whole("lab", Study);
        await PassAsync(TimeSpan.FromSeconds(2), () => store.Rows.Count > 0);
        await TestHub.UntilAsync(() => store.Rows.Count == 1 && store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task Late_images_reopen_the_study_and_the_older_manifest_cannot_come_back()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        await AnnounceAsync(store, studies, 1);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
        await AnnounceAsync(store, studies, 2);
        await TestHub.UntilAsync(() => store.StateOf(2) == DepositState.Delivered);
        Assert.Equal(2, Instances(store));

        // As when the index takes a number apart: the first manifest is decided on again.
        store.Rows[0].Saga = store.Rows[0].Saga with { State = DepositState.Received };
        await hub.Flow.ResumeAsync(new(new(1), "lab", Study, DepositState.Received, null), CancellationToken.None);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Refused);
        Assert.Equal(RejectionCode.StudySuperseded, store.Rows[0].Rejection?.Code);
        Assert.Equal(2, Instances(store));
    }

    [Fact]
    public async Task A_crash_between_journal_and_note_leaves_one_deposit()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store) { BeforeAnnounced = () => throw new IOException("crash") };
        await using (await TestHub.StartAsync(store, time: time, studies: studies))
        {
            studies.Add(Study, time.GetUtcNow());
            await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count > 0);
            Assert.Equal(DepositState.Received, store.StateOf(1));
        }

        studies.BeforeAnnounced = () => { };
        await using var again = await TestHub.StartAsync(store, time: time, studies: studies);
        await PassAsync(TimeSpan.FromSeconds(2), () => store.StateOf(1) == DepositState.Delivered);
        await PassAsync(Quiet * 2);
        Assert.Single(store.Rows);
        Assert.Equal(1, store.Rows[0].Deliveries);
    }

    [Fact]
    public async Task A_study_that_cannot_be_read_keeps_no_other_waiting()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var (damaged, tries) = (true, 0);
        var studies = new MemoryStudies(store)
        {
            BeforeRead = study =>
            {
                if (study.StudyInstanceUid != "1.2.9" || !damaged) return;
                tries++;
                throw new RejectedException(new(RejectionCode.ContentDamaged, "study 1, column patient"));
            },
        };
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.Add("1.2.9", time.GetUtcNow());
        await PassAsync(TimeSpan.FromSeconds(1));
        studies.Add(Study, time.GetUtcNow());
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count == 1);
        Assert.Equal("1.2.3#2", store.Rows[0].Entry.ControlId);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(tries, 2, 12);

        damaged = false;
        await PassAsync(TimeSpan.FromMinutes(3), () => store.Rows.Count == 2);
        Assert.Equal("1.2.9#1", store.Rows[1].Entry.ControlId);
    }

    [Fact]
    public async Task Attributes_that_nest_as_deep_as_a_data_set_may_are_announced()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store) { Nested = 64 };
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.AddReport(Study, time.GetUtcNow(), "\"0040A730\":{\"vr\":\"SQ\"}");
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count == 1);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task A_study_that_waits_and_cannot_be_looked_at_keeps_no_other_waiting()
    {
        var store = new MemoryStore();
        var studies = new MemoryStudies(store);
        var policy = new ReportsLater { Provides = false };
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies, policy: policy);
        var enrolled = await hub.Index.EnrolAsync(TestHub.Citizen, "test", Role.Registrar, false, CancellationToken.None);
        Assert.True((await hub.Index.EnrolAsync(TestHub.Citizen with { DocumentNumber = "G123456A" }, "test", Role.Registrar, false, CancellationToken.None)).Accepted);
        studies.Add(Study, time.GetUtcNow());
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count == 1);
        studies.Add("1.2.4", time.GetUtcNow(), patient: "MR2", document: "G123456(A)");
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count == 2);
        await TestHub.UntilAsync(() => store.Rows.All(row => row.Saga.State == DepositState.Quarantined));

        policy.Failing = enrolled.Value.Id;
        policy.Provides = true;
        await PassAsync(TimeSpan.FromSeconds(31), () => store.StateOf(2) == DepositState.Delivered);
        Assert.Equal(DepositState.Quarantined, store.StateOf(1));
    }

    [Fact]
    public async Task A_study_of_an_unknown_citizen_waits_until_enrolment()
    {
        var store = new MemoryStore();
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        await AnnounceAsync(store, studies, 1);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Quarantined);
        Assert.Equal(RejectionCode.PersonUnknown, store.Rows[0].Rejection?.Code);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(DepositState.Quarantined, store.StateOf(1));
        Assert.DoesNotContain(store.Audit, entry => entry.Action == "replay");

        Assert.True((await hub.Index.EnrolAsync(TestHub.Citizen, "test", Role.Registrar, false, CancellationToken.None)).Accepted);
        await PassAsync(TimeSpan.FromSeconds(31), () => store.StateOf(1) == DepositState.Delivered);
        Assert.Contains(store.Audit, entry => entry is { Action: "replay", Actor: "hub", Target: "deposit:1" });
        Assert.Equal(1, Instances(store));
    }

    [Fact]
    public async Task A_study_whose_report_may_not_be_kept_is_not_replayed_for_nothing()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        var policy = new ReportsLater();
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies, policy: policy);
        studies.AddReport(Study, time.GetUtcNow(), "\"0040A730\":{\"vr\":\"SQ\"}");
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count > 0);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Quarantined);
        Assert.Equal(RejectionCode.CategoryOutOfScope, store.Rows[0].Rejection?.Code);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(store.Audit, entry => entry.Action == "replay");

        policy.Shared = true;
        await PassAsync(TimeSpan.FromSeconds(31), () => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task A_study_of_a_provider_that_lost_its_right_waits_until_it_has_it_again()
    {
        var store = new MemoryStore();
        var studies = new MemoryStudies(store);
        var policy = new ReportsLater { Provides = false };
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies, policy: policy);
        await AnnounceAsync(store, studies, 1);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Quarantined);
        Assert.True((await hub.Index.EnrolAsync(TestHub.Citizen, "test", Role.Registrar, false, CancellationToken.None)).Accepted);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(DepositState.Quarantined, store.StateOf(1));
        Assert.DoesNotContain(store.Audit, entry => entry.Action == "replay");

        policy.Provides = true;
        await PassAsync(TimeSpan.FromSeconds(31), () => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task A_study_without_consent_waits_until_it_is_given_again()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var person = (await store.FindByDocumentAsync("A1234563", CancellationToken.None))!;
        var joining = (await store.ForPersonAsync(person.Id, CancellationToken.None)).Single();
        await store.RevokeAsync(joining.Id, time.GetUtcNow(), new(time.GetUtcNow(), "test", "test", "consent-revoke", person.Id, "Consent", true, ""), CancellationToken.None);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        await AnnounceAsync(store, studies, 1);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Quarantined);
        Assert.Equal(RejectionCode.JoiningConsentWithdrawn, store.Rows[0].Rejection?.Code);

        await hub.Consents.AddAsync(
            new("0123456789abcdef0123456789abcdef", person.Id, ConsentKind.Joining, null, time.GetUtcNow(), null, null),
            new(time.GetUtcNow(), "test", "test", "consent-give", person.Id, "Consent", true, ""), CancellationToken.None);
        await PassAsync(TimeSpan.FromSeconds(31), () => store.StateOf(1) == DepositState.Delivered);
    }

    [Fact]
    public async Task Two_sources_that_send_the_same_study_are_two_deposits_and_two_studies()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.Add(Study, time.GetUtcNow());
        studies.Add(Study, time.GetUtcNow(), source: "clinic", patient: "X9", document: "G123456(A)");
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count == 2);
        await TestHub.UntilAsync(() => store.Rows.All(row => row.Saga.State is DepositState.Delivered or DepositState.Quarantined));
        Assert.Equal(DepositState.Delivered, store.Rows.Single(row => row.Entry.SourceId == "lab").Saga.State);
        Assert.Equal(DepositState.Quarantined, store.Rows.Single(row => row.Entry.SourceId == "clinic").Saga.State);
        Assert.Equal(1, Instances(store));
    }

    [Fact]
    public async Task A_study_whose_instances_name_two_patients_is_nobodys()
    {
        var store = await TestHub.StoreWithCitizenAsync(time);
        var studies = new MemoryStudies(store);
        await using var hub = await TestHub.StartAsync(store, time: time, studies: studies);
        studies.Add(Study, time.GetUtcNow());
        studies.Add(Study, time.GetUtcNow(), patient: "MR2");
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count > 0);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Quarantined);
        Assert.Equal(RejectionCode.StudyPatientsDiffer, store.Rows[0].Rejection?.Code);
        Assert.DoesNotContain(store.Resources, resource => resource.Type == "ImagingStudy");
    }

    private static int Instances(MemoryStore store)
    {
        using var study = JsonDocument.Parse(store.Resources.Single(resource => resource.Type == "ImagingStudy").Json);
        return study.RootElement.GetProperty("numberOfInstances").GetInt32();
    }

    private async Task AnnounceAsync(MemoryStore store, MemoryStudies studies, int deposit)
    {
        studies.Add(Study, time.GetUtcNow());
        await PassAsync(Quiet + TimeSpan.FromSeconds(1), () => store.Rows.Count >= deposit);
    }

    /// <summary>Lets time pass second by second; where something is to be seen, goes on until it is.</summary>
    private async Task PassAsync(TimeSpan by, Func<bool>? until = null)
    {
        for (var second = 0; second < by.TotalSeconds; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        if (until is null) return;
        for (var more = 0; more < 2_000 && !until(); more++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.True(until(), "It did not become so.");
    }

    /// <summary>The tables of the law, but for reports, and for providers, until a test says so.</summary>
    private sealed class ReportsLater : IAccessPolicy
    {
        private readonly AccessPolicy law = new();

        public bool Shared { get; set; }

        public bool Provides { get; set; } = true;

        /// <summary>The citizen of whom nothing can be decided.</summary>
        public string? Failing { get; set; }

        public AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at)
        {
            if (person.Id == Failing) throw new RejectedException(new(RejectionCode.ContentDamaged, "deposit 1, column bytes"));
            var decision = law.MayProvide(provider with { Active = Provides }, person, consents, at);
            return Shared ? decision : decision with { Permitted = decision.Permitted.Where(category => category != SharingCategory.LaboratoryAndRadiologyReports).ToHashSet() };
        }

        public AccessDecision MayObtain(ObtainRequest request) => law.MayObtain(request);

        public IReadOnlyList<DerivedRight> DerivedRights(DateTimeOffset at) => law.DerivedRights(at);
    }
}
