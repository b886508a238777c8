using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>A record of images that has the studies and reports it was given: none at first.</summary>
public sealed class FakeImages : IImagingRecord, IStudyReports
{
    public List<ImagingMatch> Studies { get; } = [];

    public List<StudyReport> Reports { get; } = [];

    /// <summary>Set: the reports are refused.</summary>
    public Rejection? Refused { get; set; }

    public ValueTask<Result<IReadOnlyList<ImagingMatch>>> FindAsync(AccessPrincipal principal, ImagingQuery query, CancellationToken cancellationToken) => new(Studies);

    public ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(
        AccessPrincipal principal, ImagingUse use, string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken) =>
        new(new Rejection(RejectionCode.ResourceNotFound, "No such images"));

    public ValueTask<Result<IReadOnlyList<StudyReport>>> OfAsync(AccessPrincipal principal, string studyInstanceUid, string personId, CancellationToken cancellationToken) =>
        Refused is { } refusal ? new(refusal) : new(Reports);

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) => new((Stream?)null);

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => new((ReadOnlyMemory<byte>?)null);
}
