using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Monitoring.Console.Audit;

/// <summary>
/// For a citizen: who looked at the own record, when, why, and what was refused. One line an access, as the notices count them: what one
/// account of one provider read within half an hour.
/// </summary>
internal static class LooksPage
{
    /// <summary>Audit entries on a page; some dozens make one access.</summary>
    private const int Entries = 500;

    private static readonly IReadOnlyList<string> Looks = [.. AuditAction.Reads, AuditAction.Match, AuditAction.Pix, AuditAction.Review, AuditAction.ViewMessage];

    public static async Task ShowAsync(Visit visit)
    {
        var principal = visit.Principal!;
        var person = principal.DocumentNumber is { Length: > 0 } number ? await visit.Get<IPersonStore>().FindByDocumentAsync(number, visit.Aborted) : null;
        if (person is null)
        {
            await visit.RecordAsync(AuditAction.Search, null, "AuditEvent", permitted: true, "own record: who looked, when and why; nobody found");
            await PageFrame.SayAsync(visit, 200, LookWords.NoAccount, new("", ""));
            return;
        }

        await visit.RecordAsync(AuditAction.Search, person.Id, "AuditEvent", permitted: true, "own record: who looked, when and why");
        var before = long.TryParse(visit.Http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : (long?)null;
        var found = await visit.Get<IAuditReader>().SearchAsync(new(person.Id, Actions: Looks, Before: before, Count: Entries), visit.Aborted);
        var accesses = AccessesOf(found.Where(record => record.Entry.Actor != principal.Name));

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{LookWords.Page}</h1><span class="hint">{LookWords.Lead}</span></div>""");
        if (accesses.Count == 0) body.Add($"""<p class="empty panel">{LookWords.Nobody}</p>""");
        else
        {
            body.Add($"""<div class="panel scroll"><table class="rows looks cards" data-rows><thead><tr><th scope="col">{LookWords.When}</th><th scope="col">{LookWords.Who}</th><th scope="col">{LookWords.Where}</th><th scope="col">{LookWords.Why}</th><th scope="col">{LookWords.What}</th><th scope="col">{LookWords.Outcome}</th></tr></thead><tbody>""");
            foreach (var access in accesses) Row(body, visit, access);
            body.Add($"""</tbody></table></div>""");
        }

        if (found.Count == Entries) body.Add($"""<p class="paging"><a class="button" rel="next" href="/looks?before={found[^1].Number}">{DepositWords.Older}</a></p>""");
        body.Add($"""<p class="hint">{LookWords.Doubt}</p>""");
        await PageFrame.WriteAsync(visit, LookWords.Page.In(visit.Language), body, "list.js");
    }

    /// <returns>Newest first; the entries of each oldest first.</returns>
    private static List<List<AuditEntry>> AccessesOf(IEnumerable<AuditRecord> records)
    {
        var accesses = new List<List<AuditEntry>>();
        var current = new Dictionary<(string, string?, string?, bool), List<AuditEntry>>();
        foreach (var entry in records.Reverse().Select(record => record.Entry))
        {
            var key = (entry.Actor, entry.ProviderId, entry.PurposeOfUse, entry.Permitted);
            if (current.TryGetValue(key, out var access) && (entry.At - access[0].At).Duration() < INotices.Access) access.Add(entry);
            else accesses.Add(current[key] = [entry]);
        }

        accesses.Reverse();
        return accesses;
    }

    private static void Row(HtmlBuilder html, Visit visit, List<AuditEntry> access)
    {
        var first = access[0];
        html.Add($"""<tr><td class="time" data-name="{LookWords.When}">{Shown.Time(html, first.At, visit.Now)}""");
        if (access.Count > 1) html.Add($"""<small>{LookWords.Times.With(access.Count, Shown.Clock(access[^1].At))}</small>""");
        html.Add($"""</td><td data-name="{LookWords.Who}">{WhoOf(visit, first)}<small>{AuditEntryPage.RoleOf(first.Role)}</small></td><td data-name="{LookWords.Where}">{WhereOf(visit, first)}</td><td data-name="{LookWords.Why}">{WhyOf(first)}""");
        if (first.CareRelation == false) html.Add($"""<small class="none">{AuditWords.RelationNone}</small>""");
        html.Add($"""</td><td data-name="{LookWords.What}">{string.Join(html.Language == Language.Chinese ? "、" : ", ", access.Select(entry => LookWords.Of(entry).In(html.Language)).Distinct(StringComparer.Ordinal))}</td>""");
        html.Add($"""<td data-name="{LookWords.Outcome}"><span class="chip {(first.Permitted ? "received" : "refused")}">{(first.Permitted ? LookWords.Seen : LookWords.Refused)}</span></td></tr>""");
    }

    private static Phrase WhoOf(Visit visit, AuditEntry entry)
    {
        if (entry.OnBehalfOf is not null) return LookWords.DecisionMaker;
        if (visit.Get<IMachineClients>().Get(entry.Actor) is { } machine) return new($"{machine.Name} ({LookWords.System.English})", $"{machine.Name}（{LookWords.System.Chinese}）");
        if (visit.Get<IPersonAccounts>().Get(entry.Actor)?.ProfessionalId is { } id && visit.Get<IProfessionals>().Get(id) is { } professional)
        {
            return new(professional.Name, professional.NameChinese.Length > 0 ? professional.NameChinese : professional.Name);
        }

        return new(entry.Actor, entry.Actor);
    }

    private static Phrase WhereOf(Visit visit, AuditEntry entry)
    {
        if (entry.ProviderId is not { } id) return entry.OnBehalfOf is null ? LookWords.Hub : new("", "");
        return visit.Get<IRegistry>().GetProvider(id) is { } provider
            ? new(provider.Name, provider.NameChinese.Length > 0 ? provider.NameChinese : provider.Name)
            : new(id, id);
    }

    private static Phrase WhyOf(AuditEntry entry) =>
        entry.PurposeOfUse is { } purpose ? AuditWords.Purpose(purpose)
        : entry.Role == AccessPrincipal.KeyOf(Role.Registrar) ? LookWords.Registration
        : entry.Action == AuditAction.ViewMessage ? LookWords.Mending
        : LookWords.NotStated;
}
