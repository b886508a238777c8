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
}

/// <summary>One line of the list. Holds no patient data.</summary>
/// <param name="At">When the order or the manifest came; of instances that are missing, when the station said that it was done. For an order that says when it is to be made, that time.</param>
/// <param name="AccessionNumber">Or empty; empty for a study that waits.</param>
/// <param name="StudyInstanceUid">Null for an order.</param>
/// <param name="Instances">0 for an order.</param>
/// <param name="Missing">Instances that have not come; 0 but for <see cref="ImagingMismatch.InstancesMissing"/>.</param>
/// <param name="Deposit">The deposit that brought it last; null where there is none yet.</param>
public sealed record ImagingLine(
    ImagingMismatch Mismatch, DateTimeOffset At, string SourceId, string AccessionNumber, string? StudyInstanceUid, int Instances, int Missing, DepositId? Deposit,
    DepositState? State, RejectionCode? Rejection);

/// <summary>Orders without images and images without orders, for the console.</summary>
public interface IImagingDesk
{
    /// <summary>Oldest first.</summary>
    /// <param name="sourceId">Null for all.</param>
    /// <param name="before">Only what came before that time: younger ones are likely to be solved yet.</param>
    Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken);
}
