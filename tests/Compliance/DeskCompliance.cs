using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>What is taken off the imaging desk stays off until something new comes for it, or somebody puts it back.</summary>
public abstract class DeskCompliance : StoreCompliance
{
    private const string Study = "2.25.1";

    private int revision;

    [Fact]
    public async Task A_dismissed_order_is_off_the_list_until_its_next_message()
    {
        await OrderAsync("first");
        Assert.Null(await DismissAsync(ImagingMismatch.OrderWithoutImages));
        await Store.ReopenAsync();
        Assert.Empty(await OpenAsync(ImagingMismatch.OrderWithoutImages));
        var line = Assert.Single(await Store.ImagingDesk.DismissedAsync(ImagingMismatch.OrderWithoutImages, null, 10, Cancel));
        Assert.Equal(("ACC1", new ImagingDismissal(Noon, "operator.one", DismissalReason.NotCarriedOut, "a note")), (line.AccessionNumber, line.Dismissal));
        Assert.Empty(await Store.ImagingDesk.DismissedAsync(ImagingMismatch.OrderWithoutImages, "another-source", 10, Cancel));
        Assert.Null(await Store.ImagingDesk.FindAsync(ImagingMismatch.OrderWithoutImages, line.Number, Cancel));
        Assert.Contains(await Store.Audit.ListAsync(null, 10, Cancel), entry => entry is { Action: AuditAction.ImagingDismiss, Target: "imaging-desk/test" });

        await OrderAsync("second");
        Assert.Equal(line.Number, Assert.Single(await OpenAsync(ImagingMismatch.OrderWithoutImages)).Number);
        Assert.Empty(await Store.ImagingDesk.DismissedAsync(ImagingMismatch.OrderWithoutImages, null, 10, Cancel));
    }

    [Fact]
    public async Task A_dismissed_order_comes_back_when_a_station_begins_with_it()
    {
        await RegisterAsync();
        await OrderAsync("first");
        Assert.Null(await DismissAsync(ImagingMismatch.OrderWithoutImages));
        await StepAsync(StepState.InProgress, 0);
        Assert.Single(await OpenAsync(ImagingMismatch.OrderWithoutImages));
    }

    [Fact]
    public async Task Missing_instances_that_are_dismissed_come_back_with_the_next_instance_of_the_study()
    {
        await StepAsync(StepState.Completed, 0, "2.25.9.1", "2.25.9.2");
        Assert.Null(await DismissAsync(ImagingMismatch.InstancesMissing));
        Assert.Empty(await OpenAsync(ImagingMismatch.InstancesMissing));

        await KeepAsync("2.25.9.1");
        Assert.Equal((1, 1), Assert.Single(await OpenAsync(ImagingMismatch.InstancesMissing)) is var line ? (line.Instances, line.Missing) : default);
        Assert.Null(await DismissAsync(ImagingMismatch.InstancesMissing));

        // Not one of those that are missing, but the study lives.
        await KeepAsync("2.25.9.3");
        Assert.Single(await OpenAsync(ImagingMismatch.InstancesMissing));
        Assert.Null(await DismissAsync(ImagingMismatch.InstancesMissing));
        await KeepAsync("2.25.9.2");
        Assert.Empty(await OpenAsync(ImagingMismatch.InstancesMissing));
        Assert.Empty(await Store.ImagingDesk.DismissedAsync(ImagingMismatch.InstancesMissing, null, 10, Cancel));
    }

    [Fact]
    public async Task What_changed_since_it_was_looked_at_is_not_dismissed_and_nothing_stands_in_the_trail()
    {
        await OrderAsync("first");
        var seen = Assert.Single(await OpenAsync(ImagingMismatch.OrderWithoutImages));
        await OrderAsync("second");
        Assert.Equal(RejectionCode.VersionConflict, (await DismissAsync(seen))?.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await DismissAsync(seen with { Number = 999_999 }))?.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await DismissAsync(seen with { Mismatch = ImagingMismatch.StudyWaiting }))?.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await Store.ImagingDesk.BringBackAsync(seen.Mismatch, seen.Number, Entry(AuditAction.ImagingBringBack), Cancel))?.Code);
        Assert.Single(await OpenAsync(ImagingMismatch.OrderWithoutImages));
        Assert.DoesNotContain(await Store.Audit.ListAsync(null, 10, Cancel), entry => entry.Action is AuditAction.ImagingDismiss or AuditAction.ImagingBringBack);
    }

    [Fact]
    public async Task What_is_brought_back_is_open_again()
    {
        await OrderAsync("first");
        var line = Assert.Single(await OpenAsync(ImagingMismatch.OrderWithoutImages));
        Assert.Null(await DismissAsync(line));
        Assert.Null(await Store.ImagingDesk.BringBackAsync(line.Mismatch, line.Number, Entry(AuditAction.ImagingBringBack), Cancel));
        Assert.Equal(line, Assert.Single(await OpenAsync(ImagingMismatch.OrderWithoutImages)));
        Assert.Contains(await Store.Audit.ListAsync(null, 10, Cancel), entry => entry.Action == AuditAction.ImagingBringBack);
    }

    private static AuditEntry Entry(string action) => Audit() with { Action = action, Target = "imaging-desk/test" };

    private async Task<Rejection?> DismissAsync(ImagingMismatch mismatch) => await DismissAsync(Assert.Single(await OpenAsync(mismatch)));

    private Task<Rejection?> DismissAsync(ImagingLine line) => Store.ImagingDesk.DismissAsync(
        line.Mismatch, line.Number, line.Known, new(Noon, "operator.one", DismissalReason.NotCarriedOut, "a note"), Entry(AuditAction.ImagingDismiss), Cancel);

    private Task<IReadOnlyList<ImagingLine>> OpenAsync(ImagingMismatch mismatch) => Store.ImagingDesk.ListAsync(mismatch, null, Noon.AddDays(1), 10, Cancel);

    private async Task OrderAsync(string note) => await Store.DeliverAsync($"O{++revision}", Resource(
        "ServiceRequest", "order-1", $"\"note\":\"{note}\"", ResourceIndex.Empty with { Accession = "ACC1", Examinations = [new(Study, "SPS1", "2026-11-20T09:00:00+08:00")] }));

    private async Task RegisterAsync()
    {
        await Store.Registry.SaveAsync(new Routing.Contracts.Registry.Provider("centre", "Synthetic", "合成", Routing.Contracts.Registry.ProviderKind.RadiologyCentre), Cancel);
        await Store.Registry.SaveAsync(new Routing.Contracts.Registry.ServiceLocation("centre-1", "centre", "Synthetic", "合成"), Cancel);
        await Store.Registry.SaveAsync(new Routing.Contracts.Registry.Source("synthetic-lab", "centre", "centre-1", "RIS", "SYNTHETIC"), Cancel);
    }

    private async Task StepAsync(StepState state, int version, params string[] instances) => Assert.Null(await Store.PerformedSteps.SaveAsync(
        new("2.25.700", "synthetic-pacs", "centre", Study, state, "{}"u8.ToArray(), new byte[32], default, version), [new(Study, "SPS1")], instances, Audit(), Noon, Cancel));

    private async Task KeepAsync(string uid) => Assert.True((await new SyntheticInstance(uid) { ReceivedAt = Noon }.KeepAsync(Store.Instances)).Accepted);
}
