using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>What is asked for, for the audit.</summary>
public enum ImagingUse
{
    /// <summary>QIDO-RS, C-FIND.</summary>
    Search = 1,

    /// <summary>WADO-RS, C-GET, C-MOVE: the objects or their metadata.</summary>
    Retrieve = 2,

    /// <summary>The viewer of the console.</summary>
    View = 3,

    /// <summary>The report beside the images in the console.</summary>
    Report = 4,
}

/// <summary>
/// Images as readers may have them: each person found is decided on by <see cref="IRecordAccess"/> with category RadiologyImages, and each decision
/// is recorded before anything leaves.
/// </summary>
public interface IImagingRecord
{
    /// <summary>What matches and may be shown. What is refused looks like what does not exist.</summary>
    ValueTask<Result<IReadOnlyList<ImagingMatch>>> FindAsync(AccessPrincipal principal, ImagingQuery query, CancellationToken cancellationToken);

    /// <summary>The instances of a study, series, or one, to be opened.</summary>
    /// <returns>
    /// Rejection ResourceNotFound where there is none; StudyOfSeveralCitizens where the reader may see those of two: they are never given together; the
    /// refusal as the reader may know it else.
    /// </returns>
    ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(
        AccessPrincipal principal, ImagingUse use, string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken);

    /// <summary>An instance that <see cref="SelectAsync"/> gave. See <see cref="IInstanceStore.OpenAsync"/>.</summary>
    ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken);

    ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken);
}
