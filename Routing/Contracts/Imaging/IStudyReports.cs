using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <param name="Report">A DiagnosticReport.</param>
/// <param name="Results">Its Observations, in their order.</param>
public sealed record StudyReport(StoredResource Report, IReadOnlyList<StoredResource> Results);

/// <summary>
/// The reports of a study for who looks at its images: those among its instances, and those that an accession number joins to it. Decided by
/// <see cref="IRecordAccess"/> with category LaboratoryAndRadiologyReports, and recorded before anything leaves.
/// </summary>
public interface IStudyReports
{
    /// <param name="personId">Whose study it is.</param>
    /// <returns>Newest entry of the record first; the refusal as the reader may know it.</returns>
    ValueTask<Result<IReadOnlyList<StudyReport>>> OfAsync(AccessPrincipal principal, string studyInstanceUid, string personId, CancellationToken cancellationToken);
}
