using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>The reports of a study, beside its images. Who may see images and not reports sees no panel.</summary>
internal static class ReportPanel
{
    public static async Task<IReadOnlyList<ShownReport>> FindAsync(Visit visit, string study, string personId)
    {
        var found = await visit.Get<IStudyReports>().OfAsync(visit.Principal!, study, personId, visit.Aborted);
        return found.Accepted ? [.. found.Value.Select(ShownReport.Of)] : [];
    }

    public static void Add(HtmlBuilder html, IReadOnlyList<ShownReport> reports)
    {
        if (reports.Count == 0) return;
        html.Add($"""<details class="study-report" open><summary>{(reports.Count == 1 ? ImageWords.Report : ImageWords.Reports.With(reports.Count))}</summary><div class="pages">""");
        foreach (var report in reports) Add(html, report);
        html.Add($"""</div></details>""");
    }

    private static void Add(HtmlBuilder html, ShownReport report)
    {
        html.Add($"""<article><h2>{report.Title}</h2><p class="about"><b data-state="{report.Status}">{report.StatusPhrase}</b> <span>{At(report.At)}</span> <span>{report.By}</span></p>""");
        foreach (var (title, path) in report.Files)
            html.Add($"""<p class="files"><a class="button" href="{path}" target="_blank" rel="noopener">{ImageWords.OpenDocument}</a> <span>{title}</span></p>""");
        // A narrative has all of the report, its conclusion and results too.
        if (!NarrativeText.Add(html, report.Narrative))
        {
            if (report.Conclusion.Length > 0) html.Add($"""<h3>{ImageWords.Conclusion}</h3><p class="said">{report.Conclusion}</p>""");
            foreach (var (name, value) in report.Results) html.Add($"""<p class="said"><b>{name}</b> {value}</p>""");
        }

        html.Add($"""</article>""");
    }

    /// <summary>As stored, for people: 2026-03-02 12:05.</summary>
    private static string At(string stored) => stored.Length >= 16 && stored[10] == 'T' ? $"{stored[..10]} {stored[11..16]}" : stored;
}
