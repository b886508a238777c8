using System.Text.Json;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Record;

/// <inheritdoc/>
internal sealed class StudyReports(IStudyStore studies, IRecordReader record, ImagingGate gate) : IStudyReports
{
    /// <summary>Results of one report; a report of more is read in the record.</summary>
    private const int Most = 300;

    public async ValueTask<Result<IReadOnlyList<StudyReport>>> OfAsync(AccessPrincipal principal, string studyInstanceUid, string personId, CancellationToken cancellationToken)
    {
        var asked = await gate.Open(principal, ImagingUse.Report, $"studies/{studyInstanceUid} DiagnosticReport").DecideAsync(personId, cancellationToken).ConfigureAwait(false);
        if ((asked.Unrecorded ?? asked.Refusal) is { } refusal) return refusal;
        var reports = new List<StudyReport>();
        foreach (var report in await studies.ReportsAsync(personId, studyInstanceUid, cancellationToken).ConfigureAwait(false))
        {
            if (report.PersonId != personId || report.Category != SharingCategory.LaboratoryAndRadiologyReports) continue;
            var results = await record.ReadCurrentAsync(ResultsOf(report), cancellationToken).ConfigureAwait(false);
            reports.Add(new(report, [.. results.Where(result => result.PersonId == personId && result.Category == SharingCategory.LaboratoryAndRadiologyReports)]));
        }

        return reports;
    }

    private static List<ResourceKey> ResultsOf(StoredResource report)
    {
        using var document = JsonDocument.Parse(report.Json);
        if (!document.RootElement.TryGetProperty("result", out var results)) return [];
        return
        [
            .. results.EnumerateArray().Select(result => result.TryGetProperty("reference", out var reference) ? reference.GetString() : null)
                .Where(reference => reference?.StartsWith("Observation/", StringComparison.Ordinal) == true).Take(Most).Select(reference => new ResourceKey("Observation", reference!["Observation/".Length..])),
        ];
    }
}
