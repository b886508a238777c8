using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Reference;

/// <summary>Every rejection number, with what it means and what it becomes on each protocol.</summary>
internal static class RejectionsPage
{
    public static Task ShowAsync(Visit visit)
    {
        var sought = visit.Http.Request.Query["q"].ToString().Trim();
        var found = RejectionTable.All.Where(meaning => Fits(meaning, sought)).ToList();
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ShellWords.Rejections}</h1><span class="hint">{ReferenceWords.RejectionsLead}</span><form class="right" method="get" action="/rejections" role="search"><input type="search" id="search" name="q" value="{sought}" placeholder="{ReferenceWords.FindNumber}" aria-label="{ReferenceWords.FindNumber}" maxlength="80" data-find=".rejections tbody tr"><button>{DepositWords.Apply}</button></form></div>""");
        if (found.Count == 0) body.Add($"""<p class="empty panel">{ReferenceWords.NothingFound}</p>""");
        foreach (var stage in found.GroupBy(meaning => (int)meaning.Code / 100))
        {
            body.Add($"""
                <section class="panel rejections"><h2>{ReferenceWords.Stage(stage.Key * 100)}</h2><table class="rows fixed"><thead><tr><th scope="col" class="w-number">{DepositWords.Number}</th><th scope="col">{ReferenceWords.Meaning}</th><th scope="col" class="w-name">{MessageWords.Name}</th>
                <th scope="col" class="w-answer">HL7</th><th scope="col" class="w-error">ERR-3</th><th scope="col" class="w-http">HTTP</th><th scope="col" class="w-issue">FHIR issue</th><th scope="col" class="w-dicom">DICOM</th><th scope="col" class="w-retry">{ReferenceWords.Retry}</th></tr></thead><tbody>
                """);
            foreach (var meaning in stage) Row(body, meaning);
            body.Add($"""</tbody></table></section>""");
        }

        return PageFrame.WriteAsync(visit, ShellWords.Rejections.In(visit.Language), body, "list.js");
    }

    private static void Row(HtmlBuilder html, RejectionMeaning meaning)
    {
        var (first, second) = html.Language == Language.Chinese ? (meaning.Chinese, meaning.English) : (meaning.English, meaning.Chinese);
        html.Add($"""
            <tr id="{(int)meaning.Code}"><td><b>{(int)meaning.Code}</b></td><td>{first}<small>{second}</small></td><td class="clip"><code>{meaning.Code.ToString()}</code></td><td><code>{meaning.Acknowledgement}</code></td><td title="{AcknowledgementWords.OfError(meaning.Hl7Error)}"><code>{meaning.Hl7Error}</code></td>
            <td><code>{meaning.HttpStatus}</code></td><td><code>{meaning.IssueType}</code></td><td><code>{meaning.DicomStatus.ToString("X4", CultureInfo.InvariantCulture)}</code></td><td>{(meaning.Transient ? ReferenceWords.RetryYes : ReferenceWords.RetryNo)}</td></tr>
            """);
    }

    private static bool Fits(RejectionMeaning meaning, string sought) =>
        sought.Length == 0
        || ((int)meaning.Code).ToString(CultureInfo.InvariantCulture).StartsWith(sought, StringComparison.Ordinal)
        || meaning.English.Contains(sought, StringComparison.OrdinalIgnoreCase)
        || meaning.Chinese.Contains(sought, StringComparison.Ordinal)
        || meaning.Code.ToString().Contains(sought, StringComparison.OrdinalIgnoreCase);
}
