using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Monitoring.Console.Audit;

/// <summary>All that one entry says.</summary>
internal static class AuditEntryPage
{
    public static async Task ShowAsync(Visit visit)
    {
        var number = long.Parse((string)visit.Http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        if (await visit.Get<IAuditReader>().GetAsync(number, visit.Aborted) is not { Entry: { } entry })
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        await visit.RecordAsync(AuditAction.Read, entry.PersonId, string.Create(CultureInfo.InvariantCulture, $"AuditEvent/{number}"), permitted: true, "console");
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{AuditWords.Entry.With(number)}</h1><span class="chip {(entry.Permitted ? "delivered" : "refused")}">{(entry.Permitted ? AuditWords.Permitted : AuditWords.Refused)}</span><span class="right">""");
        if (entry.PersonId is { } person) body.Add($"""<a class="button" href="/audit?person={Uri.EscapeDataString(person)}">{AuditWords.ThisPerson}</a> """);
        body.Add($"""<a class="button" href="/audit?actor={Uri.EscapeDataString(entry.Actor)}">{AuditWords.ThisActor}</a></span></div><section class="panel"><table class="comparison entry"><tbody>""");
        var provider = entry.ProviderId is { } id ? visit.Get<IRegistry>().GetProvider(id) : null;
        Line(body, MessageWords.At, $"{Shown.Exact(entry.At)}");
        Line(body, AuditWords.Actor, entry.Actor);
        Line(body, AuditWords.RoleWord, RoleOf(entry.Role).In(visit.Language));
        Line(body, AuditWords.Provider, provider is null ? entry.ProviderId : $"{(visit.Language == Language.Chinese && provider.NameChinese.Length > 0 ? provider.NameChinese : provider.Name)} ({provider.Id})");
        Line(body, AuditWords.Action, $"{ActionWords.Of(entry.Action).In(visit.Language)} ({entry.Action})");
        Line(body, AuditWords.Target, entry.Target);
        Line(body, AuditWords.Person, entry.PersonId);
        Line(body, AuditWords.OnBehalf, entry.OnBehalfOf);
        Line(body, AuditWords.Why, entry.PurposeOfUse is { } purpose ? $"{AuditWords.Purpose(purpose).In(visit.Language)} ({purpose})" : null);
        Line(body, AuditWords.CareRelation, (entry.CareRelation switch { true => AuditWords.RelationFound, false => AuditWords.RelationNone, _ => AuditWords.NotAsked }).In(visit.Language));
        Line(body, AuditWords.Address, entry.Origin?.Address);
        Line(body, AuditWords.Source, entry.Origin?.SourceId);
        Line(body, AuditWords.Certificate, entry.Origin?.Certificate);
        Line(body, AuditWords.Reason, entry.Reason);
        body.Add($"""</tbody></table></section><p class="paging">""");
        if (number > 1) body.Add($"""<a class="button" href="/audit/{number - 1}">{DepositWords.Older}</a>""");
        body.Add($"""<a class="button" href="/audit/{number + 1}">{DepositWords.Newer}</a></p>""");
        await PageFrame.WriteAsync(visit, AuditWords.Entry.With(number).In(visit.Language), body);
    }

    /// <summary>A role as people call it; the word itself where it is none, such as that of the hub's own acts.</summary>
    public static Phrase RoleOf(string key)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            if (AccessPrincipal.KeyOf(role) == key) return ShellWords.Of(role);
        }

        return new(key, key);
    }

    private static void Line(HtmlBuilder html, Phrase name, string? value) =>
        html.Add($"""<tr><th scope="row">{name}</th><td>{(string.IsNullOrEmpty(value) ? "–" : value)}</td></tr>""");
}
