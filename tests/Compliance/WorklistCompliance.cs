using System.Text;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Orders for images stand in the worklist from their commit on; performed steps take them off it, and say which images are to come.</summary>
public abstract class WorklistCompliance : StoreCompliance
{
    private const string OrderSource = "synthetic-lab";
    private const string Centre = "synthetic-centre";
    private const string Study = "2.25.1";
    private const string Start = "2026-11-22T09:00:00+08:00";

    private static readonly DateTimeOffset Nine = new(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(8));

    private int revision;

    [Fact]
    public async Task An_order_is_open_from_its_commit_with_its_patient_as_the_source_knows_him()
    {
        await DeliverAsync(Order(), Resource("Patient", "patient-1", "\"gender\":\"female\""));

        var open = Assert.Single(await OpenAsync());
        Assert.Equal(("order-1", "patient-1", Study, StepState.Scheduled, Nine), (open.Order.Id, open.Patient?.Id, open.StudyInstanceUid, open.State, open.Start));
        Assert.Empty(await Store.Worklist.OpenAsync(["another-source"], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 10, Cancel));
        Assert.Empty(await Store.Worklist.OpenAsync([], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 10, Cancel));
        Assert.Empty(await Store.Worklist.OpenAsync([OrderSource], Nine.AddMinutes(1), DateTimeOffset.MaxValue, 10, Cancel));
        Assert.Empty(await Store.Worklist.OpenAsync([OrderSource], DateTimeOffset.UnixEpoch, Nine, 10, Cancel));
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("completed")]
    [InlineData("on-hold")]
    public async Task An_order_that_is_not_active_is_not_open_until_it_is_again(string status)
    {
        await DeliverAsync(Order());
        await DeliverAsync(Order(status));
        Assert.Empty(await OpenAsync());
        await DeliverAsync(Order());
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task A_study_without_a_UID_is_given_one_that_stays()
    {
        await DeliverAsync(Order(examination: new(null, null, Start)));
        var made = Assert.Single(await OpenAsync()).StudyInstanceUid;
        Assert.Matches("^2\\.25\\.[1-9][0-9]{30,38}$", made);

        await Store.ReopenAsync();
        await DeliverAsync(Order("active", new(null, null, "2026-11-23T09:00:00+08:00")));
        var later = Assert.Single(await OpenAsync());
        Assert.Equal((made, Nine.AddDays(1)), (later.StudyInstanceUid, later.Start));
    }

    [Fact]
    public async Task A_step_is_kept_with_what_it_said_and_only_over_the_version_it_was_read_with()
    {
        await RegisterAsync();
        await SaveAsync(StepState.InProgress);
        var known = (await Store.PerformedSteps.FindAsync("2.25.700", Cancel))!;
        Assert.Equal((StepState.InProgress, 1, "{}", Study, Centre), (known.State, known.Version, Encoding.UTF8.GetString(known.Attributes.Span), known.StudyInstanceUid, known.ProviderId));
        Assert.Equal(32, known.Created.Length);
        Assert.True(known.Changed.IsEmpty);
        Assert.Equal(RejectionCode.VersionConflict, (await Store.PerformedSteps.SaveAsync(known with { Version = 0 }, [], [], Audit(), Noon, Cancel))?.Code);
        Assert.Null(await Store.PerformedSteps.FindAsync("2.25.701", Cancel));
    }

    [Theory]
    [InlineData(StepState.Completed)]
    [InlineData(StepState.Discontinued)]
    public async Task A_step_begins_and_ends_the_order_that_it_performs(StepState end)
    {
        await RegisterAsync();
        await DeliverAsync(Order());
        await SaveAsync(StepState.InProgress);
        Assert.Equal(StepState.InProgress, Assert.Single(await OpenAsync()).State);
        await SaveAsync(end);
        Assert.Empty(await OpenAsync());

        // Put off to another day, a discontinued one is to be done again.
        await DeliverAsync(Order("active", new(Study, "SPS1", "2026-11-23T09:00:00+08:00")));
        Assert.Equal(end == StepState.Discontinued, (await OpenAsync()).Count == 1);
    }

    [Fact]
    public async Task Each_step_of_an_order_is_open_for_itself_and_goes_with_its_order()
    {
        await RegisterAsync();
        await DeliverAsync(OrderIn(new(Study, "SPS1", Start), new(Study, "SPS2", Start)));
        Assert.Equal([("SPS1", StepState.Scheduled), ("SPS2", StepState.Scheduled)], (await OpenAsync()).Select(open => (open.StepId, open.State)));
        Assert.Single(await Store.ImagingDesk.ListAsync(ImagingMismatch.OrderWithoutImages, null, Nine.AddMinutes(1), 10, Cancel));

        await SaveAsync(StepState.InProgress);
        Assert.Equal([StepState.InProgress, StepState.Scheduled], (await OpenAsync()).Select(open => open.State));
        await SaveAsync(StepState.Completed);
        Assert.Equal("SPS2", Assert.Single(await OpenAsync()).StepId);

        // An update has all steps: what is done stays done, what is no longer there is not asked for.
        await DeliverAsync(OrderIn(new(Study, "SPS1", Start), new(Study, "SPS3", Start)));
        Assert.Equal("SPS3", Assert.Single(await OpenAsync()).StepId);
        await DeliverAsync(Order("revoked", new(Study, "SPS3", Start)));
        Assert.Empty(await OpenAsync());
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.OrderWithoutImages, null, Nine.AddMinutes(1), 10, Cancel));
    }

    [Fact]
    public async Task A_step_of_another_provider_or_of_another_number_leaves_the_order_as_it_is()
    {
        await RegisterAsync();
        await DeliverAsync(Order());
        var step = Step(StepState.InProgress, 0);
        await Store.PerformedSteps.SaveAsync(step with { ProviderId = "other-centre", SopInstanceUid = "2.25.1000" }, [new(Study, "SPS1")], [], Audit(), Noon, Cancel);
        await Store.PerformedSteps.SaveAsync(step, [new(Study, "SPS2")], [], Audit(), Noon, Cancel);
        Assert.Equal(StepState.Scheduled, Assert.Single(await OpenAsync()).State);
    }

    [Fact]
    public async Task The_last_instance_of_all_that_steps_made_announces_the_study_at_once_and_only_once()
    {
        await RegisterAsync();
        await SaveAsync(StepState.InProgress);
        await KeepAsync("2.25.9.1");
        await SaveAsync(StepState.Completed, "2.25.9.1", "2.25.9.2");
        Assert.Empty(await WholeAsync());
        Assert.Equal((1, 1), await MissingAsync());

        await KeepAsync("2.25.9.2");
        var study = Assert.Single(await WholeAsync());
        Assert.Equal(Study, study.StudyInstanceUid);
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.InstancesMissing, null, Noon.AddDays(1), 10, Cancel));
        await Store.Studies.AnnouncedAsync(study, Cancel);

        // What nobody had said comes late, and waits as all else does.
        await KeepAsync("2.25.9.3");
        Assert.Empty(await WholeAsync());
    }

    [Fact]
    public async Task A_step_that_ends_after_its_images_announces_the_study_unless_another_goes_on()
    {
        await RegisterAsync();
        await SaveAsync(StepState.InProgress);
        await Store.PerformedSteps.SaveAsync(Step(StepState.InProgress, 0) with { SopInstanceUid = "2.25.701" }, [], [], Audit(), Noon, Cancel);
        await KeepAsync("2.25.9.1");
        await SaveAsync(StepState.Completed, "2.25.9.1");
        Assert.Empty(await WholeAsync());
        await Store.PerformedSteps.SaveAsync(Step(StepState.Discontinued, 1) with { SopInstanceUid = "2.25.701" }, [], [], Audit(), Noon, Cancel);
        Assert.Single(await WholeAsync());
    }

    [Fact]
    public async Task An_order_is_without_images_from_its_time_on_until_a_study_of_its_UID_is_filed()
    {
        await DeliverAsync(Order());
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.OrderWithoutImages, null, Nine, 10, Cancel));
        var line = Assert.Single(await Store.ImagingDesk.ListAsync(ImagingMismatch.OrderWithoutImages, OrderSource, Nine.AddMinutes(1), 10, Cancel));
        Assert.Equal((Nine, ""), (line.At, line.AccessionNumber));

        await KeepAsync("2.25.9.1");
        var study = (await Store.Studies.FindAsync("synthetic-pacs", Study, Cancel))!;
        var receipt = await Store.Journal.AppendAsync(Entry(StudyManifest.ControlIdOf(Study, study.Revision), "{}", study.SourceId, type: StudyManifest.MessageType), Cancel);
        await Store.Deposits.CommitAsync(Commit(receipt.Value.DepositId, resources: [Resource("ImagingStudy", "study-1", category: SharingCategory.RadiologyImages)]), Cancel);
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.OrderWithoutImages, null, Nine.AddDays(1), 10, Cancel));
        Assert.Empty(await Store.ImagingDesk.ListAsync(ImagingMismatch.ImagesWithoutOrder, null, Nine.AddDays(1), 10, Cancel));
    }

    private static EHealthPlus.Routing.Contracts.Messages.TranslatedResource Order(string status = "active", ScheduledExamination? examination = null) =>
        Resource("ServiceRequest", "order-1", $"\"status\":\"{status}\",\"note\":\"{examination?.Start}\"", new ResourceIndex(status, null, [], []) { Examinations = [examination ?? new(Study, "SPS1", Start)] });

    private EHealthPlus.Routing.Contracts.Messages.TranslatedResource OrderIn(params ScheduledExamination[] steps) =>
        Resource("ServiceRequest", "order-1", $"\"status\":\"active\",\"note\":\"{revision}\"", new ResourceIndex("active", null, [], []) { Examinations = steps });

    private async Task DeliverAsync(params EHealthPlus.Routing.Contracts.Messages.TranslatedResource[] resources) => await Store.DeliverAsync($"O{++revision}", resources);

    private Task<IReadOnlyList<OpenOrder>> OpenAsync() => Store.Worklist.OpenAsync([OrderSource], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 10, Cancel);

    private async Task RegisterAsync()
    {
        await Store.Registry.SaveAsync(new Provider(Centre, "Synthetic Imaging", "合成影像中心", ProviderKind.RadiologyCentre), Cancel);
        await Store.Registry.SaveAsync(new ServiceLocation("main", Centre, "Main", "總店"), Cancel);
        await Store.Registry.SaveAsync(new Source(OrderSource, Centre, "main", "RIS", "IMG"), Cancel);
    }

    private static PerformedStep Step(StepState state, int version) =>
        new("2.25.700", "synthetic-pacs", Centre, Study, state, "{}"u8.ToArray(), new byte[32], default, version);

    private async Task SaveAsync(StepState state, params string[] instances)
    {
        var version = (await Store.PerformedSteps.FindAsync("2.25.700", Cancel))?.Version ?? 0;
        Assert.Null(await Store.PerformedSteps.SaveAsync(Step(state, version), [new(Study, "SPS1")], instances, Audit(), Noon, Cancel));
    }

    private async Task KeepAsync(string uid) => Assert.True((await new SyntheticInstance(uid) { ReceivedAt = Noon }.KeepAsync(Store.Instances)).Accepted);

    /// <summary>Studies that are announced though the quiet period is not over.</summary>
    private Task<IReadOnlyList<GatheringStudy>> WholeAsync() => Store.Studies.QuietAsync(Noon.AddHours(-1), 10, Cancel);

    private async Task<(int Instances, int Missing)> MissingAsync()
    {
        var line = Assert.Single(await Store.ImagingDesk.ListAsync(ImagingMismatch.InstancesMissing, null, Noon.AddDays(1), 10, Cancel));
        return (line.Instances, line.Missing);
    }
}
