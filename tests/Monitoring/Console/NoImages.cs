using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>A record of images in which there are none.</summary>
internal sealed class NoImages : IImagingRecord, IStudyReports
{
    public ValueTask<Result<IReadOnlyList<ImagingMatch>>> FindAsync(AccessPrincipal principal, ImagingQuery query, CancellationToken cancellationToken) =>
        new(new List<ImagingMatch>());

    public ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(
        AccessPrincipal principal, ImagingUse use, string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken) =>
        new(new Rejection(RejectionCode.ResourceNotFound, "No such images"));

    public ValueTask<Result<IReadOnlyList<StudyReport>>> OfAsync(AccessPrincipal principal, string studyInstanceUid, string personId, CancellationToken cancellationToken) =>
        new(new List<StudyReport>());

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) => new((Stream?)null);

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => new((ReadOnlyMemory<byte>?)null);
}
