using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>What is worked on by people, and solves itself where the other half comes.</summary>
public enum ImagingMismatch
{
    /// <summary>A study whose manifest is refused or in quarantine.</summary>
    StudyWaiting = 1,

    /// <summary>An order for images whose time is past, and no study of the citizen has its accession number or its Study Instance UID.</summary>
    OrderWithoutImages = 2,

    /// <summary>A filed study whose accession number and UID no order of the citizen has.</summary>
    ImagesWithoutOrder = 3,

    /// <summary>A station said of an examination that it made instances which have not come.</summary>
    InstancesMissing = 4,

    /// <summary>What one source sent of a study, where another's images under the same Study Instance UID are in the record of another citizen.</summary>
    StudyOfTwoCitizens = 5,

    /// <summary>A study to which nothing came for an hour, and whose manifest is not in the journal: it cannot be read, or the journal takes nothing.</summary>
    StudyNotAnnounced = 6,
}

/// <summary>One line of the list. Holds no patient data.</summary>
/// <param name="At">When the order or the manifest came; of instances that are missing, when the station said that it was done. For an order that says when it is to be made, that time.</param>
/// <param name="AccessionNumber">Or empty; empty for a study that waits.</param>
/// <param name="StudyInstanceUid">Null for an order.</param>
/// <param name="Instances">0 for an order.</param>
/// <param name="Missing">Instances that have not come; 0 but for <see cref="ImagingMismatch.InstancesMissing"/>.</param>
/// <param name="Deposit">The deposit that brought it last; null where there is none yet.</param>
/// <param name="Number">Names the line within its list, for good; 0 where nobody can dismiss it.</param>
/// <param name="Known">Another text when anything new has come for the line: a later message of the order, another instance of the study, a step that went on.</param>
/// <param name="Dismissal">Null where it is open.</param>
public sealed record ImagingLine(
    ImagingMismatch Mismatch, DateTimeOffset At, string SourceId, string AccessionNumber, string? StudyInstanceUid, int Instances, int Missing, DepositId? Deposit,
    DepositState? State, RejectionCode? Rejection, long Number = 0, string Known = "", ImagingDismissal? Dismissal = null);

/// <summary>Orders without images, images without orders, and studies that cannot be as they are, for the console.</summary>
public interface IImagingDesk
{
    /// <summary>Those that are open, oldest first.</summary>
    /// <param name="sourceId">Null for all.</param>
    /// <param name="before">Only what came before that time: younger ones are likely to be solved yet.</param>
    Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Those that were dismissed, and for which nothing new came since; oldest first.</summary>
    /// <param name="sourceId">Null for all.</param>
    Task<IReadOnlyList<ImagingLine>> DismissedAsync(ImagingMismatch mismatch, string? sourceId, int most, CancellationToken cancellationToken);

    /// <returns>Null where there is no such line, or it is dismissed.</returns>
    Task<ImagingLine?> FindAsync(ImagingMismatch mismatch, long number, CancellationToken cancellationToken);

    /// <summary>Takes an open line off its list until something new comes for it; with its entry in the trail, in one commit.</summary>
    /// <param name="known">As the line said when it was looked at.</param>
    /// <returns>ResourceNotFound where there is no such open line; VersionConflict where something new came meanwhile.</returns>
    Task<Rejection?> DismissAsync(ImagingMismatch mismatch, long number, string known, ImagingDismissal dismissal, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Puts a dismissed line back; with its entry in the trail, in one commit.</summary>
    /// <returns>ResourceNotFound where nobody dismissed it.</returns>
    Task<Rejection?> BringBackAsync(ImagingMismatch mismatch, long number, AuditEntry audit, CancellationToken cancellationToken);
}
