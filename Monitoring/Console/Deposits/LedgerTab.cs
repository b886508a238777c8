using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Flow;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>What became of each field, beside the message and the resources: the three show the same place.</summary>
internal static class LedgerTab
{
    private const int MostRows = 2_000;

    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        var result = view.Translate();
        if (result is not { Accepted: true } accepted)
        {
            FhirTab.NotTranslated(html, result?.Rejection);
            return;
        }

        var translation = accepted.Value;
        var names = new FieldNames(view.Inspect());
        var asked = DispositionOf(visit.Http.Request.Query["show"].ToString());
        Counts(html, view, translation.Ledger, asked);
        html.Add($"""<div class="linked" data-linked>""");
        Rows(html, translation.Ledger, names, asked);
        html.Add($"""<div class="beside">""");
        MessageTab.Raw(html, view.Bytes, view.CharacterSet, names, "raw-linked", scrolls: true);
        html.Add($"""<section class="panel fhir-linked" id="fhir-linked" tabindex="0" aria-label="{MessageWords.Fhir}">""");
        foreach (var (resource, root) in FhirTab.Rooted(translation.Resources))
        {
            html.Add($"""<details class="resource" open><summary><b>{root}</b> <code>{resource.Id}</code></summary>""");
            JsonMarkup.Write(html, resource.Json, root);
            html.Add($"""</details>""");
        }

        html.Add($"""</section></div></div>""");
    }

    private static void Counts(HtmlBuilder html, DepositView view, ILedger ledger, LedgerDisposition? asked)
    {
        var all = ledger.Mapped + ledger.Carried + ledger.Dropped;
        html.Add($"""<div class="ledger-counts"><span class="choice" role="group">""");
        Choice(null, MessageWords.All, all, "");
        Choice(LedgerDisposition.Mapped, MessageWords.Mapped, ledger.Mapped, "mapped");
        Choice(LedgerDisposition.Carried, MessageWords.Carried, ledger.Carried, "carried");
        Choice(LedgerDisposition.Dropped, MessageWords.Dropped, ledger.Dropped, "dropped");
        html.Add($"""</span>{Bars.Parts(html, MessageWords.LeafCount.With(all).In(html.Language), (ledger.Mapped, "mapped"), (ledger.Carried, "carried"), (ledger.Dropped, "dropped"))}""");
        html.Add($"""<input type="search" id="search" data-find="#ledger tbody tr" data-needs-script hidden placeholder="{MessageWords.Find}" aria-label="{MessageWords.Find}"><span class="hint">{MessageWords.ChooseRow}</span></div>""");

        void Choice(LedgerDisposition? disposition, Phrase name, int count, string style) => html.Add(
            $"""<a href="/deposits/{view.Id.Value}/ledger{(disposition is { } one ? "?show=" + KeyOf(one) : "")}" class="{style}"{new Html(disposition == asked ? " aria-current=\"true\"" : "")}>{name} <b>{Shown.Number(count)}</b></a>""");
    }

    private static void Rows(HtmlBuilder html, ILedger ledger, FieldNames names, LedgerDisposition? asked)
    {
        html.Add($"""<section class="panel ledger" tabindex="0" aria-label="{MessageWords.Ledger}"><table class="rows" id="ledger" data-rows><thead><tr><th scope="col">{MessageWords.Position}</th><th scope="col">{MessageWords.Name}</th><th scope="col">{MessageWords.Value}</th><th scope="col">{MessageWords.WentTo}</th></tr></thead><tbody>""");
        var shown = 0;
        var more = false;
        foreach (var row in ledger.Rows())
        {
            if (asked is { } only && row.Disposition != only) continue;
            more = shown == MostRows;
            if (more) break;
            shown++;
            Row(html, row, names);
        }

        html.Add($"""</tbody></table>""");
        if (shown == 0) html.Add($"""<p class="empty">{MessageWords.NoRows}</p>""");
        if (more) html.Add($"""<p class="notice">{MessageWords.RowsCut.With(MostRows)}</p>""");
        html.Add($"""</section>""");
    }

    private static void Row(HtmlBuilder html, LedgerRow row, FieldNames names)
    {
        var place = names.Shortest(row.Location);
        var label = FieldNames.Label(place);
        html.Add($"""<tr data-k="{FieldNames.KeyOf(row.Location)}" data-paths="{string.Join(' ', row.Path)}" tabindex="-1"><td class="at"><code title="{row.Location.ToString()}">{label}""");
        if (row.Location.SegmentSequence > 1) html.Add($"""<sub>{row.Location.SegmentSequence}</sub>""");
        if (row.Location.Repetition > 1) html.Add($"""<sub>~{row.Location.Repetition}</sub>""");
        html.Add($"""</code></td><td class="what">{names.Of(place)}</td><td class="value">""");
        VisibleText.Write(html, row.Value.Length <= 200 ? row.Value : row.Value.AsSpan(0, 200), '\0');
        html.Add($"""{(row.Value.Length <= 200 ? "" : "…")}</td><td class="went {KeyOf(row.Disposition)}"><i title="{NameOf(row.Disposition)}"><span class="sr">{NameOf(row.Disposition)}</span></i><div>""");
        foreach (var path in row.Path) Path(html, path);
        if (row.Rule is { Length: > 0 }) html.Add($"""<small>{row.Rule}</small>""");
        html.Add($"""</div></td></tr>""");
    }

    /// <summary>May break before a dot, not within a name.</summary>
    private static void Path(HtmlBuilder html, string path)
    {
        html.Add($"""<code>""");
        var parts = path.Split('.');
        for (var index = 0; index < parts.Length; index++) html.Add($"""{new Html(index == 0 ? "" : "<wbr>.")}{parts[index]}""");
        html.Add($"""</code>""");
    }

    private static Phrase NameOf(LedgerDisposition disposition) => disposition switch
    {
        LedgerDisposition.Mapped => MessageWords.Mapped,
        LedgerDisposition.Carried => MessageWords.Carried,
        _ => MessageWords.Dropped,
    };

    internal static string KeyOf(LedgerDisposition disposition) => disposition switch
    {
        LedgerDisposition.Mapped => "mapped",
        LedgerDisposition.Carried => "carried",
        _ => "dropped",
    };

    private static LedgerDisposition? DispositionOf(string text) => text switch
    {
        "mapped" => LedgerDisposition.Mapped,
        "carried" => LedgerDisposition.Carried,
        "dropped" => LedgerDisposition.Dropped,
        _ => null,
    };
}
