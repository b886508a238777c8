using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Flow;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>Deposits, newest first, with filters in the address.</summary>
internal static class DepositListPage
{
    private const int Rows = 50;

    public static async Task ShowAsync(Visit visit)
    {
        var search = DepositSearch.Read(visit.Http.Request.Query, Rows);
        var found = await search.FindAsync(visit.Get<IDepositQueries>(), visit.Aborted);
        var shown = found.Take(search.Filter.Count).ToList();

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ShellWords.Deposits}</h1></div>""");
        Filters(body, visit, search);
        foreach (var (name, value) in search.Invalid) body.Add($"""<p class="notice" role="alert">{DepositWords.FilterIgnored.With(value, name)}</p>""");
        if (shown.Count == 0) body.Add($"""<p class="empty panel">{(search.IsFiltered ? DepositWords.NoneFound : DepositWords.NoneYet)}</p>""");
        else Table(body, visit, shown);
        Paging(body, search, shown, found.Count > shown.Count);
        await PageFrame.WriteAsync(visit, ShellWords.Deposits.In(visit.Language), body, "list.js");
    }

    private static void Filters(HtmlBuilder html, Visit visit, DepositSearch search)
    {
        var filter = search.Filter;
        html.Add($"""<form class="filters panel" method="get" action="/deposits" role="search"><label class="wide"><span>{ShellWords.KeySearch}</span><input type="search" name="q" id="search" value="{filter.Text}" placeholder="{DepositWords.Search}" maxlength="200"></label>""");
        html.Add($"""<label><span>{FlowWords.Source}</span><select name="source"><option value="">{DepositWords.Any}</option>""");
        Option(html, DepositSearch.NoSource, DepositWords.UnknownSource, filter.WithoutSource);
        foreach (var id in visit.Get<IRegistry>().Sources.Select(source => source.Id).Append(filter.SourceId).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Option(html, id, new(id, id), string.Equals(id, filter.SourceId, StringComparison.Ordinal));
        }

        html.Add($"""</select></label><label><span>{FlowWords.State}</span><select name="state"><option value="">{DepositWords.Any}</option>""");
        foreach (var state in Enum.GetValues<DepositState>()) Option(html, Shown.KeyOf(state), DepositWords.Of(state), state == filter.State);
        html.Add($"""</select></label><label class="short"><span>{DepositWords.Type}</span><input name="type" value="{filter.MessageType}" list="types" placeholder="{DepositWords.Any}" maxlength="20"></label>""");
        html.Add($"""<label><span>{DepositWords.Reason}</span><select name="code" class="reason"><option value="">{DepositWords.Any}</option>""");
        foreach (var meaning in RejectionTable.All)
        {
            var number = ((int)meaning.Code).ToString(CultureInfo.InvariantCulture);
            Option(html, number, new($"{number} {meaning.English}", $"{number} {meaning.Chinese}"), meaning.Code == filter.Rejection);
        }

        html.Add($"""</select></label><label><span>{DepositWords.From}</span><input type="datetime-local" name="from" value="{DepositSearch.LocalText(filter.From)}"></label><label><span>{DepositWords.Until}</span><input type="datetime-local" name="until" value="{DepositSearch.LocalText(filter.Until)}"></label>""");
        html.Add($"""<button class="primary">{DepositWords.Apply}</button>""");
        if (search.IsFiltered) html.Add($"""<a class="button quiet" href="/deposits">{DepositWords.Clear}</a>""");
        html.Add($"""<datalist id="types">""");
        foreach (var type in (ReadOnlySpan<string>)["ADT", "ORU", "ADT^A01", "ADT^A02", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A11", "ADT^A13", "ADT^A28", "ADT^A31", "ADT^A40", "ORU^R01"])
        {
            html.Add($"""<option value="{type}">""");
        }

        html.Add($"""</datalist></form>""");
    }

    private static void Option(HtmlBuilder html, string value, Phrase text, bool chosen) =>
        html.Add($"""<option value="{value}"{new Html(chosen ? " selected" : "")}>{text}</option>""");

    private static void Table(HtmlBuilder html, Visit visit, IReadOnlyList<DepositSummary> deposits)
    {
        html.Add($"""
            <div class="panel"><table class="rows list" data-rows><thead><tr><th scope="col" class="n">{DepositWords.Number}</th><th scope="col">{DepositWords.Time}</th><th scope="col">{FlowWords.Source}</th><th scope="col">{DepositWords.Type}</th><th scope="col">{DepositWords.ControlId}</th>
            <th scope="col">{FlowWords.State}</th><th scope="col">{DepositWords.Reason}</th><th scope="col" class="n">{DepositWords.Size}</th><th scope="col" class="n">{DepositWords.Elapsed}</th><th scope="col">{DepositWords.Ledger}</th></tr></thead><tbody>
            """);
        foreach (var deposit in deposits) Row(html, visit, deposit);
        html.Add($"""</tbody></table></div>""");
    }

    private static void Row(HtmlBuilder html, Visit visit, DepositSummary deposit)
    {
        html.Add($"""
            <tr><td class="n"><a href="/deposits/{deposit.Id.Value}" data-open>{deposit.Id.Value}</a></td><td class="time">{Shown.Time(html, deposit.ReceivedAt, visit.Now, fine: true)}</td>
            <td class="clip from" title="{deposit.SourceId}">{(deposit.SourceId is null ? html.Of(inner => inner.Add($"""<em>{DepositWords.UnknownSource}</em>""")) : html.Of(inner => inner.Add($"{deposit.SourceId}")))}</td>
            <td><code>{deposit.MessageType}</code></td><td class="clip control" title="{deposit.ControlId}"><code>{deposit.ControlId ?? "–"}</code>
            """);
        if (deposit.Repeats > 0) html.Add($""" <span class="times" title="{DepositWords.Repeats}">×{deposit.Repeats + 1}</span>""");
        html.Add($"""</td><td>{Shown.State(html, deposit.State)}</td><td class="clip reason">""");
        if (deposit.Rejection is { } code)
        {
            var meaning = RejectionTable.Of(code);
            var words = html.Language == Language.Chinese ? meaning.Chinese : meaning.English;
            html.Add($"""<span title="{words}"><code>{(int)code}</code> {words}</span>""");
        }

        html.Add($"""</td><td class="n">{Shown.Size(deposit.Size)}</td><td class="n">{Shown.Duration(deposit.Elapsed?.TotalSeconds, html.Language)}</td><td>""");
        if (deposit.Ledger is { } ledger) html.Add($"""{LedgerBar(html, ledger)}""");
        html.Add($"""</td></tr>""");
    }

    internal static Html LedgerBar(HtmlBuilder html, LedgerCounts ledger) => Bars.Parts(
        html, $"{MessageWords.Mapped.In(html.Language)} {ledger.Mapped}, {MessageWords.Carried.In(html.Language)} {ledger.Carried}, {MessageWords.Dropped.In(html.Language)} {ledger.Dropped}",
        (ledger.Mapped, "mapped"), (ledger.Carried, "carried"), (ledger.Dropped, "dropped"));

    private static void Paging(HtmlBuilder html, DepositSearch search, IReadOnlyList<DepositSummary> shown, bool more)
    {
        if (search.Filter.Before is null && !more) return;
        html.Add($"""<nav class="paging">""");
        if (search.Filter.Before is not null) html.Add($"""<a class="button" href="{search.Address()}">« {DepositWords.Newest}</a>""");
        if (more) html.Add($"""<a class="button" rel="next" href="{search.Address(shown[^1].Id)}">{DepositWords.Older} »</a>""");
        html.Add($"""</nav>""");
    }
}
