using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Tests.Routing.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>The states of a performed procedure step: what may come after what, what is a repeat, and whose it is.</summary>
public sealed class PerformedStepTests : IPerformedStepStore, IAuditTrail
{
    private const string Uid = "2.25.700";

    private static readonly AccessPrincipal Station = new("CT1", Role.Clinician, "hospital", null, "lab");

    private readonly Dictionary<string, PerformedStep> kept = [];
    private readonly List<(IReadOnlyList<ScheduledReference> Scheduled, IReadOnlyList<string> Instances, AuditEntry Audit)> saved = [];
    private readonly List<AuditEntry> recorded = [];
    private readonly IPerformedSteps steps;
    private Exception? auditFault;

    public PerformedStepTests() => steps = new ServiceCollection()
        .AddSingleton<TimeProvider>(new ManualTime()).AddSingleton<IPerformedStepStore>(this).AddSingleton<IAuditTrail>(this).AddWorklist().BuildServiceProvider().GetRequiredService<IPerformedSteps>();

    [Fact]
    public async Task A_step_begins_goes_on_and_ends_and_says_what_was_made()
    {
        Assert.Null(await CreateAsync(New()));
        Assert.Null(await SetAsync("""{"00400340":{"vr":"SQ","Value":[{"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2.3"]}}]},"00400220":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2.4"]}}]}}]}}"""));
        Assert.Equal(StepState.InProgress, kept[Uid].State);
        Assert.Null(await SetAsync(Status("COMPLETED")));

        Assert.Equal(StepState.Completed, kept[Uid].State);
        Assert.Equal(["1.2.3", "1.2.4"], saved[^1].Instances);
        Assert.Equal([new ScheduledReference("2.25.1", "SPS1"), new ScheduledReference("2.25.2", null)], saved[^1].Scheduled);
        Assert.Equal((AuditAction.ProcedureStep, $"step/{Uid}", "Completed, study 2.25.1"), (saved[^1].Audit.Action, saved[^1].Audit.Target, saved[^1].Audit.Reason));
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing_and_another_one_is_refused()
    {
        Assert.Null(await CreateAsync(New()));
        Assert.Null(await CreateAsync(New()));
        Assert.Equal(RejectionCode.PerformedStepExists, (await CreateAsync(New(station: "CT2")))?.Code);
        Assert.Null(await SetAsync(Status("COMPLETED")));
        Assert.Null(await SetAsync(Status("COMPLETED")));
        Assert.Null(await CreateAsync(New()));
        Assert.Equal(2, saved.Count);
    }

    [Theory]
    [InlineData("COMPLETED", "DISCONTINUED")]
    [InlineData("DISCONTINUED", "COMPLETED")]
    [InlineData("COMPLETED", "IN PROGRESS")]
    public async Task After_its_end_nothing_more_is_set(string end, string after)
    {
        await CreateAsync(New());
        await SetAsync(Status(end));
        Assert.Equal(RejectionCode.PerformedStepFinal, (await SetAsync(Status(after)))?.Code);
        Assert.Equal(2, saved.Count);
    }

    [Theory]
    [InlineData("00400270", """{"vr":"SQ","Value":[{"0020000D":{"vr":"UI","Value":["2.25.3"]},"00400009":{"vr":"SH","Value":["SPS9"]} }]}""", "Scheduled Step Attributes Sequence")]
    [InlineData("00400270", """{"vr":"SQ","Value":[{"0020000D":{"vr":"UI","Value":["2.25.1"]},"00400009":{"vr":"SH","Value":["SPS1"]} }]}""", "Scheduled Step Attributes Sequence")]
    [InlineData("00100010", """{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^TWO"}]}""", "Patient's Name")]
    [InlineData("00100020", """{"vr":"LO","Value":["T0002"]}""", "Patient ID")]
    [InlineData("00400241", """{"vr":"AE","Value":["CT2"]}""", "Performed Station AE Title")]
    [InlineData("00400245", """{"vr":"TM","Value":["1015"]}""", "Performed Procedure Step Start Time")]
    [InlineData("00080060", """{"vr":"CS","Value":["MR"]}""", "Modality")]
    [InlineData("00200010", """{"vr":"SH","Value":["ST1"]}""", "Study ID")]
    public async Task Whose_step_it_is_and_when_it_began_stays_as_it_was_said_first(string tag, string attribute, string name)
    {
        await CreateAsync(New());
        var refusal = await SetAsync($$"""{"{{tag}}":{{attribute}},"00400252":{"vr":"CS","Value":["COMPLETED"]} }""");
        Assert.Equal(RejectionCode.PerformedStepAttributeInvalid, refusal?.Code);
        Assert.Contains(name, refusal!.Detail, StringComparison.Ordinal);
        Assert.Equal(StepState.InProgress, kept[Uid].State);
    }

    [Fact]
    public async Task What_stays_may_be_said_again_or_left_empty()
    {
        await CreateAsync(New());
        Assert.Null(await SetAsync(New(status: "COMPLETED").Replace("""{"vr":"TM","Value":["0915"]}""", """{"vr":"TM"}""", StringComparison.Ordinal)));
        Assert.Equal(StepState.Completed, kept[Uid].State);
        Assert.Contains("0915", Encoding.UTF8.GetString(kept[Uid].Attributes.Span), StringComparison.Ordinal);
        Assert.Equal([new ScheduledReference("2.25.1", "SPS1"), new ScheduledReference("2.25.2", null)], saved[^1].Scheduled);
    }

    [Fact]
    public async Task Another_source_learns_of_no_step_that_is_not_its_own()
    {
        Assert.Equal(RejectionCode.PerformedStepUnknown, (await SetAsync(Status("COMPLETED")))?.Code);
        await CreateAsync(New());
        Assert.Equal(RejectionCode.PerformedStepUnknown, (await SetAsync(Status("COMPLETED"), Station with { SourceId = "clinic" }))?.Code);
        Assert.Equal(RejectionCode.PerformedStepExists, (await steps.CreateAsync(Station with { SourceId = "clinic" }, Uid, Encoding.UTF8.GetBytes(New()), default))?.Code);
    }

    [Theory]
    [InlineData("00400252")]
    [InlineData("00400253")]
    [InlineData("00400241")]
    [InlineData("00400244")]
    [InlineData("00400245")]
    [InlineData("00400270")]
    [InlineData("00080060")]
    public async Task A_new_step_without_what_it_must_have_is_refused(string tag)
    {
        Assert.Equal(RejectionCode.PerformedStepAttributeMissing, (await CreateAsync(New().Replace(tag, "00091001", StringComparison.Ordinal)))?.Code);
        Assert.Empty(kept);
    }

    [Fact]
    public async Task A_status_that_cannot_be_is_refused()
    {
        Assert.Equal(RejectionCode.PerformedStepAttributeInvalid, (await CreateAsync(New(status: "COMPLETED")))?.Code);
        Assert.Equal(RejectionCode.PerformedStepAttributeMissing, (await CreateAsync(New().Replace("0020000D", "0020000E", StringComparison.Ordinal)))?.Code);
        await CreateAsync(New());
        Assert.Equal(RejectionCode.PerformedStepAttributeInvalid, (await SetAsync(Status("FINISHED")))?.Code);
    }

    [Fact]
    public async Task What_was_said_is_read_by_its_source_alone_and_each_read_is_recorded()
    {
        await CreateAsync(New());
        await SetAsync(Status("COMPLETED"));
        Assert.Contains("COMPLETED", Encoding.UTF8.GetString((await steps.ReadAsync(Station, Uid, default)).Value.Span), StringComparison.Ordinal);
        Assert.Equal(RejectionCode.PerformedStepUnknown, (await steps.ReadAsync(Station with { SourceId = "other" }, Uid, default)).Rejection?.Code);
        Assert.Equal(RejectionCode.PerformedStepUnknown, (await steps.ReadAsync(Station, "2.25.404", default)).Rejection?.Code);
        Assert.Equal([($"step/{Uid}", true), ("step", false), ("step", false)], recorded.Select(entry => (entry.Target, entry.Permitted)));

        auditFault = new IOException("disk");
        Assert.Equal(RejectionCode.StoreUnavailable, (await steps.ReadAsync(Station, Uid, default)).Rejection?.Code);
    }

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (auditFault is not null) throw auditFault;
        recorded.Add(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PerformedStep?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken) => Task.FromResult(kept.GetValueOrDefault(sopInstanceUid));

    public Task<Rejection?> SaveAsync(
        PerformedStep step, IReadOnlyList<ScheduledReference> scheduled, IReadOnlyList<string> instances, AuditEntry audit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        kept[step.SopInstanceUid] = step with { Version = step.Version + 1 };
        saved.Add((scheduled, instances, audit));
        return Task.FromResult<Rejection?>(null);
    }

    private Task<Rejection?> CreateAsync(string json) => steps.CreateAsync(Station, Uid, Encoding.UTF8.GetBytes(json), default);

    private Task<Rejection?> SetAsync(string json, AccessPrincipal? principal = null) => steps.SetAsync(principal ?? Station, Uid, Encoding.UTF8.GetBytes(json), default);

    private static string Status(string status) => "{\"00400252\":{\"vr\":\"CS\",\"Value\":[\"" + status + "\"]}}";

    private static string New(string status = "IN PROGRESS", string station = "CT1") => $$"""
        {"00080060":{"vr":"CS","Value":["CT"]},"00400241":{"vr":"AE","Value":["{{station}}"]},"00400244":{"vr":"DA","Value":["20261122"]},"00400245":{"vr":"TM","Value":["0915"]},
        "00400252":{"vr":"CS","Value":["{{status}}"]},"00400253":{"vr":"SH","Value":["PPS1"]},
        "00400270":{"vr":"SQ","Value":[{"0020000D":{"vr":"UI","Value":["2.25.1"]},"00400009":{"vr":"SH","Value":["SPS1"]} },{"0020000D":{"vr":"UI","Value":["2.25.2"]} }]} }
        """;
}
