using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The summary above every view of a deposit, and what can be done with it. No patient data.</summary>
internal static class DepositHeader
{
    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        var summary = view.Summary;
        html.Add($"""<header class="deposit"><div class="bar-line"><h1><a class="up" href="/deposits">{ShellWords.Deposits}</a> <span>{summary.Id.Value}</span></h1><code class="type">{summary.MessageType}</code>{Shown.State(html, summary.State)}""");
        if (view.Detail.RepairedBytes is not null) html.Add($"""<span class="chip repaired">{DepositWords.Repaired}</span>""");
        html.Add($"""<span class="actions">""");
        html.Add($"""<a class="button quiet" data-newer href="/deposits/{summary.Id.Value + 1}" title="{DepositWords.Newer}" aria-label="{DepositWords.Newer}">↑</a>""");
        if (summary.Id.Value > 1) html.Add($"""<a class="button quiet" data-older href="/deposits/{summary.Id.Value - 1}" title="{DepositWords.Older}" aria-label="{DepositWords.Older}">↓</a>""");
        if (visit.SeesPatientData) html.Add($"""<a class="button quiet" href="/deposits/{summary.Id.Value}/bytes" download>{DepositWords.Download}</a>""");
        if (view.Mendable && visit.May(Audience.Repairers)) html.Add($"""<a class="button" href="/deposits/{summary.Id.Value}/repair">{DepositWords.Repair}</a>""");
        if (view.Mendable && visit.May(Audience.Replayers)) html.Add($"""<a class="button primary" href="/deposits/{summary.Id.Value}/replay">{DepositWords.Replay}</a>""");
        html.Add($"""</span></div>""");
        if (summary.Rejection is { } code) Reason(html, code, view.Detail.RejectionText);
        Facts(html, visit, view);
        html.Add($"""</header>""");
    }

    private static void Reason(HtmlBuilder html, RejectionCode code, string? text)
    {
        var meaning = RejectionTable.Of(code);
        html.Add($"""<p class="refusal"><a href="/rejections#{(int)code}"><b>{(int)code}</b></a> <strong>{(html.Language == Language.Chinese ? meaning.Chinese : meaning.English)}</strong>""");
        if (text is { Length: > 0 } && !string.Equals(text, meaning.English, StringComparison.Ordinal)) html.Add($""" <span>{text}</span>""");
        html.Add($"""</p>""");
    }

    private static void Facts(HtmlBuilder html, Visit visit, DepositView view)
    {
        var summary = view.Summary;
        html.Add($"""<dl class="facts">""");
        Fact(DepositWords.Time, Shown.Time(html, summary.ReceivedAt, visit.Now, fine: true));
        Fact(FlowWords.Source, html.Of(inner => Source(inner, visit, view)));
        Fact(DepositWords.ControlId, Code(summary.ControlId ?? "–"));
        Fact(DepositWords.Elapsed, Text(Shown.Duration(view.LastPass?.TotalSeconds, html.Language)));
        Fact(DepositWords.Size, Text(Shown.Size(summary.Size)));
        Fact(DepositWords.CharacterSet, Code(view.CharacterSet));
        Fact(DepositWords.Peer, Code(view.Detail.Peer));
        Fact(new("SHA-256", "SHA-256"), html.Of(inner => inner.Add($"""<code title="{view.Detail.Sha256}">{view.Detail.Sha256[..Math.Min(12, view.Detail.Sha256.Length)]}…</code>""")));
        if (view.Detail.Saga is { Attempts: > 1 } saga) Fact(DepositWords.Attempts, Text(saga.Attempts.ToString(CultureInfo.InvariantCulture)));
        if (view.Detail.Saga?.DueAt is { } due) Fact(DepositWords.Due, Shown.Time(html, due, visit.Now));
        if (summary.Repeats > 0) Fact(DepositWords.Repeats, Text(Shown.Number(summary.Repeats)));
        if (summary.Ledger is { } ledger) Fact(DepositWords.Ledger, html.Of(inner => inner.Add($"""{DepositListPage.LedgerBar(html, ledger)} <span>{ledger.Mapped} / {ledger.Carried} / {ledger.Dropped}</span>""")));
        html.Add($"""</dl>""");

        void Fact(Phrase name, Html value) => html.Add($"""<div><dt>{name}</dt><dd>{value}</dd></div>""");
        Html Text(string value) => html.Of(inner => inner.Add($"{value}"));
        Html Code(string value) => html.Of(inner => inner.Add($"""<code title="{value}">{value}</code>"""));
    }

    private static void Source(HtmlBuilder html, Visit visit, DepositView view)
    {
        if (view.Summary.SourceId is not { } id)
        {
            html.Add($"""<em>{DepositWords.UnknownSource}</em>""");
            return;
        }

        var chinese = html.Language == Language.Chinese;
        var place = view.Source is { } source ? visit.Get<IRegistry>().GetServiceLocation(source.ServiceLocationId) : null;
        var provider = view.Provider is { } known ? chinese && known.NameChinese.Length > 0 ? known.NameChinese : known.Name : "";
        var location = place is null ? "" : chinese && place.NameChinese.Length > 0 ? place.NameChinese : place.Name;
        html.Add($"""<a href="/deposits?source={Uri.EscapeDataString(id)}" title="{provider} {location}">{id}</a> <small>{provider}</small>""");
    }
}
