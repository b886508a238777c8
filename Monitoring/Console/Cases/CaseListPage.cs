using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Console.Cases;

/// <summary>Cases of one state, newest first.</summary>
internal static class CaseListPage
{
    private const int Rows = 100;

    public static readonly (string Key, CaseState State)[] States = [("open", CaseState.Open), ("assigned", CaseState.Assigned), ("closed", CaseState.Closed)];

    public static async Task ShowAsync(Visit visit)
    {
        var query = visit.Http.Request.Query;
        var (key, state) = Array.Find(States, known => query["state"] == known.Key) is { Key: not null } asked ? asked : States[0];
        var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        var cases = visit.Get<ICaseStore>();
        var found = await cases.ListAsync(state, before, Rows + 1, visit.Aborted);
        var shown = found.Take(Rows).ToList();

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{CaseWords.Page}</h1><span class="hint">{CaseWords.Lead}</span></div><nav class="tabs" aria-label="{FlowWords.State}">""");
        foreach (var (each, its) in States)
        {
            var count = await cases.CountAsync(its, visit.Aborted);
            body.Add($"""<a href="/cases?state={each}"{new Html(each == key ? " aria-current=\"page\"" : "")}>{CaseWords.Of(its)} <small>{Shown.Number(count)}</small></a>""");
        }

        body.Add($"""</nav>""");
        if (shown.Count == 0) body.Add($"""<p class="empty panel">{CaseWords.Nothing}</p>""");
        else Table(body, visit, shown);
        if (found.Count > Rows) body.Add($"""<p class="paging"><a class="button" rel="next" href="/cases?state={key}&amp;before={shown[^1].Number}">{DepositWords.Older}</a></p>""");
        await PageFrame.WriteAsync(visit, CaseWords.Page.In(visit.Language), body, "list.js");
    }

    private static void Table(HtmlBuilder html, Visit visit, IReadOnlyList<Case> cases)
    {
        var rules = visit.Get<IWatchRules>();
        html.Add($"""<div class="panel scroll"><table class="rows list" data-rows><thead><tr><th scope="col" class="n">{AuditWords.Number}</th><th scope="col">{CaseWords.Last}</th><th scope="col">{CaseWords.Suspect}</th><th scope="col">{CaseWords.Provider}</th><th scope="col">{CaseWords.Rule}</th><th scope="col" class="n">{CaseWords.Entries}</th><th scope="col">{CaseWords.OpenedAt}</th><th scope="col">{CaseWords.With}</th></tr></thead><tbody>""");
        foreach (var each in cases)
        {
            html.Add($"""
                <tr><td class="n"><a href="/cases/{each.Number}" data-open>{each.Number}</a></td><td class="time">{Shown.Time(html, each.Until, visit.Now)}</td><td>{each.Suspect} <small>{CaseWords.Of(each.Kind)}</small></td><td>{each.ProviderId}</td>
                <td>{CaseWords.Of(rules.Find(each.Rule), each.Rule)}</td><td class="n">{each.Entries}</td><td class="time">{Shown.Time(html, each.OpenedAt, visit.Now)}</td><td>{each.AssignedTo}</td></tr>
                """);
        }

        html.Add($"""</tbody></table></div>""");
    }
}
