using System.Globalization;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Desk;

/// <inheritdoc/>
internal sealed class ImagingDismissals(IImagingDesk desk, TimeProvider clock) : IImagingDismissals
{
    private const int LongestNote = 200;

    public async Task<Rejection?> DismissAsync(
        ImagingMismatch mismatch, long number, string known, DismissalReason reason, string note, AccessPrincipal by, CancellationToken cancellationToken)
    {
        if (NotFor(by, mismatch) is { } refusal) return refusal;
        var words = note.Trim();
        if (!Enum.IsDefined(reason) || (reason == DismissalReason.Other && words.Length == 0) || words.Length > LongestNote)
        {
            return new(
                RejectionCode.ReasonMissing, $"A reason is one of the list; another one is said in a note of at most {LongestNote} characters", null,
                $"請從清單選擇原因；其他原因須於備註說明，最多 {LongestNote} 字");
        }

        var dismissal = new ImagingDismissal(clock.GetUtcNow(), by.Name, reason, words);
        // The note stays with the line: what people write does not belong into the trail.
        return await desk.DismissAsync(mismatch, number, known, dismissal, Entry(by, dismissal.At, AuditAction.ImagingDismiss, mismatch, number, reason.ToString()), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<Rejection?> BringBackAsync(ImagingMismatch mismatch, long number, AccessPrincipal by, CancellationToken cancellationToken) =>
        NotFor(by, mismatch) ?? await desk.BringBackAsync(
            mismatch, number, Entry(by, clock.GetUtcNow(), AuditAction.ImagingBringBack, mismatch, number, "to be worked on again"), cancellationToken).ConfigureAwait(false);

    private static Rejection? NotFor(AccessPrincipal by, ImagingMismatch mismatch)
    {
        if (by.Role is not (Role.Operator or Role.IntegrationEngineer)) return new(RejectionCode.RoleNotPermitted, "Operators and integration engineers work the desk", null, "由操作員及系統整合工程師處理");
        return ImagingDismissal.IsFor(mismatch) ? null : new(RejectionCode.ResourceNotFound, "Lines of this list are not dismissed", null, "此清單的項目不能略過");
    }

    private static AuditEntry Entry(AccessPrincipal by, DateTimeOffset at, string action, ImagingMismatch mismatch, long number, string reason) =>
        AuditEntry.By(by, at, action, null, string.Create(CultureInfo.InvariantCulture, $"imaging-desk/{mismatch}/{number}"), true, reason);
}
