using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>What is worked on by people, and solves itself where the other half comes.</summary>
public enum ImagingMismatch
{
    /// <summary>A study whose manifest is refused or in quarantine.</summary>
    StudyWaiting = 1,

    /// <summary>An order that has an accession number, and no study of the citizen has it.</summary>
    OrderWithoutImages = 2,

    /// <summary>A filed study whose accession number no order of the citizen has, or that has none.</summary>
    ImagesWithoutOrder = 3,
}

/// <summary>One line of the list. Holds no patient data.</summary>
/// <param name="At">When the order or the manifest came.</param>
/// <param name="AccessionNumber">Or empty; empty for a study that waits.</param>
/// <param name="StudyInstanceUid">Null for an order.</param>
/// <param name="Instances">0 for an order.</param>
/// <param name="Deposit">The deposit that brought it last.</param>
public sealed record ImagingLine(
    ImagingMismatch Mismatch, DateTimeOffset At, string SourceId, string AccessionNumber, string? StudyInstanceUid, int Instances, DepositId Deposit,
    DepositState State, RejectionCode? Rejection);

/// <summary>Orders without images and images without orders, for the console.</summary>
public interface IImagingDesk
{
    /// <summary>Oldest first.</summary>
    /// <param name="sourceId">Null for all.</param>
    /// <param name="before">Only what came before that time: younger ones are likely to be solved yet.</param>
    Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken);
}
