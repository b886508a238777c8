using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Cases;

/// <summary>One case: who, which rule, the entries it rests on, what was done, and the forms to go on.</summary>
internal static class CasePage
{
    private const int MostShown = 100;
    private const string Assign = "assign";
    private const string Close = "close";

    public static Task ShowAsync(Visit visit) => ShowAsync(visit, null);

    /// <param name="refused">A form of this page that was not acted on: it stands there again as it was filled in.</param>
    private static async Task ShowAsync(Visit visit, RefusedForm? refused)
    {
        if (await visit.Get<ICaseStore>().GetAsync(NumberOf(visit), visit.Aborted) is not { } found)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var its = found.Case;
        await visit.RecordAsync(AuditAction.Read, null, string.Create(CultureInfo.InvariantCulture, $"case/{its.Number}"), permitted: true, "console");
        var rule = CaseWords.Of(visit.Get<IWatchRules>().Find(its.Rule), its.Rule);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{CaseWords.Case.With(its.Number)}</h1><span class="chip {ClassOf(its.State)}">{CaseWords.Of(its.State)}</span><span class="hint">{rule}</span>""");
        if (its.Kind == SuspectKind.Account) body.Add($"""<a class="button right" href="/audit?actor={Uri.EscapeDataString(its.Suspect)}">{CaseWords.AllByActor}</a>""");
        body.Add($"""</div><dl class="facts"><div><dt>{CaseWords.Suspect}</dt><dd><b>{its.Suspect}</b> <small>{CaseWords.Of(its.Kind)}</small></dd></div>""");
        if (its.ProviderId is { } provider) body.Add($"""<div><dt>{CaseWords.Provider}</dt><dd>{provider}</dd></div>""");
        body.Add($"""<div><dt>{CaseWords.First}</dt><dd>{Shown.Time(body, its.From, visit.Now)}</dd></div><div><dt>{CaseWords.Last}</dt><dd>{Shown.Time(body, its.Until, visit.Now)}</dd></div><div><dt>{CaseWords.Entries}</dt><dd>{its.Entries}</dd></div><div><dt>{CaseWords.OpenedAt}</dt><dd>{Shown.Time(body, its.OpenedAt, visit.Now)}</dd></div>""");
        if (its.AssignedTo is { } with) body.Add($"""<div><dt>{CaseWords.With}</dt><dd>{with}</dd></div>""");
        body.Add($"""</dl>""");
        if (its.State != CaseState.Closed) Forms(body, visit, its, refused);
        if (found.Acts.Count > 0) Acts(body, visit, found.Acts);
        await EvidenceAsync(body, visit, found);
        await PageFrame.WriteAsync(visit, RefusedForm.StatusOf(refused), CaseWords.Case.With(its.Number).In(visit.Language), body, "list.js");
    }

    public static Task AssignAsync(Visit visit) => ActAsync(visit, Assign, (desk, form) => desk.AssignAsync(NumberOf(visit), form["to"], form["reason"].ToString(), visit.Principal!, visit.Aborted));

    public static Task CloseAsync(Visit visit) => ActAsync(visit, Close, (desk, form) => desk.CloseAsync(NumberOf(visit), form["reason"].ToString(), visit.Principal!, visit.Aborted));

    private static async Task ActAsync(Visit visit, string name, Func<ICaseDesk, IFormCollection, Task<Result<CaseDetail>>> act)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var done = await act(visit.Get<ICaseDesk>(), form);
        visit.Here = $"/cases/{NumberOf(visit)}";
        await (done.Accepted ? visit.SeeOther(visit.Here) : ShowAsync(visit, new(name, form, done.Rejection)));
    }

    private static long NumberOf(Visit visit) => long.Parse((string)visit.Http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);

    private static string ClassOf(CaseState state) => state switch { CaseState.Open => "refused", CaseState.Assigned => "quarantined", _ => "delivered" };

    private static void Forms(HtmlBuilder html, Visit visit, Case its, RefusedForm? refused)
    {
        html.Add($"""<section class="panel decide">""");
        if (refused is not null) Shown.Refusal(html, refused.Rejection);
        html.Add($"""
            <form class="act" data-typed method="post" action="/cases/{its.Number}/assign">{PageFrame.AntiforgeryField(visit, html)}<label>{CaseWords.AssignTo}<input name="to" value="{RefusedForm.Typed(refused, Assign, "to")}" maxlength="64" autocapitalize="none" spellcheck="false"></label><label>{CaseWords.Reason}<input name="reason" value="{RefusedForm.Typed(refused, Assign, "reason")}" required maxlength="500"></label><button>{CaseWords.Assign}</button></form>
            <form class="act" data-typed method="post" action="/cases/{its.Number}/close">{PageFrame.AntiforgeryField(visit, html)}<label>{CaseWords.Found}<input name="reason" value="{RefusedForm.Typed(refused, Close, "reason")}" required maxlength="500"></label><button class="primary">{CaseWords.CloseCase}</button></form></section>
            """);
    }

    private static void Acts(HtmlBuilder html, Visit visit, IReadOnlyList<CaseAct> acts)
    {
        html.Add($"""<section class="panel"><h2>{CaseWords.History}</h2><table class="rows"><tbody>""");
        foreach (var act in acts)
        {
            html.Add($"""<tr><td class="time">{Shown.Time(html, act.At, visit.Now)}</td><td>{act.Actor}</td><td><span class="chip {ClassOf(act.State)}">{CaseWords.Of(act.State)}</span> {(act.State == CaseState.Assigned ? act.AssignedTo : "")}</td><td>{act.Reason}</td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
    }

    private static async Task EvidenceAsync(HtmlBuilder html, Visit visit, CaseDetail found)
    {
        var shown = found.Evidence.Take(MostShown).ToList();
        html.Add($"""<section class="panel scroll"><h2>{CaseWords.Evidence}""");
        if (found.Case.Entries > shown.Count) html.Add($""" <small>{CaseWords.EvidenceCut.With(shown.Count, found.Case.Entries)}</small>""");
        html.Add($"""</h2><table class="rows list" data-rows><thead><tr><th scope="col" class="n">{AuditWords.Number}</th><th scope="col">{MessageWords.At}</th><th scope="col">{AuditWords.Actor}</th><th scope="col">{AuditWords.Action}</th><th scope="col">{AuditWords.Origin}</th><th scope="col">{AuditWords.Decision}</th><th scope="col">{AuditWords.Reason}</th></tr></thead><tbody>""");
        var trail = visit.Get<IAuditReader>();
        foreach (var number in shown)
        {
            if (await trail.GetAsync(number, visit.Aborted) is not { Entry: { } entry }) continue;
            html.Add($"""
                <tr><td class="n"><a href="/audit/{number}" data-open>{number}</a></td><td class="time">{Shown.Time(html, entry.At, visit.Now)}</td><td>{entry.Actor}</td><td title="{entry.Action}">{ActionWords.Of(entry.Action)}</td><td>{entry.Origin?.Address}</td>
                <td><span class="chip {(entry.Permitted ? "delivered" : "refused")}">{(entry.Permitted ? AuditWords.Permitted : AuditWords.Refused)}</span></td><td class="clip reason" title="{entry.Reason}">{entry.Reason}</td></tr>
                """);
        }

        html.Add($"""</tbody></table></section>""");
    }
}
