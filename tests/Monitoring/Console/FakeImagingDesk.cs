using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Lines of the imaging page, and what was dismissed there.</summary>
public sealed class FakeImagingDesk : IImagingDesk, IImagingDismissals
{
    public List<ImagingLine> Lines { get; } = [];

    /// <summary>As the page said it.</summary>
    public List<(ImagingMismatch Mismatch, long Number, string Known, DismissalReason Reason, string Note, string By)> Dismissed { get; } = [];

    public List<(ImagingMismatch Mismatch, long Number)> BroughtBack { get; } = [];

    public Rejection? Refusal { get; set; }

    /// <summary>The open lists as they were asked for.</summary>
    public List<ImagingMismatch> Listed { get; } = [];

    public Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        Listed.Add(mismatch);
        return Task.FromResult<IReadOnlyList<ImagingLine>>([.. Lines.Where(line => line.Dismissal is null && line.Mismatch == mismatch && (sourceId is null || line.SourceId == sourceId)).Take(most)]);
    }

    public Task<IReadOnlyList<ImagingLine>> DismissedAsync(ImagingMismatch mismatch, string? sourceId, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ImagingLine>>([.. Lines.Where(line => line.Dismissal is not null && line.Mismatch == mismatch)]);

    public Task<ImagingLine?> FindAsync(ImagingMismatch mismatch, long number, CancellationToken cancellationToken) =>
        Task.FromResult(Lines.Find(line => line.Dismissal is null && line.Mismatch == mismatch && line.Number == number));

    public Task<Rejection?> DismissAsync(ImagingMismatch mismatch, long number, string known, ImagingDismissal dismissal, AuditEntry audit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The page asks the dismissals");

    public Task<Rejection?> BringBackAsync(ImagingMismatch mismatch, long number, AuditEntry audit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The page asks the dismissals");

    public Task<Rejection?> DismissAsync(
        ImagingMismatch mismatch, long number, string known, DismissalReason reason, string note, AccessPrincipal by, CancellationToken cancellationToken)
    {
        if (Refusal is null) Dismissed.Add((mismatch, number, known, reason, note, by.Name));
        return Task.FromResult(Refusal);
    }

    public Task<Rejection?> BringBackAsync(ImagingMismatch mismatch, long number, AccessPrincipal by, CancellationToken cancellationToken)
    {
        BroughtBack.Add((mismatch, number));
        return Task.FromResult(Refusal);
    }
}
