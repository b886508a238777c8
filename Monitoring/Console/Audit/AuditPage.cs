using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Console.Audit;

/// <summary>The audit trail for auditors, newest first, with filters in the address.</summary>
internal static class AuditPage
{
    private const int Rows = 100;

    public static async Task ShowAsync(Visit visit)
    {
        var filter = AuditFilter.Read(visit.Http.Request.Query, Rows);
        // One more than shown: whether there is an older page.
        var found = await visit.Get<IAuditReader>().SearchAsync(filter.Search with { Count = Rows + 1 }, visit.Aborted);
        var shown = found.Take(Rows).ToList();
        // As by GET /fhir/AuditEvent: that somebody looked at the trail is an entry of the trail too. Who is asked for may be anything; of whom there are entries is a person.
        await visit.RecordAsync(AuditAction.Search, found.Count > 0 ? filter.Search.PersonId : null, filter.Target, permitted: true, "console");
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ShellWords.Audit}</h1><span class="hint">{AuditWords.Lead}</span></div>""");
        Filters(body, filter);
        foreach (var (name, value) in filter.Invalid) body.Add($"""<p class="notice" role="alert">{DepositWords.FilterIgnored.With(value, name)}</p>""");
        if (shown.Count == 0) body.Add($"""<p class="empty panel">{AuditWords.NoEntry}</p>""");
        else
        {
            body.Add($"""<div class="panel scroll"><table class="rows list audit" data-rows><thead><tr><th scope="col" class="n">{AuditWords.Number}</th><th scope="col">{MessageWords.At}</th><th scope="col">{AuditWords.Actor}</th><th scope="col">{AuditWords.Action}</th><th scope="col">{AuditWords.Person}</th><th scope="col">{AuditWords.Why}</th><th scope="col">{AuditWords.Origin}</th><th scope="col">{AuditWords.Decision}</th><th scope="col">{AuditWords.Reason}</th></tr></thead><tbody>""");
            foreach (var record in shown) Row(body, visit, record);
            body.Add($"""</tbody></table></div>""");
        }

        body.Add($"""<p class="paging">""");
        if (filter.Search.Before is not null) body.Add($"""<a class="button" href="{filter.Address(null)}">{DepositWords.Newest}</a>""");
        if (found.Count > Rows) body.Add($"""<a class="button" rel="next" href="{filter.Address(shown[^1].Number)}">{DepositWords.Older}</a>""");
        body.Add($"""</p>""");
        await PageFrame.WriteAsync(visit, ShellWords.Audit.In(visit.Language), body, "list.js");
    }

    private static void Filters(HtmlBuilder html, AuditFilter filter)
    {
        var search = filter.Search;
        html.Add($"""
            <form class="filters panel" method="get" action="/audit" role="search"><label class="wide"><span>{AuditWords.PersonId}</span><input type="search" id="search" name="person" value="{search.PersonId}" maxlength="64"></label>
            <label class="wide"><span>{AuditWords.Actor}</span><input name="actor" value="{search.Actor}" maxlength="128" placeholder="{AuditWords.ActorForms}"></label><label><span>{AuditWords.Provider}</span><input name="provider" value="{search.ProviderId}" maxlength="64"></label>
            <label><span>{AuditWords.Action}</span><select name="action"><option value="">{DepositWords.Any}</option>
            """);
        foreach (var action in filter.Action is { } other && !ActionWords.All.Contains(other) ? ActionWords.All.Append(other) : ActionWords.All) Option(html, action, ActionWords.Of(action), action == filter.Action);
        html.Add($"""</select></label><label><span>{AuditWords.Decision}</span><select name="outcome"><option value="">{DepositWords.Any}</option>""");
        Option(html, "permitted", AuditWords.Permitted, search.Permitted == true);
        Option(html, "refused", AuditWords.Refused, search.Permitted == false);
        html.Add($"""</select></label><label><span>{DepositWords.From}</span><input type="datetime-local" name="from" value="{DepositSearch.LocalText(search.From)}"></label><label><span>{DepositWords.Until}</span><input type="datetime-local" name="until" value="{DepositSearch.LocalText(search.Until)}"></label><button class="primary">{DepositWords.Apply}</button>""");
        if (filter.IsFiltered) html.Add($"""<a class="button quiet" href="/audit">{DepositWords.Clear}</a>""");
        html.Add($"""</form>""");
    }

    private static void Option(HtmlBuilder html, string value, Phrase name, bool chosen) =>
        html.Add($"""<option value="{value}"{new Html(chosen ? " selected" : "")}>{name}</option>""");

    private static void Row(HtmlBuilder html, Visit visit, AuditRecord record)
    {
        var entry = record.Entry;
        html.Add($"""<tr><td class="n"><a href="/audit/{record.Number}" data-open>{record.Number}</a></td><td class="time">{Shown.Time(html, entry.At, visit.Now)}</td><td class="clip" title="{entry.Actor}">{entry.Actor}<small>{AuditEntryPage.RoleOf(entry.Role)}""");
        if (entry.ProviderId is { } provider) html.Add($""" · {provider}""");
        html.Add($"""</small></td><td class="clip" title="{entry.Action} {entry.Target}">{ActionWords.Of(entry.Action)}<small>{entry.Target}</small></td><td class="clip">""");
        if (entry.PersonId is { } person) html.Add($"""<a href="/audit?person={Uri.EscapeDataString(person)}" title="{person}"><code>{person}</code></a>""");
        html.Add($"""</td><td class="why">""");
        if (entry.PurposeOfUse is { } purpose) html.Add($"""<span title="{AuditWords.Purpose(purpose)}">{purpose}</span>""");
        if (entry.CareRelation is { } relation) html.Add($"""<small class="{(relation ? "found" : "none")}">{(relation ? AuditWords.RelationFound : AuditWords.RelationNone)}</small>""");
        html.Add($"""</td><td class="clip" title="{entry.Origin?.Address} {entry.Origin?.SourceId}">{entry.Origin?.Address}<small>{entry.Origin?.SourceId}</small></td>""");
        html.Add($"""<td><span class="chip {(entry.Permitted ? "delivered" : "refused")}">{(entry.Permitted ? AuditWords.Permitted : AuditWords.Refused)}</span></td><td class="reason">{entry.Reason}</td></tr>""");
    }
}
