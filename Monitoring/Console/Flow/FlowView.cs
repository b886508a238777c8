using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <summary>Tiles, charts, sources and refusals at one moment.</summary>
internal static class FlowView
{
    private const int MostSources = 25;
    private const int MostCodes = 6;

    public static async Task WriteAsync(Visit visit, HtmlBuilder html, int minutes)
    {
        var board = visit.Get<FlowBoard>();
        var flow = board.Now(TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(minutes == 15 ? 5 : 2));
        var day = await board.DayAsync(visit.Aborted);
        Tiles(html, flow, day);
        Charts(html, flow);
        html.Add($"""<div class="split">""");
        var lines = SourceLine.All(visit.Get<IRegistry>(), flow, day);
        Sources(html, visit, lines, await board.LastSeenAsync(lines.Take(MostSources), visit.Aborted));
        html.Add($"""<div class="stack">""");
        Refusals(html, visit, day);
        Steps(html, flow);
        html.Add($"""</div></div>""");
    }

    private static void Tiles(HtmlBuilder html, FlowSnapshot flow, DayCounts day)
    {
        var received = day.Sources.Sum(source => source.Received);
        var delivered = day.Sources.Sum(source => source.Delivered);
        var refused = day.Sources.Sum(source => source.Refused);
        html.Add($"""<dl class="tiles">""");
        Rate(FlowWords.Received, flow.ReceivedRate, "in", FlowWords.In24Hours.With(Shown.Number(received)));
        Rate(FlowWords.Delivered, flow.DeliveredRate, "out", FlowWords.In24Hours.With(Shown.Number(delivered)));
        Rate(FlowWords.Refused, flow.RefusedRate, "no", FlowWords.OfDecided.With(Shown.Share(refused, delivered + refused)));
        html.Add($"""<div class="tile wait"><dt>{FlowWords.Backlog}</dt><dd><b>{Shown.Number(flow.Backlog)}</b><small>{FlowWords.InWork}</small></dd></div>""");
        Time(FlowWords.CommitP99, flow.Commit);
        Time(FlowWords.DeliveryP99, flow.Delivery);
        html.Add($"""<div class="tile{(day.Quarantined > 0 ? " alert" : "")}"><dt>{FlowWords.Quarantine}</dt><dd><b><a id="quarantine" href="/deposits?state=quarantined">{Shown.Number(day.Quarantined)}{(day.Quarantined >= FlowBoard.MostQuarantined ? "+" : "")}</a></b><small>{(day.Quarantined == 0 ? FlowWords.NothingQuarantined : FlowWords.ForAnOperator)}</small></dd></div></dl>""");

        void Rate(Phrase name, double rate, string style, Phrase below) =>
            html.Add($"""<div class="tile {style}"><dt>{name} <span>{FlowWords.OverSeconds}</span></dt><dd><b>{Shown.Rate(rate)}<i>{FlowWords.PerSecond}</i></b><small>{below}</small></dd></div>""");
        void Time(Phrase name, Latency latency) =>
            html.Add($"""<div class="tile"><dt>{name} <span>{FlowWords.OverMinute}</span></dt><dd><b>{Unit(Shown.Duration(latency.P99, html.Language))}</b><small>{FlowWords.Median.With(Shown.Duration(latency.P50, html.Language))}</small></dd></div>""");
        Html Unit(string text) => html.Of(inner => inner.Add($"""{text.Split(' ')[0]}<i>{(text.Contains(' ', StringComparison.Ordinal) ? text[text.IndexOf(' ', StringComparison.Ordinal)..] : "")}</i>"""));
    }

    private static void Charts(HtmlBuilder html, FlowSnapshot flow)
    {
        var times = flow.Points.Select(point => point.At).ToList();
        html.Add($"""<div class="charts">""");
        new LineChart(FlowWords.ThroughputChart, times,
            [
                new(FlowWords.Received, "in", [.. flow.Points.Select(point => (double?)point.Received)], Filled: true),
                new(FlowWords.Delivered, "out", [.. flow.Points.Select(point => (double?)point.Delivered)]),
                new(FlowWords.Refused, "no", [.. flow.Points.Select(point => (double?)point.Refused)]),
            ], Shown.Rate, LeastTop: 1).Write(html, "chart-rate");
        new LineChart(FlowWords.LatencyChart, times,
            [
                new(FlowWords.CommitLine, "in", [.. flow.Points.Select(point => point.Commit.P99)]),
                new(FlowWords.DeliveryLine, "out", [.. flow.Points.Select(point => point.Delivery.P99)]),
            ], value => value == 0 ? "0" : Shown.Duration(value, html.Language), LeastTop: 0.01).Write(html, "chart-latency");
        new LineChart(FlowWords.BacklogChart, times,
            [new(FlowWords.Backlog, "wait", [.. flow.Points.Select(point => (double?)Math.Max(0, point.Backlog))], Filled: true)],
            value => Shown.Number((long)Math.Round(value)), LeastTop: 10).Write(html, "chart-backlog");
        html.Add($"""</div>""");
    }

