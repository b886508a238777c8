using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>
/// The studies of one citizen: a citizen's own, or those of whom a clinician names by identity card number. Who is not known and whose images may
/// not be shown look alike.
/// </summary>
internal static class ImageListPage
{
    /// <summary>Studies of one citizen on the page, newest first.</summary>
    public const int Most = 200;

    private const int LongestNumber = 20;

    public static Task ShowAsync(Visit visit) =>
        visit.Principal is { Role: Role.Citizen, DocumentNumber: var own } ? ListAsync(visit, own ?? "", asked: false) : WriteAsync(visit, null, null);

    /// <summary>A form that is posted: a card number is not left in addresses and logs.</summary>
    public static async Task FindAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        await ListAsync(visit, visit.Principal!.Role == Role.Citizen ? visit.Principal.DocumentNumber ?? "" : form["number"].ToString(), asked: true);
    }

    /// <returns>All studies of a citizen that may be shown, newest first.</returns>
    public static async Task<Result<List<ShownStudy>>> StudiesOfAsync(Visit visit, string personId)
    {
        var found = await visit.Get<IImagingRecord>().FindAsync(visit.Principal!, new(QueryLevel.Study, [], 0, Most, personId), visit.Aborted);
        if (!found.Accepted) return found.Rejection;
        return found.Value.Select(ShownStudy.Of).OrderByDescending(study => study.Date, StringComparer.Ordinal).ToList();
    }

    private static async Task ListAsync(Visit visit, string typed, bool asked)
    {
        var number = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var person = number.Length is 0 or > LongestNumber ? null : await visit.Get<IPersonStore>().FindByDocumentAsync(number, visit.Aborted);
        if (person is null)
        {
            await visit.RecordAsync(AuditAction.Search, null, "ImagingStudy", permitted: !asked, "images: nobody found");
            await WriteAsync(visit, [], null);
            return;
        }

        var studies = await StudiesOfAsync(visit, person.Id);
        await WriteAsync(visit, studies.Accepted ? studies.Value : null, studies.Rejection);
    }

    /// <param name="studies">Null before anybody was named.</param>
    private static Task WriteAsync(Visit visit, List<ShownStudy>? studies, Rejection? refusal)
    {
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ImageWords.Page}</h1><span class="hint">{(visit.Principal!.Role == Role.Citizen ? ImageWords.OwnLead : ImageWords.Lead)}</span></div>""");
        if (visit.Principal.Role != Role.Citizen)
        {
            body.Add($"""
                <form class="panel filters" method="post" action="/images">{PageFrame.AntiforgeryField(visit, body)}<label class="wide"><span>{IdentityWords.Number}</span><input id="search" name="number" required maxlength="20" autocomplete="off" spellcheck="false"></label><button class="primary">{ImageWords.Find}</button></form>
                """);
        }

        if (refusal is not null)
        {
            var meaning = RejectionTable.Of(refusal.Code);
            body.Add($"""<p class="refusal" role="alert"><b>{(int)meaning.Code}</b> {new Phrase(meaning.English, meaning.Chinese)}</p>""");
        }
        else if (studies is { Count: 0 }) body.Add($"""<p class="empty panel">{ImageWords.None}</p>""");
        else if (studies is not null) Table(body, studies);
        return PageFrame.WriteAsync(visit, ImageWords.Page.In(visit.Language), body, "list.js");
    }

    private static void Table(HtmlBuilder html, List<ShownStudy> studies)
    {
        html.Add($"""<div class="panel scroll"><table class="rows cards" data-rows><thead><tr><th scope="col">{ImageWords.Date}</th><th scope="col">{ImageWords.Study}</th><th scope="col">{ImageWords.Kind}</th><th scope="col">{ImageWords.Patient}</th><th scope="col">{ImageWords.Accession}</th><th scope="col">{ImageWords.Images}</th></tr></thead><tbody>""");
        foreach (var study in studies)
        {
            html.Add($"""<tr><td class="time" data-name="{ImageWords.Date}">{study.Date}</td><td data-name="{ImageWords.Study}"><a href="/images/{study.Uid}" data-open>{(study.Description.Length > 0 ? new(study.Description, study.Description) : ImageWords.Unnamed)}</a></td><td data-name="{ImageWords.Kind}">{study.Modalities}</td><td data-name="{ImageWords.Patient}">{study.Patient}</td><td data-name="{ImageWords.Accession}"><code>{study.AccessionNumber}</code></td><td class="n" data-name="{ImageWords.Images}">{(study.Images < 0 ? "–" : Shown.Number(study.Images))}</td></tr>""");
        }

        html.Add($"""</tbody></table></div>""");
    }
}
