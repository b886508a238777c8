using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Tests.Routing.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>Who dismisses what from the imaging desk, with which reason, and what the trail tells of it.</summary>
public sealed class DismissalTests : IImagingDesk
{
    private static readonly AccessPrincipal Operator = new("operator.one", Role.Operator, null, null);

    private readonly List<(ImagingMismatch Mismatch, long Number, string? Known, ImagingDismissal? Dismissal, AuditEntry Audit)> done = [];
    private readonly IImagingDismissals dismissals;

    public DismissalTests() => dismissals = new ServiceCollection()
        .AddSingleton<TimeProvider>(new ManualTime()).AddSingleton<IImagingDesk>(this).AddWorklist().BuildServiceProvider().GetRequiredService<IImagingDismissals>();

    [Fact]
    public async Task The_trail_tells_the_reason_and_the_line_keeps_the_note()
    {
        Assert.Null(await DismissAsync(DismissalReason.KeptElsewhere, " in the old archive "));
        var (mismatch, number, known, dismissal, audit) = Assert.Single(done);
        Assert.Equal((ImagingMismatch.InstancesMissing, 7, "2.9", "operator.one", DismissalReason.KeptElsewhere, "in the old archive"), (mismatch, number, known, dismissal!.By, dismissal.Reason, dismissal.Note));
        Assert.Equal((AuditAction.ImagingDismiss, "imaging-desk/InstancesMissing/7", "KeptElsewhere", "operator.one"), (audit.Action, audit.Target, audit.Reason, audit.Actor));
    }

    [Theory]
    [InlineData(DismissalReason.Other, "  ")]
    [InlineData((DismissalReason)0, "a note")]
    [InlineData((DismissalReason)99, "a note")]
    [InlineData(DismissalReason.NotCarriedOut, "long")]
    public async Task Without_a_reason_nothing_is_dismissed(DismissalReason reason, string note)
    {
        Assert.Equal(RejectionCode.ReasonMissing, (await DismissAsync(reason, note == "long" ? new string('x', 201) : note))?.Code);
        Assert.Empty(done);
    }

    [Fact]
    public async Task Only_two_lists_and_two_roles()
    {
        foreach (var role in Enum.GetValues<Role>().Except([Role.Operator, Role.IntegrationEngineer]))
        {
            Assert.Equal(RejectionCode.RoleNotPermitted, (await DismissAsync(DismissalReason.SentInError, "", Operator with { Role = role }))?.Code);
            Assert.Equal(RejectionCode.RoleNotPermitted, (await dismissals.BringBackAsync(ImagingMismatch.InstancesMissing, 7, Operator with { Role = role }, default))?.Code);
        }

        foreach (var mismatch in (ImagingMismatch[])[ImagingMismatch.StudyWaiting, ImagingMismatch.ImagesWithoutOrder])
            Assert.Equal(RejectionCode.ResourceNotFound, (await dismissals.DismissAsync(mismatch, 7, "", DismissalReason.SentInError, "", Operator, default))?.Code);
        Assert.Empty(done);
        Assert.Null(await dismissals.BringBackAsync(ImagingMismatch.OrderWithoutImages, 8, Operator, default));
        Assert.Equal((AuditAction.ImagingBringBack, "imaging-desk/OrderWithoutImages/8"), (Assert.Single(done).Audit.Action, done[0].Audit.Target));
    }

    Task<IReadOnlyList<ImagingLine>> IImagingDesk.ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<IReadOnlyList<ImagingLine>> IImagingDesk.DismissedAsync(ImagingMismatch mismatch, string? sourceId, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<ImagingLine?> IImagingDesk.FindAsync(ImagingMismatch mismatch, long number, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Rejection?> IImagingDesk.DismissAsync(ImagingMismatch mismatch, long number, string known, ImagingDismissal dismissal, AuditEntry audit, CancellationToken cancellationToken)
    {
        done.Add((mismatch, number, known, dismissal, audit));
        return Task.FromResult<Rejection?>(null);
    }

    Task<Rejection?> IImagingDesk.BringBackAsync(ImagingMismatch mismatch, long number, AuditEntry audit, CancellationToken cancellationToken)
    {
        done.Add((mismatch, number, null, null, audit));
        return Task.FromResult<Rejection?>(null);
    }

    private Task<Rejection?> DismissAsync(DismissalReason reason, string note, AccessPrincipal? by = null) =>
        dismissals.DismissAsync(ImagingMismatch.InstancesMissing, 7, "2.9", reason, note, by ?? Operator, default);
}
