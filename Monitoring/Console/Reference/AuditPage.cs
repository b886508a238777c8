using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Console.Reference;

/// <summary>The audit trail for auditors.</summary>
internal static class AuditPage
{
    private const int Rows = 200;

    public static async Task ShowAsync(Visit visit)
    {
        var person = visit.Http.Request.Query["person"].ToString().Trim() is { Length: > 0 and <= 64 } asked ? asked : null;
        var entries = await visit.Get<IAuditTrail>().ListAsync(person, Rows, visit.Aborted);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ShellWords.Audit}</h1><span class="hint">{ReferenceWords.AuditLead}</span><form class="right" method="get" action="/audit" role="search"><input type="search" id="search" name="person" value="{person}" placeholder="{ReferenceWords.PersonId}" aria-label="{ReferenceWords.PersonId}" maxlength="64"><button>{DepositWords.Apply}</button></form></div>""");
        if (entries.Count == 0) body.Add($"""<p class="empty panel">{ReferenceWords.NoAudit}</p>""");
        else
        {
            body.Add($"""<div class="panel"><table class="rows list audit" data-rows><thead><tr><th scope="col">{MessageWords.At}</th><th scope="col">{ReferenceWords.Actor}</th><th scope="col">{ReferenceWords.RoleWord}</th><th scope="col">{ReferenceWords.Action}</th><th scope="col">{ReferenceWords.Target}</th><th scope="col">{ReferenceWords.Person}</th><th scope="col">{ReferenceWords.Decision}</th><th scope="col">{DepositWords.Reason}</th></tr></thead><tbody>""");
            foreach (var entry in entries) Row(body, visit, entry);
            body.Add($"""</tbody></table></div>""");
        }

        await PageFrame.WriteAsync(visit, ShellWords.Audit.In(visit.Language), body, "list.js");
    }

    private static void Row(HtmlBuilder html, Visit visit, AuditEntry entry)
    {
        html.Add($"""<tr><td class="time">{Shown.Time(html, entry.At, visit.Now, fine: true)}</td><td class="clip">{entry.Actor}</td><td>{entry.Role}</td><td><code>{entry.Action}</code></td><td class="clip"><code title="{entry.Target}">{entry.Target}</code></td><td class="clip">""");
        if (entry.PersonId is { } person) html.Add($"""<a href="/audit?person={Uri.EscapeDataString(person)}" data-open title="{person}"><code>{person[..Math.Min(10, person.Length)]}…</code></a>""");
        html.Add($"""</td><td><span class="chip {(entry.Permitted ? "delivered" : "refused")}">{(entry.Permitted ? ReferenceWords.Permitted : ReferenceWords.Denied)}</span></td><td class="clip reason" title="{entry.Reason}">{entry.Reason}</td></tr>""");
    }
}
