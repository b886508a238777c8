using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>One person of the index: the four fields with their assurance, the numbers, who was merged, and the history.</summary>
internal static class PersonPage
{
    private const int Steps = 100;

    /// <summary>By identity card number, as typed: posted, so that it is left in no address.</summary>
    public static async Task FindAsync(Visit visit)
    {
        var typed = (await visit.Http.Request.ReadFormAsync(visit.Aborted))["number"].ToString();
        var found = await CardNumber.FindAsync(visit, typed);
        var person = found.Accepted ? found.Value : null;
        await visit.RecordAsync(AuditAction.Search, person?.Id, "Patient?identifier", permitted: true, person is null ? "registration: nobody found" : "registration: the registrar looks persons up");
        await (person is null ? IdentityListPage.ShowAsync(visit, typed, found.Rejection ?? PersonActions.Nobody) : visit.SeeOther($"/persons/{person.Id}"));
    }

    public static Task ShowAsync(Visit visit) => ShowAsync(visit, (string)visit.Http.Request.RouteValues["id"]!, null);

    /// <param name="refused">A form of this page that was not acted on: it stands there again as it was filled in.</param>
    public static async Task ShowAsync(Visit visit, string id, RefusedForm? refused)
    {
        if (await visit.Get<IPersonStore>().GetAsync(id, visit.Aborted) is not { } person)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        await visit.RecordAsync(AuditAction.Read, person.Id, $"Patient/{person.Id}", permitted: true, "registration: the registrar sees the index");
        var links = visit.Get<IPersonLinks>();
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{person.FamilyName} {person.GivenName} {person.ChineseName}</h1><span class="hint"><code>{person.Id}</code></span></div>""");
        if (refused is not null) Shown.Refusal(body, refused.Rejection);
        if (person.MergedInto is { } survivor) body.Add($"""<p class="panel decided">{IdentityWords.MergedInto}: <a href="/persons/{survivor}"><code>{survivor}</code></a></p>""");
        Fields(body, person);
        var aliases = await links.AliasesAsync(person.Id, visit.Aborted);
        body.Add($"""<section class="panel"><h2>{IdentityWords.LocalNumbers}</h2>""");
        if (aliases.Count == 0) body.Add($"""<p class="empty">{IdentityWords.NoLocalNumbers}</p>""");
        else
        {
            body.Add($"""<p class="hint">{IdentityWords.UnlinkDetail}</p><table class="rows"><thead><tr><th scope="col">{FlowWords.Source}</th><th scope="col">{IdentityWords.Authority}</th><th scope="col">{IdentityWords.LocalNumbers}</th><th scope="col">{IdentityWords.Unlink}</th></tr></thead><tbody>""");
            foreach (var alias in aliases)
            {
                body.Add($"""
                    <tr><td>{alias.SourceId}</td><td>{alias.AssigningAuthority}</td><td><code>{alias.Value}</code></td><td><form class="act" data-typed method="post" action="/persons/{person.Id}/unlink">{PageFrame.AntiforgeryField(visit, body)}<input type="hidden" name="source" value="{alias.SourceId}"><input type="hidden" name="authority" value="{alias.AssigningAuthority}"><input type="hidden" name="value" value="{alias.Value}">{Reason(body, RefusedForm.Typed(refused, PersonActions.UnlinkOf(alias), "reason"))}<button>{IdentityWords.Unlink}</button></form></td></tr>
                    """);
            }

            body.Add($"""</tbody></table>""");
        }

        body.Add($"""</section>""");
        if (person.MergedInto is null) await MergesAsync(visit, body, person, links, refused);
        await HistoryAsync(visit, body, person, links);
        await PageFrame.WriteAsync(visit, RefusedForm.StatusOf(refused), IdentityWords.Person.In(visit.Language), body, "list.js");
    }

    private static void Fields(HtmlBuilder html, Person person)
    {
        var known = person.Assurance;
        html.Add($"""
            <section class="panel"><table class="comparison"><thead><tr><td></td><th scope="col">{IdentityWords.Person}</th><th scope="col">{IdentityWords.Assurance}</th></tr></thead><tbody>
            <tr><th scope="row">{IdentityWords.Number}</th><td><b>{person.DocumentNumber}</b></td><td>{IdentityWords.Of(known.Document)}</td></tr>
            <tr><th scope="row">{IdentityWords.Name}</th><td><b>{person.FamilyName} {person.GivenName} {person.ChineseName}</b></td><td>{IdentityWords.Of(known.Name)}</td></tr>
            <tr><th scope="row">{IdentityWords.Sex}</th><td><b>{IdentityWords.Of(person.Sex)}</b></td><td>{IdentityWords.Of(known.Sex)}</td></tr>
            <tr><th scope="row">{IdentityWords.BirthDate}</th><td><b>{person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</b></td><td>{IdentityWords.Of(known.BirthDate)}</td></tr>
            </tbody></table></section>
            """);
    }

    private static async Task MergesAsync(Visit visit, HtmlBuilder html, Person person, IPersonLinks links, RefusedForm? refused)
    {
        var merged = await links.MergedAsync(person.Id, visit.Aborted);
        if (merged.Count > 0)
        {
            html.Add($"""<section class="panel"><h2>{IdentityWords.MergedPersons}</h2><table class="rows"><tbody>""");
            foreach (var other in merged)
            {
                html.Add($"""<tr><td><a href="/persons/{other.Id}">{other.DocumentNumber}</a></td><td>{other.FamilyName} {other.GivenName} {other.ChineseName}</td><td><form class="act" data-typed method="post" action="/persons/{other.Id}/split">{PageFrame.AntiforgeryField(visit, html)}{Reason(html, RefusedForm.Typed(refused, PersonActions.SplitOf(other.Id), "reason"))}<button>{IdentityWords.Split}</button></form></td></tr>""");
            }

            html.Add($"""</tbody></table></section>""");
        }

        html.Add($"""<section class="panel decide"><h2>{IdentityWords.Merge}</h2><p class="hint">{IdentityWords.MergeDetail}</p><form class="act" data-typed method="post" action="/persons/{person.Id}/merge">{PageFrame.AntiforgeryField(visit, html)}<label>{IdentityWords.Number}<input name="number" value="{RefusedForm.Typed(refused, PersonActions.Merge, "number")}" required maxlength="{CardNumber.Longest}" autocomplete="off" spellcheck="false"></label>{Reason(html, RefusedForm.Typed(refused, PersonActions.Merge, "reason"))}<button>{IdentityWords.Merge}</button></form></section>""");
    }

    private static async Task HistoryAsync(Visit visit, HtmlBuilder html, Person person, IPersonLinks links)
    {
        var history = await links.HistoryAsync(person.Id, Steps, visit.Aborted);
        html.Add($"""<section class="panel"><h2>{IdentityWords.History}</h2>""");
        if (history.Count == 0) html.Add($"""<p class="empty">{IdentityWords.NoHistory}</p>""");
        else
        {
            html.Add($"""<table class="rows list" data-rows><thead><tr><th scope="col">{MessageWords.At}</th><th scope="col">{IdentityWords.Event}</th><th scope="col">{IdentityWords.LocalNumbers}</th><th scope="col">{IdentityWords.By}</th><th scope="col">{DepositWords.Reason}</th></tr></thead><tbody>""");
            foreach (var step in history)
            {
                html.Add($"""<tr><td class="time">{Shown.Time(html, step.At, visit.Now)}</td><td>{IdentityWords.Of(step.Kind)}</td><td><code>{step.Number?.Value ?? step.OtherId ?? ""}</code></td><td>{step.Actor}</td><td class="reason">{step.Reason}</td></tr>""");
            }

            html.Add($"""</tbody></table>""");
        }

        html.Add($"""</section>""");
    }

    private static Html Reason(HtmlBuilder html, string typed) =>
        html.Of(inner => inner.Add($"""<label>{IdentityWords.Reason}<input name="reason" value="{typed}" required maxlength="500"></label>"""));
}
