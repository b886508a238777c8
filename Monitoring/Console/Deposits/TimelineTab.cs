using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The saga's transitions, each state as long as it lasted. No patient data.</summary>
internal static class TimelineTab
{
    private const int Width = 600;
    private const int RowHeight = 26;

    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        var steps = view.Detail.Saga?.Timeline ?? [];
        if (steps.Count == 0)
        {
            html.Add($"""<p class="empty panel">{MessageWords.NoTimeline}</p>""");
            return;
        }

        var open = steps[^1].State is DepositState.Received or DepositState.AwaitingRetry;
        var begin = view.Summary.ReceivedAt < steps[0].At ? view.Summary.ReceivedAt : steps[0].At;
        var end = open ? visit.Now : steps[^1].At;
        var total = Math.Max(1e-6, (end - begin).TotalSeconds);
        html.Add($"""<section class="panel timeline"><h2>{MessageWords.Timeline} <small>{MessageWords.Total.With(Shown.Duration(total, html.Language))}</small></h2><table class="rows"><thead><tr><th scope="col">{FlowWords.State}</th><th scope="col">{MessageWords.At}</th><th scope="col" class="n">{MessageWords.Lasted}</th><th scope="col" class="scale">""");
        Scale(html, total);
        html.Add($"""</th><th scope="col">{MessageWords.Note}</th></tr></thead><tbody>""");
        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            DateTimeOffset? until = index + 1 < steps.Count ? steps[index + 1].At : open ? visit.Now : null;
            var x = Math.Round((step.At - begin).TotalSeconds / total * Width, 1);
            var width = until is { } ended ? Math.Max(2, Math.Round((ended - step.At).TotalSeconds / total * Width, 1)) : 0;
            html.Add($"""<tr><td>{Shown.State(html, step.State)}</td><td class="time">{Shown.Time(html, step.At, visit.Now, fine: true)}</td><td class="n">""");
            if (until is { } last) html.Add($"""{Shown.Duration((last - step.At).TotalSeconds, html.Language)}{(open && index + 1 == steps.Count ? html.Of(inner => inner.Add($" <small>{MessageWords.StillThere}</small>")) : new Html(""))}""");
            html.Add($"""</td><td class="scale"><svg viewBox="0 0 {Width} {RowHeight}" preserveAspectRatio="none" aria-hidden="true"><line class="grid" x1="0" x2="{Width}" y1="13" y2="13"/>""");
            if (until is not null) html.Add($"""<rect class="{Shown.KeyOf(step.State)}" x="{Math.Min(x, Width - 2)}" y="7" width="{width}" height="12"/>""");
            else html.Add($"""<rect class="{Shown.KeyOf(step.State)} point" x="{Math.Clamp(x - 3, 0, Width - 6)}" y="4" width="6" height="18"/>""");
            html.Add($"""</svg></td><td class="note">{step.Note}</td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
        Resources(html, visit, view);
    }

    private static void Scale(HtmlBuilder html, double total) =>
        html.Add($"""<div class="ticks"><span>0</span><span>{Shown.Duration(total / 2, html.Language)}</span><span>{Shown.Duration(total, html.Language)}</span></div>""");

    private static void Resources(HtmlBuilder html, Visit visit, DepositView view)
    {
        if (view.Detail.Resources.Count == 0) return;
        html.Add($"""<section class="panel"><h2>{DepositWords.Resources} <small>{view.Detail.Resources.Count}</small></h2><ul class="written">""");
        foreach (var resource in view.Detail.Resources)
        {
            // An id leads to a record: only who may see the message sees it.
            html.Add($"""<li><b>{resource.Type}</b> <code>{(visit.SeesPatientData ? resource.Id : "")}</code> <small>v{resource.Version}</small></li>""");
        }

        html.Add($"""</ul></section>""");
    }
}