    private static void Sources(HtmlBuilder html, Visit visit, IReadOnlyList<SourceLine> lines, IReadOnlyDictionary<string, DateTimeOffset?> seen)
    {
        html.Add($"""<section class="panel"><h2>{FlowWords.BySource}</h2>""");
        if (lines.Count == 0)
        {
            html.Add($"""<p class="empty">{FlowWords.NoSources}</p></section>""");
            return;
        }

        html.Add($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{FlowWords.BySource}"><table class="rows"><thead><tr><th scope="col">{FlowWords.State}</th><th scope="col">{FlowWords.Source}</th><th scope="col" class="n">{FlowWords.ReceivedRate}</th>
            <th scope="col" class="n">{FlowWords.DeliveredRate}</th><th scope="col" class="n">{FlowWords.Backlog}</th><th scope="col" class="n">{FlowWords.RefusedShare}</th><th scope="col" class="n">p99</th><th scope="col">{FlowWords.Trend}</th><th scope="col" class="n">{FlowWords.Day}</th><th scope="col" class="n">{FlowWords.LastMessage}</th></tr></thead><tbody>
            """);
        foreach (var line in lines.Take(MostSources)) Source(html, visit, line, seen);
        html.Add($"""</tbody></table></div>""");
        if (lines.Count > MostSources) html.Add($"""<p class="more"><a href="/sources">{FlowWords.MoreSources.With(lines.Count - MostSources)}</a></p>""");
        html.Add($"""</section>""");
    }

    private static void Source(HtmlBuilder html, Visit visit, SourceLine line, IReadOnlyDictionary<string, DateTimeOffset?> seen)
    {
        var (light, word) = line.Light;
        var chinese = visit.Language == Language.Chinese && line.Provider is { NameChinese.Length: > 0 };
        html.Add($"""
            <tr><td><span class="light {light}"><i></i>{word}</span></td>
            <td class="name"><a id="source-{line.Id}" href="{line.Address}">{(line.IsUnknown ? DepositWords.UnknownSource : new Phrase(line.Id, line.Id))}</a><small>{(line.Provider is null ? "" : chinese ? line.Provider.NameChinese : line.Provider.Name)}</small></td>
            <td class="n">{Shown.Rate(line.Flow?.ReceivedRate ?? 0)}</td><td class="n">{Shown.Rate(line.Flow?.DeliveredRate ?? 0)}</td>
            <td class="n">{Shown.Number(line.Flow?.Backlog ?? 0)}</td><td class="n">{Shown.Share(line.Flow?.Refused ?? 0, line.Decided)}</td>
            <td class="n">{Shown.Duration(line.Flow?.Delivery.P99, html.Language)}</td><td>{Bars.Trend(html, line.Flow?.Trend ?? [])}</td>
            <td class="n">{Shown.Number(line.Day?.Received ?? 0)}</td><td class="n">
            """);
        if (seen.GetValueOrDefault(line.Id) is { } at) html.Add($"""{Shown.Time(html, at, visit.Now)}""");
        else html.Add($"""–""");
        html.Add($"""</td></tr>""");
    }

    private static void Refusals(HtmlBuilder html, Visit visit, DayCounts day)
    {
        html.Add($"""<section class="panel"><h2>{FlowWords.RefusalsByCode}</h2>""");
        var codes = day.Refusals.Where(row => row.Value > 0).OrderByDescending(row => row.Value).ThenBy(row => row.Key).Take(MostCodes).ToList();
        if (codes.Count == 0) html.Add($"""<p class="empty">{FlowWords.NoRefusals}</p>""");
        else
        {
            html.Add($"""<ul class="bars">""");
            var since = DepositSearch.LocalText(visit.Now.AddDays(-1));
            foreach (var (code, count) in codes)
            {
                var meaning = RejectionTable.Of(code);
                var words = html.Language == Language.Chinese ? meaning.Chinese : meaning.English;
                html.Add($"""<li><a id="code-{(int)code}" href="/deposits?code={(int)code}&amp;from={since}" title="{words}"><code>{(int)code}</code> {words}</a><b>{Shown.Number(count)}</b>{Bars.Share(html, count, codes[0].Value, "no")}</li>""");
            }

            html.Add($"""</ul>""");
        }

        html.Add($"""</section>""");
    }

    private static void Steps(HtmlBuilder html, FlowSnapshot flow)
    {
        html.Add($"""<section class="panel"><h2>{FlowWords.Steps}</h2>""");
        if (flow.Steps.Count == 0) html.Add($"""<p class="empty">{FlowWords.NoSteps}</p>""");
        else
        {
            html.Add($"""<table class="rows"><thead><tr><th scope="col">{FlowWords.Step}</th><th scope="col" class="n">{FlowWords.Mean}</th><th scope="col" class="n">p50</th><th scope="col" class="n">p99</th><th scope="col"><span class="sr">{FlowWords.MeanDrawn}</span></th></tr></thead><tbody>""");
            var most = flow.Steps.Max(step => step.MeanSeconds);
            foreach (var step in flow.Steps.OrderBy(step => Order(step.Step)))
            {
                html.Add($"""<tr><td class="step">{NameOf(step.Step)}</td><td class="n">{Shown.Duration(step.MeanSeconds, html.Language)}</td><td class="n">{Shown.Duration(step.Latency.P50, html.Language)}</td><td class="n">{Shown.Duration(step.Latency.P99, html.Language)}</td><td>{Bars.Share(html, step.MeanSeconds, most, "out")}</td></tr>""");
            }

            html.Add($"""</tbody></table>""");
        }

        html.Add($"""</section>""");
    }

    private static int Order(string step) => step switch { "identify" => 0, "admit" => 1, "translate" => 2, "reconcile" => 3, "store" => 4, _ => 5 };

    private static Phrase NameOf(string step) => step switch
    {
        "identify" => FlowWords.Identify, "admit" => FlowWords.Admit, "translate" => FlowWords.Translate, "reconcile" => FlowWords.Reconcile, "store" => FlowWords.Store, _ => new(step, step),
    };
}
