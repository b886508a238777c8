using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>Why nothing more is expected. Stored as numbers: only appended. The trail tells it; it holds no free text.</summary>
public enum DismissalReason
{
    /// <summary>The examination was not made, and will not be.</summary>
    NotCarriedOut = 1,

    /// <summary>The images are in another system, and are not sent here.</summary>
    KeptElsewhere = 2,

    /// <summary>The order, or what the station said, was wrong.</summary>
    SentInError = 3,

    /// <summary>The note says it.</summary>
    Other = 4,
}

/// <summary>That somebody took a line off the desk.</summary>
/// <param name="By">Name of the principal.</param>
/// <param name="Note">Kept with the line only; or empty.</param>
public sealed record ImagingDismissal(DateTimeOffset At, string By, DismissalReason Reason, string Note)
{
    /// <summary>Whether lines of a list are dismissed.</summary>
    public static bool IsFor(ImagingMismatch mismatch) =>
        mismatch is ImagingMismatch.OrderWithoutImages or ImagingMismatch.InstancesMissing or ImagingMismatch.StudyOfTwoCitizens;
}

/// <summary>
/// What operators decide at the desk: that the other half of an order or of a study will not come. Of the five lists it is for orders without images,
/// for missing instances, and for a study UID of two citizens: a study that waits is a deposit, and images without an order are whole as they are. Each act is in the trail.
/// </summary>
public interface IImagingDismissals
{
    /// <param name="known">As the line said when it was looked at.</param>
    /// <param name="note">At most 200 characters. May be empty, but for <see cref="DismissalReason.Other"/>.</param>
    /// <returns>RoleNotPermitted, ReasonMissing, ResourceNotFound, VersionConflict; null when it is done.</returns>
    Task<Rejection?> DismissAsync(
        ImagingMismatch mismatch, long number, string known, DismissalReason reason, string note, AccessPrincipal by, CancellationToken cancellationToken);

    /// <returns>RoleNotPermitted, ResourceNotFound; null when it is done.</returns>
    Task<Rejection?> BringBackAsync(ImagingMismatch mismatch, long number, AccessPrincipal by, CancellationToken cancellationToken);
}
