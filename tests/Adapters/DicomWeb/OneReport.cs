using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>One report of the first study, so that the viewer draws beside it; none of the others.</summary>
internal sealed class OneReport : IStudyReports
{
    public const string Conclusion = "Synthetic nodule, unchanged";

    private static readonly StudyReport Report = new(
        new(
            "DiagnosticReport", "r1", 1, DateTimeOffset.UnixEpoch, "p1", SharingCategory.LaboratoryAndRadiologyReports, "ct", new(1),
            Encoding.UTF8.GetBytes($$"""{"resourceType":"DiagnosticReport","status":"final","code":{"text":"CT chest"},"conclusion":"{{Conclusion}}"}""")),
        []);

    public ValueTask<Result<IReadOnlyList<StudyReport>>> OfAsync(AccessPrincipal principal, string studyInstanceUid, string personId, CancellationToken cancellationToken) =>
        new(studyInstanceUid == SyntheticCt.Study(1) ? [Report] : Array.Empty<StudyReport>());
}
