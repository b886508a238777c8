using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Tests.Routing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>No image without a decision on its citizen, and no decision without its entry in the audit trail.</summary>
public sealed class GateTests
{
    private static readonly AccessPrincipal Doctor = new("dr.synthetic", Role.Clinician, "hospital", null);

    private readonly GateBench bench = new();

    [Fact]
    public async Task A_permit_is_recorded_before_the_images_are_told()
    {
        bench.Keep("1.1", "ann");
        var selected = await bench.Images.SelectAsync(Doctor, ImagingUse.Retrieve, "1.1", null, null, CancellationToken.None);
        Assert.Single(selected.Value);
        var entry = Assert.Single(bench.Audit);
        Assert.Equal((AuditAction.ImageRetrieve, "ann", "studies/1.1", true), (entry.Action, entry.PersonId, entry.Target, entry.Permitted));
    }

    [Fact]
    public async Task A_withdrawal_holds_from_the_next_read_on()
    {
        bench.Keep("1.1", "ann");
        Assert.True((await bench.Images.SelectAsync(Doctor, ImagingUse.View, "1.1", null, null, CancellationToken.None)).Accepted);
        bench.Refuse("ann", RejectionCode.SharingConsentEnded);
        var refused = await bench.Images.SelectAsync(Doctor, ImagingUse.View, "1.1", null, null, CancellationToken.None);
        Assert.Equal(RejectionCode.SharingConsentEnded, refused.Rejection?.Code);
        Assert.Empty((await bench.Images.FindAsync(Doctor, Query(), CancellationToken.None)).Value);
        Assert.Equal([true, false, false], bench.Audit.Select(entry => entry.Permitted));
    }

    [Fact]
    public async Task A_view_of_a_study_is_one_entry_for_ten_minutes_and_a_refusal_ends_it()
    {
        bench.Keep("1.1", "ann");
        bench.Keep("1.1", "ann");
        bench.Keep("2.2", "ann");
        await ViewAsync("1.1", null);
        await ViewAsync("1.1", "1.1.1.1");
        await ViewAsync("1.1", "1.1.1.2");
        Assert.Equal(["studies/1.1"], bench.Audit.Select(entry => entry.Target));

        await ViewAsync("2.2", null);
        await ViewAsync("1.1", null, Doctor with { Origin = new("192.0.2.7") });
        await ViewAsync("1.1", null, Doctor with { Name = "dr.other" });
        Assert.Equal(4, bench.Audit.Count);

        bench.Refuse("ann", RejectionCode.SharingConsentEnded);
        await ViewAsync("1.1", "1.1.1.1");
        bench.Permit("ann", SharingCategory.RadiologyImages);
        await ViewAsync("1.1", "1.1.1.1");
        Assert.Equal([false, true], bench.Audit.Skip(4).Select(entry => entry.Permitted));

        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await ViewAsync("1.1", "1.1.1.1");
        Assert.Equal(7, bench.Audit.Count);
    }

    [Fact]
    public async Task Images_of_two_citizens_under_one_study_are_never_given_together()
    {
        bench.Keep("1.1", "ann");
        bench.Keep("1.1", "bob");
        Assert.Equal(RejectionCode.StudyOfSeveralCitizens, (await bench.Images.SelectAsync(Doctor, ImagingUse.View, "1.1", null, null, CancellationToken.None)).Rejection?.Code);
        Assert.Equal(["ann", "bob"], bench.Audit.Select(entry => entry.PersonId));

        bench.Refuse("bob", RejectionCode.SharingConsentEnded);
        Assert.Equal("ann", Assert.Single((await bench.Images.SelectAsync(Doctor, ImagingUse.View, "1.1", null, null, CancellationToken.None)).Value).PersonId);
    }

    [Fact]
    public async Task Each_retrieval_has_its_entry()
    {
        bench.Keep("1.1", "ann");
        for (var time = 0; time < 2; time++) await bench.Images.SelectAsync(Doctor, ImagingUse.Retrieve, "1.1", "1.1.1", "1.1.1.1", CancellationToken.None);
        Assert.Equal(["studies/1.1/series/1.1.1/instances/1.1.1.1", "studies/1.1/series/1.1.1/instances/1.1.1.1"], bench.Audit.Select(entry => entry.Target));
    }

