using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Studies gather from instances, are announced, and become whose the decision on their manifest says.</summary>
public abstract class StudyCompliance : StoreCompliance
{
    private const string Study = "2.25.1";
    private const string Source = "synthetic-pacs";
    private const string Other = "another-source";

    [Fact]
    public async Task A_study_is_quiet_after_its_last_instance_and_gone_from_the_list_once_announced()
    {
        await KeepAsync("2.25.9.1", Noon);
        await KeepAsync("2.25.9.2", Noon.AddSeconds(20));
        Assert.Empty(await Store.Studies.QuietAsync(Noon.AddSeconds(19), 10, Cancel));
        var quiet = Assert.Single(await Store.Studies.QuietAsync(Noon.AddSeconds(20), 10, Cancel));
        Assert.Equal((Source, Study, Noon.AddSeconds(20)), (quiet.SourceId, quiet.StudyInstanceUid, quiet.LastAt));

        var content = await Store.Studies.ReadAsync(quiet, Cancel);
        Assert.Equal(0, content.Conflicts);
        Assert.Equal(2, Assert.Single(content.Series).Instances.Count);
        Assert.Contains("T0001", Encoding.UTF8.GetString(content.Patient.Span), StringComparison.Ordinal);

        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyNotAnnounced, null, Noon.AddHours(1), 10, Cancel));
        var unread = Assert.Single(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyNotAnnounced, Source, Noon.AddHours(2), 10, Cancel));
        Assert.Equal((Study, 2, null), (unread.StudyInstanceUid, unread.Instances, unread.Deposit));

        await Store.Studies.AnnouncedAsync(quiet, Cancel);
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyNotAnnounced, null, Noon.AddHours(2), 10, Cancel));
        Assert.Empty(await Store.Studies.QuietAsync(Noon.AddDays(1), 10, Cancel));
        Assert.Null(await Store.Studies.FindAsync(Source, Study, Cancel));
        Assert.False(await Store.Studies.IsSupersededAsync(Source, Study, quiet.Revision, Cancel));

        await KeepAsync("2.25.9.3", Noon.AddHours(1));
        await Store.ReopenAsync();
        var late = Assert.Single(await Store.Studies.QuietAsync(Noon.AddHours(1), 10, Cancel));
        Assert.True(late.Revision > quiet.Revision);
        await Store.Studies.AnnouncedAsync(late, Cancel);
        Assert.True(await Store.Studies.IsSupersededAsync(Source, Study, quiet.Revision, Cancel));
        // The first revision is told as it was.
        Assert.Equal(2, (await Store.Studies.ReadAsync(quiet, Cancel)).Series[0].Instances.Count);
    }

    [Fact]
    public async Task Delivered_files_the_instances_of_the_manifest_and_no_later_one()
    {
        await KeepAsync("2.25.9.1", Noon);
        var study = await AnnounceAsync();
        await KeepAsync("2.25.9.2", Noon.AddSeconds(1));
        await DeliverAsync(study, PersonId);
        Assert.Equal([(InstanceState.Filed, PersonId), (InstanceState.Kept, null)], await StatesAsync());
        var found = await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 10, PersonId), Cancel);
        Assert.Equal(InstanceState.Filed, Assert.Single(found.Value).State);
    }

    [Fact]
    public async Task Quarantined_waits_and_is_nobodys_until_it_is_delivered()
    {
        await KeepAsync("2.25.9.1", Noon);
        var study = await AnnounceAsync();
        var deposit = await JournalAsync(study);
        var unknown = new Rejection(RejectionCode.PersonUnknown, "Nobody");
        await Store.Deposits.CommitAsync(Commit(deposit, DepositState.Quarantined, rejection: unknown, personId: null), Cancel);
        Assert.Equal([(InstanceState.Quarantined, null)], await StatesAsync());
        Assert.Equal(new WaitingStudy(deposit, Source, Study, study.Revision), Assert.Single(await Store.Studies.WaitingAsync(default, 10, Cancel)));
        Assert.Empty(await Store.Studies.WaitingAsync(deposit, 10, Cancel));
        var line = Assert.Single(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyWaiting, null, Noon.AddDays(1), 10, Cancel));
        Assert.Equal((Source, Study, 1, RejectionCode.PersonUnknown), (line.SourceId, line.StudyInstanceUid, line.Instances, line.Rejection));

        await Store.Deposits.CommitAsync(Commit(deposit, version: 1, resources: [Images()]), Cancel);
        Assert.Equal([(InstanceState.Filed, PersonId)], await StatesAsync());
        Assert.Empty(await Store.Studies.WaitingAsync(default, 10, Cancel));
    }

    [Fact]
    public async Task An_older_manifest_that_is_refused_again_does_not_take_the_newest_ones_place()
    {
        await KeepAsync("2.25.9.1", Noon);
        var older = await JournalAsync(await AnnounceAsync());
        await KeepAsync("2.25.9.2", Noon.AddSeconds(1));
        var study = await AnnounceAsync();
        var newest = await JournalAsync(study);
        foreach (var (deposit, version, code) in new[] { (older, 0, RejectionCode.PersonUnknown), (newest, 0, RejectionCode.PersonUnknown), (older, 1, RejectionCode.StudySuperseded) })
            Assert.True((await Store.Deposits.CommitAsync(Commit(deposit, DepositState.Quarantined, version, rejection: new(code, "Not now"), personId: null), Cancel)).Accepted);
        Assert.Equal(new WaitingStudy(newest, Source, Study, study.Revision), Assert.Single(await Store.Studies.WaitingAsync(default, 10, Cancel)));
    }

    [Fact]
    public async Task What_another_source_sent_of_the_study_is_not_filed_with_it()
    {
        await KeepAsync("2.25.9.1", Noon);
        await new SyntheticInstance("2.25.9.2") { SourceId = "another-source", PatientId = "X2", ReceivedAt = Noon }.KeepAsync(Store.Instances);
        await KeepAsync("2.25.9.3", Noon);
        var quiet = await Store.Studies.QuietAsync(Noon, 10, Cancel);
        Assert.Equal(2, quiet.Count);
        var study = quiet.Single(each => each.SourceId == Source);
        var content = await Store.Studies.ReadAsync(study, Cancel);
        Assert.Equal(0, content.Conflicts);
        Assert.Equal(2, content.Series[0].Instances.Count);
        Assert.DoesNotContain("X2", Encoding.UTF8.GetString(content.Patient.Span), StringComparison.Ordinal);
        Assert.Contains("X2", Encoding.UTF8.GetString((await Store.Studies.ReadAsync(quiet.Single(each => each.SourceId != Source), Cancel)).Patient.Span), StringComparison.Ordinal);
        await DeliverAsync(study, PersonId);
        Assert.Equal([(InstanceState.Filed, PersonId), (InstanceState.Kept, null), (InstanceState.Filed, PersonId)], await StatesAsync());
        var shown = await Store.Instances.QueryAsync(new(QueryLevel.Instance, [], 0, 10, PersonId), Cancel);
        Assert.Equal(2, shown.Value.Count(match => match.State == InstanceState.Filed));
    }

    [Fact]
    public async Task A_citizens_study_of_two_sources_is_one_study_with_all_images()
    {
        await KeepOfBothAsync();
        foreach (var source in (string[])[Source, Other]) await DeliverAsync(await AnnounceAsync(source), PersonId, $"study-of-{source}");

        // Found by what either source says, and told once, as that source says it.
        foreach (var (number, series) in new[] { ("T0001", 2), ("X2", 2) })
        {
            var study = Assert.Single(await FindAsync(QueryLevel.Study, (0x00100020, number)));
            Assert.Contains(number, Encoding.UTF8.GetString(study.Json[0].Span), StringComparison.Ordinal);
            Assert.Equal((series, 3), (CountIn(study.Json[1], "00201206"), CountIn(study.Json[1], "00201208")));
        }

        var found = await FindAsync(QueryLevel.Series, (0x0020000D, Study));
        Assert.Equal([("2.25.1.1", 2), ("2.25.1.2", 1)], found.Select(match => (match.Key.SeriesInstanceUid, CountIn(match.Json[2], "00201209"))).Order());
        Assert.Equal(3, (await FindAsync(QueryLevel.Instance, (0x0020000D, Study))).Count(match => match is { State: InstanceState.Filed, PersonId: not null }));
        Assert.Equal(["2.25.9.1", "2.25.8.1", "2.25.8.2"], (await Store.Instances.SelectAsync(Study, null, null, Cancel)).Select(instance => instance.Key.SopInstanceUid));
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyOfTwoCitizens, null, Noon.AddDays(1), 10, Cancel));
        // The second page begins behind the one match.
        Assert.Empty((await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 1, 10), Cancel)).Value);
    }

    [Fact]
    public async Task A_study_UID_of_two_citizens_is_two_studies_and_the_desk_says_so()
    {
        var (one, two) = (Person("A1234563"), Person("G123456A"));
        foreach (var person in (Routing.Contracts.Identity.Person[])[one, two]) await Store.Persons.AddAsync(person, [], Joining(person.Id), Audit("enrol", person.Id), Cancel);
        await KeepOfBothAsync();
        await DeliverAsync(await AnnounceAsync(Source), one.Id, "study-1");
        await DeliverAsync(await AnnounceAsync(Other), two.Id, "study-2");

        foreach (var (person, number, count) in new[] { (one.Id, "T0001", 1), (two.Id, "X2", 2) })
        {
            var study = Assert.Single((await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 10, person), Cancel)).Value);
            Assert.Contains(number, Encoding.UTF8.GetString(study.Json[0].Span), StringComparison.Ordinal);
            Assert.Equal(count, CountIn(study.Json[1], "00201208"));
        }

        Assert.Equal(2, (await FindAsync(QueryLevel.Study)).Count);
        var lines = await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyOfTwoCitizens, null, Noon.AddDays(1), 10, Cancel);
        Assert.Equal([(Source, 1), (Other, 2)], lines.Select(line => (line.SourceId, line.Instances)));
        Assert.Null(await Store.ImagingDesk.DismissAsync(ImagingMismatch.StudyOfTwoCitizens, lines[0].Number, lines[0].Known, new(Noon, "operator.one", DismissalReason.SentInError, ""), Audit(), Cancel));
        Assert.Equal(Other, Assert.Single(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyOfTwoCitizens, null, Noon.AddDays(1), 10, Cancel)).SourceId);
        Assert.Single(await Store.ImagingDesk.DismissedAsync(ImagingMismatch.StudyOfTwoCitizens, null, 10, Cancel));

        await Store.PersonLinks.MergeAsync(one.Id, two.Id, new("registrar", Noon, "the same"), Audit("merge", one.Id), Cancel);
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.StudyOfTwoCitizens, null, Noon.AddDays(1), 10, Cancel));
        Assert.Equal(3, CountIn(Assert.Single(await FindAsync(QueryLevel.Study)).Json[1], "00201208"));
    }

    [Fact]
    public async Task Images_follow_their_citizen_when_registrars_merge_and_split()
    {
        var (stays, goes) = (Person("A1234563"), Person("G123456A"));
        await Store.Persons.AddAsync(stays, [], Joining(stays.Id), Audit("enrol", stays.Id), Cancel);
        await Store.Persons.AddAsync(goes, [], Joining(goes.Id), Audit("enrol", goes.Id), Cancel);
        await KeepAsync("2.25.9.1", Noon);
        await DeliverAsync(await AnnounceAsync(), goes.Id);
        await Store.PersonLinks.MergeAsync(stays.Id, goes.Id, new("registrar", Noon, "the same"), Audit("merge", stays.Id), Cancel);
        Assert.Equal([(InstanceState.Filed, stays.Id)], await StatesAsync());
        await Store.PersonLinks.SplitAsync(goes.Id, new("registrar", Noon, "not the same"), Audit("split", goes.Id), Cancel);
        Assert.Equal([(InstanceState.Filed, goes.Id)], await StatesAsync());
    }

    [Fact]
    public async Task Order_and_images_find_each_other_by_accession_number_whichever_comes_first()
    {
        await Store.DeliverAsync("O1", Resource("ServiceRequest", "order-1", index: ResourceIndex.Empty with { Accession = "ACC1" }));
        Assert.Equal(["ACC1"], await OpenAsync(ImagingMismatch.OrderWithoutImages));
        await KeepAsync("2.25.9.1", Noon);
        await DeliverAsync(await AnnounceAsync(), PersonId);
        Assert.Empty(await OpenAsync(ImagingMismatch.OrderWithoutImages));
        Assert.Empty(await OpenAsync(ImagingMismatch.ImagesWithoutOrder));

        await new SyntheticInstance("2.25.8.1") { StudyInstanceUid = "2.25.2", SeriesInstanceUid = "2.25.2.1", ReceivedAt = Noon }.KeepAsync(Store.Instances);
        var other = (await Store.Studies.FindAsync(Source, "2.25.2", Cancel))!;
        await Store.Studies.AnnouncedAsync(other, Cancel);
        await Store.Deposits.CommitAsync(Commit(await JournalAsync(other), resources: [Images("study-2", "ACC2")]), Cancel);
        Assert.Equal(["ACC2"], await OpenAsync(ImagingMismatch.ImagesWithoutOrder));
        await Store.DeliverAsync("O2", Resource("ServiceRequest", "order-2", index: ResourceIndex.Empty with { Accession = "ACC2" }));
        Assert.Empty(await OpenAsync(ImagingMismatch.ImagesWithoutOrder));
    }

    [Fact]
    public async Task A_document_that_does_not_say_what_study_it_is_of_takes_nothing_from_the_study()
    {
        await KeepAsync("2.25.9.1", Noon);
        Assert.True((await new SyntheticInstance("2.25.9.2") { ReceivedAt = Noon, AccessionNumber = "", StudyDate = "" }.KeepAsync(Store.Instances)).Accepted);
        var content = await Store.Studies.ReadAsync((await Store.Studies.FindAsync(Source, Study, Cancel))!, Cancel);
        Assert.Equal(2, content.Series.Sum(series => series.Instances.Count));
        Assert.Contains("ACC1", Encoding.UTF8.GetString(content.Study.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reports_of_a_study_are_those_of_its_manifests_and_of_its_accession_number()
    {
        await Store.Registry.SaveAsync(new Routing.Contracts.Registry.Provider("centre", "Synthetic", "合成", Routing.Contracts.Registry.ProviderKind.RadiologyCentre), Cancel);
        await Store.Registry.SaveAsync(new Routing.Contracts.Registry.ServiceLocation("centre-1", "centre", "Synthetic", "合成"), Cancel);
        foreach (var source in (string[])[Source, "synthetic-lab"]) await Store.Registry.SaveAsync(new Routing.Contracts.Registry.Source(source, "centre", "centre-1", source, "SYNTHETIC"), Cancel);
        await KeepAsync("2.25.9.1", Noon);
        var study = await AnnounceAsync();
        Assert.True((await Store.Deposits.CommitAsync(Commit(await JournalAsync(study), resources: [Images(accession: "ACC1"), Resource("DiagnosticReport", "within")]), Cancel)).Accepted);
        await Store.DeliverAsync("R1", Resource("DiagnosticReport", "beside", index: ResourceIndex.Empty with { Accession = "ACC1" }), Resource("DiagnosticReport", "other", index: ResourceIndex.Empty with { Accession = "ACC2" }));
        Assert.Equal(["beside", "within"], (await Store.Studies.ReportsAsync(PersonId, Study, Cancel)).Select(report => report.Id));
        Assert.Empty(await Store.Studies.ReportsAsync(PersonId, "2.25", Cancel));
        Assert.Empty(await Store.Studies.ReportsAsync("ffffffffffffffffffffffffffffffff", Study, Cancel));
    }

    private async Task<string[]> OpenAsync(ImagingMismatch mismatch) =>
        [.. (await Store.ImagingDesk.ListAsync(mismatch, null, Noon.AddDays(1), 10, Cancel)).Select(line => line.AccessionNumber)];

    private async Task KeepAsync(string uid, DateTimeOffset at) => Assert.True((await new SyntheticInstance(uid) { ReceivedAt = at }.KeepAsync(Store.Instances)).Accepted);

    /// <summary>One instance of the first source; of the other one in the same series, and one in a series that it alone sent.</summary>
    private async Task KeepOfBothAsync()
    {
        await KeepAsync("2.25.9.1", Noon);
        var other = new SyntheticInstance("2.25.8.1") { SourceId = Other, PatientId = "X2", ReceivedAt = Noon, InstanceNumber = 2 };
        Assert.True((await other.KeepAsync(Store.Instances)).Accepted);
        Assert.True((await (other with { SopInstanceUid = "2.25.8.2", SeriesInstanceUid = "2.25.1.2", SeriesNumber = 2 }).KeepAsync(Store.Instances)).Accepted);
    }

    private async Task<IReadOnlyList<ImagingMatch>> FindAsync(QueryLevel level, params (uint Tag, string Value)[] matches) =>
        (await Store.Instances.QueryAsync(new(level, [.. matches.Select(match => new AttributeMatch(match.Tag, match.Value))], 0, 10), Cancel)).Value;

    private static int CountIn(ReadOnlyMemory<byte> json, string tag)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.GetProperty(tag).GetProperty("Value")[0].GetInt32();
    }

    private async Task<GatheringStudy> AnnounceAsync(string source = Source)
    {
        var study = (await Store.Studies.FindAsync(source, Study, Cancel))!;
        await Store.Studies.AnnouncedAsync(study, Cancel);
        return study;
    }

    private async Task<DepositId> JournalAsync(GatheringStudy study)
    {
        var receipt = await Store.Journal.AppendAsync(
            Entry(StudyManifest.ControlIdOf(study.StudyInstanceUid, study.Revision), "{}", study.SourceId, type: StudyManifest.MessageType), Cancel);
        return receipt.Value.DepositId;
    }

    private async Task DeliverAsync(GatheringStudy study, string personId, string id = "study-1") =>
        Assert.True((await Store.Deposits.CommitAsync(Commit(await JournalAsync(study), resources: [Images(id)], personId: personId), Cancel)).Accepted);

    private async Task<(InstanceState, string?)[]> StatesAsync() =>
        [.. (await Store.Instances.SelectAsync(Study, null, null, Cancel)).OrderBy(instance => instance.Key.SopInstanceUid, StringComparer.Ordinal).Select(instance => (instance.State, instance.PersonId))];

    private static TranslatedResource Images(string id = "study-1", string accession = "ACC1") =>
        Resource("ImagingStudy", id, index: ResourceIndex.Empty with { Accession = accession }, category: SharingCategory.RadiologyImages);
}
