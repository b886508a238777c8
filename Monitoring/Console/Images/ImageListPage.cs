using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Identities;
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

    public static async Task ShowAsync(Visit visit)
    {
        if (visit.Principal is not { Role: Role.Citizen, DocumentNumber: var own })
        {
            await WriteAsync(visit, null);
            return;
        }

        var person = own is { Length: > 0 } ? await visit.Get<IPersonStore>().FindByDocumentAsync(own, visit.Aborted) : null;
        if (person is null) await NobodyAsync(visit, asked: false);
        else await ListAsync(visit, person.Id);
    }

    /// <summary>
    /// A form that is posted: a card number is not left in addresses and logs. What is found has an address by the person's id, which is given only
    /// once the record lets studies of that person be shown; there it is decided again.
    /// </summary>
    public static async Task FindAsync(Visit visit)
    {
        if (visit.Principal!.Role == Role.Citizen)
        {
            await visit.SeeOther("/images");
            return;
        }

        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var typed = form["number"].ToString();
        var found = await CardNumber.FindAsync(visit, typed);
        if (found is not { Accepted: true, Value: { } person })
        {
            await NobodyAsync(visit, asked: true, typed, found.Rejection);
            return;
        }

        var studies = await StudiesOfAsync(visit, person.Id);
        await (studies is { Accepted: true, Value.Count: > 0 } ? visit.SeeOther(AddressOf(visit, person.Id)) : WriteAsync(visit, studies, typed));
    }

    /// <summary>The studies of whom somebody found before.</summary>
    public static async Task ShowOfAsync(Visit visit)
    {
        var id = (string)visit.Http.Request.RouteValues["person"]!;
        if (visit.Principal!.Role == Role.Citizen || await visit.Get<IPersonStore>().GetAsync(id, visit.Aborted) is not { } person) await NobodyAsync(visit, asked: true);
        else await ListAsync(visit, person.MergedInto ?? person.Id);
    }

    /// <returns>Where the studies of a person are listed for this visitor.</returns>
    public static string AddressOf(Visit visit, string personId) => visit.Principal!.Role == Role.Citizen ? "/images" : $"/images/of/{personId}";

    /// <returns>All studies of a citizen that may be shown, newest first.</returns>
    public static async Task<Result<List<ShownStudy>>> StudiesOfAsync(Visit visit, string personId)
    {
        var found = await visit.Get<IImagingRecord>().FindAsync(visit.Principal!, new(QueryLevel.Study, [], 0, Most, personId), visit.Aborted);
        if (!found.Accepted) return found.Rejection;
        return found.Value.Select(ShownStudy.Of).OrderByDescending(study => study.Date, StringComparer.Ordinal).ToList();
    }

    private static async Task ListAsync(Visit visit, string personId) => await WriteAsync(visit, await StudiesOfAsync(visit, personId));

    /// <param name="wrong">Where the number cannot be anybody's.</param>
    private static async Task NobodyAsync(Visit visit, bool asked, string typed = "", Rejection? wrong = null)
    {
        await visit.RecordAsync(AuditAction.Search, null, "ImagingStudy", permitted: !asked, "images: nobody found");
        await WriteAsync(visit, wrong is null ? new List<ShownStudy>() : wrong, typed);
    }

    /// <param name="studies">Null before anybody was named.</param>
    /// <param name="typed">Stays in the form, to be put right.</param>
    private static Task WriteAsync(Visit visit, Result<List<ShownStudy>>? studies, string typed = "")
    {
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ImageWords.Page}</h1><span class="hint">{(visit.Principal!.Role == Role.Citizen ? ImageWords.OwnLead : ImageWords.Lead)}</span></div>""");
        if (visit.Principal.Role != Role.Citizen)
        {
            body.Add($"""
                <form class="panel filters" method="post" action="/images">{PageFrame.AntiforgeryField(visit, body)}<label class="wide"><span>{IdentityWords.Number}</span><input id="search" name="number" value="{typed}" required maxlength="{CardNumber.Longest}" autocomplete="off" spellcheck="false"></label><button class="primary">{ImageWords.Find}</button></form>
                """);
        }

        if (studies is { Accepted: false } refused) Shown.Refusal(body, refused.Rejection);
        else if (studies is { Value.Count: 0 }) body.Add($"""<p class="empty panel">{ImageWords.None}</p>""");
        else if (studies is { Value: var found }) Table(body, found);
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