    [Fact]
    public async Task A_role_that_may_not_see_images_is_refused_though_it_may_see_reports()
    {
        bench.Keep("1.1", "ann");
        bench.Permit("ann", SharingCategory.LaboratoryAndRadiologyReports);
        Assert.Equal(RejectionCode.CategoryOutOfScope, (await bench.Images.SelectAsync(Doctor, ImagingUse.View, "1.1", null, null, CancellationToken.None)).Rejection?.Code);
        Assert.Empty((await bench.Images.FindAsync(Doctor, Query(), CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_report_among_the_images_is_for_those_who_may_see_reports()
    {
        const string pdf = "1.2.840.10008.5.1.4.1.1.104.1";
        bench.Keep("1.1", "ann");
        bench.Keep("1.1", "ann", type: pdf);
        Assert.DoesNotContain((await bench.Images.SelectAsync(Doctor, ImagingUse.Retrieve, "1.1", null, null, CancellationToken.None)).Value, instance => instance.SopClassUid == pdf);
        bench.Permit("ann", SharingCategory.RadiologyImages, SharingCategory.LaboratoryAndRadiologyReports);
        Assert.Contains((await bench.Images.SelectAsync(Doctor, ImagingUse.Retrieve, "1.1", null, null, CancellationToken.None)).Value, instance => instance.SopClassUid == pdf);
    }

    [Fact]
    public async Task The_report_beside_a_study_takes_the_category_of_reports_and_an_entry_in_the_trail()
    {
        bench.Keep("1.1", "ann");
        Assert.Equal(RejectionCode.CategoryOutOfScope, (await bench.Reports.OfAsync(Doctor, "1.1", "ann", CancellationToken.None)).Rejection?.Code);
        bench.Permit("ann", SharingCategory.LaboratoryAndRadiologyReports);
        Assert.Equal("r1", Assert.Single((await bench.Reports.OfAsync(Doctor, "1.1", "ann", CancellationToken.None)).Value).Report.Id);
        Assert.Equal([(AuditAction.Read, "studies/1.1 DiagnosticReport", false), (AuditAction.Read, "studies/1.1 DiagnosticReport", true)], bench.Audit.Select(entry => (entry.Action, entry.Target, entry.Permitted)));
        bench.AuditFault = new IOException("disk");
        Assert.Equal(RejectionCode.StoreUnavailable, (await bench.Reports.OfAsync(Doctor, "1.1", "ann", CancellationToken.None)).Rejection?.Code);
    }

    [Fact]
    public async Task Without_an_audit_trail_nothing_leaves()
    {
        bench.Keep("1.1", "ann");
        bench.AuditFault = new IOException("disk");
        Assert.Equal(RejectionCode.StoreUnavailable, (await bench.Images.SelectAsync(Doctor, ImagingUse.View, "1.1", null, null, CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.StoreUnavailable, (await bench.Images.FindAsync(Doctor, Query(), CancellationToken.None)).Rejection?.Code);
    }

    [Fact]
    public async Task Refused_unknown_and_not_yet_filed_look_alike()
    {
        bench.Keep("1.1", "bob");
        bench.Refuse("bob", RejectionCode.JoiningConsentWithdrawn);
        bench.Keep("2.2", null, InstanceState.Quarantined);
        bench.Keep("3.3", null, InstanceState.Kept);
        var answers = new List<Rejection?>();
        foreach (var study in (string[])["1.1", "2.2", "3.3", "9.9"]) answers.Add((await bench.Images.SelectAsync(Doctor, ImagingUse.Retrieve, study, null, null, CancellationToken.None)).Rejection);
        Assert.NotNull(answers[0]);
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Empty((await bench.Images.FindAsync(Doctor, Query(), CancellationToken.None)).Value);

        // In the trail they differ: who watches it must see who was asked about.
        Assert.Equal(["bob", null, null, null, "bob"], bench.Audit.Select(entry => entry.PersonId));
    }

    [Fact]
    public async Task One_question_is_one_decision_on_each_citizen_and_shows_only_the_permitted()
    {
        for (var at = 0; at < 5; at++) bench.Keep($"1.{at}", "ann");
        for (var at = 0; at < 5; at++) bench.Keep($"2.{at}", "bob");
        bench.Refuse("bob", RejectionCode.SharingConsentMissing);
        var found = await bench.Images.FindAsync(Doctor, Query(), CancellationToken.None);
        Assert.Equal(5, found.Value.Count);
        Assert.All(found.Value, match => Assert.Equal("ann", match.PersonId));
        Assert.Equal(2, bench.Audit.Count);
        Assert.All(bench.Audit, entry => Assert.Equal((AuditAction.ImageSearch, "studies?00100010"), (entry.Action, entry.Target)));
        Assert.Equal("1.3", Assert.Single((await bench.Images.FindAsync(Doctor, Query() with { Skip = 3, Count = 1 }, CancellationToken.None)).Value).Key.StudyInstanceUid);
    }

    [Fact]
    public async Task A_question_that_touches_everybody_is_refused()
    {
        for (var at = 0; at < 60; at++) bench.Keep($"1.{at}", $"person{at}");
        Assert.Equal(RejectionCode.ImagingQueryTooBroad, (await bench.Images.FindAsync(Doctor, Query(), CancellationToken.None)).Rejection?.Code);

        // Nobody of them was read: the trail has the question alone.
        var entry = Assert.Single(bench.Audit);
        Assert.Equal((AuditAction.ImageSearch, null, false), (entry.Action, entry.PersonId, entry.Permitted));
        Assert.Contains("870", entry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_study_that_two_citizens_share_only_the_permitted_ones_images_leave()
    {
        bench.Keep("1.1", "ann");
        bench.Keep("1.1", "bob");
        bench.Refuse("bob", RejectionCode.SharingConsentMissing);
        var selected = await bench.Images.SelectAsync(Doctor, ImagingUse.Retrieve, "1.1", null, null, CancellationToken.None);
        Assert.Equal("ann", Assert.Single(selected.Value).PersonId);
        Assert.Equal([true, false], bench.Audit.Select(entry => entry.Permitted));
    }

    private async Task ViewAsync(string study, string? instance, AccessPrincipal? reader = null) =>
        await bench.Images.SelectAsync(reader ?? Doctor, ImagingUse.View, study, instance is null ? null : study + ".1", instance, CancellationToken.None);

    private static ImagingQuery Query() => new(QueryLevel.Study, [new(0x00100010, "SYNTHETIC*")], 0, 100);

    /// <summary>The gate on a store, a policy and a trail of its own.</summary>
    private sealed class GateBench : IInstanceStore, IRecordAccess, IAuditTrail
    {
        private readonly List<KeptInstance> kept = [];
        private readonly Dictionary<string, AccessDecision> decisions = [];

        public GateBench() => Rooms = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<TimeProvider>(Time).AddSingleton<IInstanceStore>(this).AddSingleton<IRecordAccess>(this).AddSingleton<IAuditTrail>(this)
            .AddSingleton<IRecordReader>(new MemoryStore()).AddSingleton<IStudyStore>(OneReport()).AddImagingRecord().BuildServiceProvider();

        public ManualTime Time { get; } = new();

        public ServiceProvider Rooms { get; }

        public IImagingRecord Images => Rooms.GetRequiredService<IImagingRecord>();

        /// <summary>On a record that has one report of ann.</summary>
        public IStudyReports Reports => Rooms.GetRequiredService<IStudyReports>();

        public List<AuditEntry> Audit { get; } = [];

        public Exception? AuditFault { get; set; }

        public void Keep(string study, string? person, InstanceState state = InstanceState.Filed, string type = "1.2.840.10008.5.1.4.1.1.2")
        {
            var number = kept.Count + 1;
            kept.Add(new(new(study, $"{study}.1", $"{study}.1.{number}"), type, "1.2.840.10008.1.2.1", "", 1, 1, "lab", "hospital", default, state, person));
            if (person is not null) decisions.TryAdd(person, Granted(SharingCategory.RadiologyImages));
        }

        public void Refuse(string person, RejectionCode code) => decisions[person] = new(new(code, "Refused in the test"), "rule", new HashSet<SharingCategory>());

        public void Permit(string person, params SharingCategory[] categories) => decisions[person] = Granted(categories);

        public ValueTask<RecordAccess> DecideAsync(AccessPrincipal principal, string? personId, CancellationToken cancellationToken) => ValueTask.FromResult(personId is null
            ? new RecordAccess(null, [], new(new(RejectionCode.JoiningConsentMissing, "Nobody"), "rule", new HashSet<SharingCategory>()))
            : new(new(personId, "A1234563", "", "", "", AdministrativeSex.Unknown, default, default), Array.Empty<Consent>(), decisions[personId]));

        public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
        {
            if (AuditFault is not null) throw AuditFault;
            Audit.Add(entry);
            return Task.CompletedTask;
        }

        public ValueTask<IReadOnlyList<KeptInstance>> SelectAsync(string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<KeptInstance>>([.. kept.Where(instance => instance.Key.StudyInstanceUid == studyInstanceUid)]);

        public ValueTask<Result<IReadOnlyList<ImagingMatch>>> QueryAsync(ImagingQuery query, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Result<IReadOnlyList<ImagingMatch>>>(
                kept.Skip(query.Skip).Take(query.Count).Select(instance => new ImagingMatch(instance.Key, instance.PersonId, "hospital", instance.State, [])).ToList());

        public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<Result<IInstanceObject>> BeginAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<KeptInstance?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static AccessDecision Granted(params SharingCategory[] categories) => new(null, "rule", categories.ToHashSet());

        private static MemoryStudies OneReport()
        {
            var studies = new MemoryStudies(new());
            studies.Reports.Add(new("DiagnosticReport", "r1", 1, default, "ann", SharingCategory.LaboratoryAndRadiologyReports, "lab", new(1), "{}"u8.ToArray()));
            studies.Reports.Add(studies.Reports[0] with { Id = "of-another", PersonId = "bob" });
            return studies;
        }
    }
}
