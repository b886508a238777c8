using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Imaging;

/// <summary>
/// Studies that wait, orders without images, images without an order, studies that are short of images, study UIDs of two citizens, studies that cannot be read; oldest first. It shows no patient data: who may see that finds it on the page of
/// the deposit, where a study that waits is looked at, repaired and replayed.
/// </summary>
internal static class ImagingPage
{
    private const int Rows = 200;

    public static async Task ShowAsync(Visit visit)
    {
        var query = visit.Http.Request.Query;
        var (key, mismatch) = ImagingLists.Of(query["list"]);
        var dismissed = query["dismissed"] == "1" && ImagingDismissal.IsFor(mismatch);
        var source = visit.Get<IRegistry>().Sources.FirstOrDefault(known => known.Id == query["source"])?.Id;
        var desk = visit.Get<IImagingDesk>();
        // Each open list is read once, for its count and for the table: some of them look at all studies and orders.
        var open = new Dictionary<ImagingMismatch, IReadOnlyList<ImagingLine>>();
        foreach (var (_, its) in ImagingLists.All) open[its] = await desk.ListAsync(its, source, visit.Now, Rows + 1, visit.Aborted);
        var found = dismissed ? await desk.DismissedAsync(mismatch, source, Rows + 1, visit.Aborted) : open[mismatch];
        var shown = found.Take(Rows).ToList();

        var body = visit.NewHtml();
        Head(body, visit, key, source, open);
        if (ImagingDismissal.IsFor(mismatch))
        {
            body.Add($"""<p class="desk-state"><span class="choice"><a href="{Address(key, source)}"{new Html(dismissed ? "" : " aria-current=\"page\"")}>{ImagingWords.Open}</a> <a href="{Address(key, source)}&amp;dismissed=1"{new Html(dismissed ? " aria-current=\"page\"" : "")}>{ImagingWords.Dismissed}</a></span></p>""");
        }

        if (shown.Count == 0) body.Add($"""<p class="empty panel">{(dismissed ? ImagingWords.NothingDismissed : ImagingWords.NothingOpen)}</p>""");
        else Table(body, visit, key, mismatch, dismissed, shown);
        if (found.Count > Rows) body.Add($"""<p class="hint">{ImagingWords.More.With(Rows)}</p>""");
        await PageFrame.WriteAsync(visit, ImagingWords.Page.In(visit.Language), body, "list.js");
    }

    private static void Head(HtmlBuilder html, Visit visit, string key, string? source, Dictionary<ImagingMismatch, IReadOnlyList<ImagingLine>> lists)
    {
        html.Add($"""<div class="bar-line"><h1>{ImagingWords.Page}</h1><span class="hint">{ImagingWords.Lead}</span><form class="right" method="get" action="/imaging"><input type="hidden" name="list" value="{key}"><select name="source" aria-label="{FlowWords.Source}"><option value="">{TerminologyWords.AllSources}</option>""");
        foreach (var each in visit.Get<IRegistry>().Sources) html.Add($"""<option value="{each.Id}"{new Html(each.Id == source ? " selected" : "")}>{each.Id}</option>""");
        html.Add($"""</select> <button>{DepositWords.Apply}</button></form></div><nav class="tabs" aria-label="{FlowWords.State}">""");
        foreach (var (each, its) in ImagingLists.All)
        {
            var open = lists[its].Count;
            html.Add($"""<a href="{Address(each, source)}"{new Html(each == key ? " aria-current=\"page\"" : "")}>{ImagingWords.Of(its)} <small>{(open > Rows ? $"{Rows}+" : Shown.Number(open))}</small></a>""");
        }

        html.Add($"""</nav>""");
    }

    private static Html Address(string list, string? source) => new($"/imaging?list={list}{(source is null ? "" : $"&amp;source={Uri.EscapeDataString(source)}")}");

    private static void Table(HtmlBuilder html, Visit visit, string list, ImagingMismatch mismatch, bool dismissed, IReadOnlyList<ImagingLine> lines)
    {
        var ofStudies = mismatch != ImagingMismatch.OrderWithoutImages;
        var waiting = mismatch == ImagingMismatch.StudyWaiting;
        var missing = mismatch == ImagingMismatch.InstancesMissing;
        html.Add($"""<div class="panel scroll"><table class="rows list" data-rows><thead><tr><th scope="col" class="n">{ImagingWords.Deposit}</th><th scope="col">{ImagingWords.TimeOf(mismatch)}</th><th scope="col" class="n">{ImagingWords.Age}</th><th scope="col">{FlowWords.Source}</th>""");
        if (!waiting) html.Add($"""<th scope="col">{ImagingWords.Accession}</th>""");
        if (ofStudies) html.Add($"""<th scope="col">{ImagingWords.Study}</th><th scope="col" class="n">{ImagingWords.Instances}</th>""");
        if (missing) html.Add($"""<th scope="col" class="n">{ImagingWords.MissingInstances}</th>""");
        if (dismissed) html.Add($"""<th scope="col">{ImagingWords.DismissedBy}</th><th scope="col">{ImagingWords.Reason}</th>""");
        if (ImagingDismissal.IsFor(mismatch)) html.Add($"""<th scope="col"><span class="sr">{AuditWords.Action}</span></th>""");
        if (waiting) html.Add($"""<th scope="col">{FlowWords.State}</th><th scope="col">{ImagingWords.Reason}</th><th scope="col"><span class="sr">{AuditWords.Action}</span></th>""");
        html.Add($"""</tr></thead><tbody>""");
        foreach (var line in lines)
        {
            html.Add($"""<tr><td class="n">""");
            if (line.Deposit is { } deposit) html.Add($"""<a href="/deposits/{deposit.Value}" data-open>{deposit.Value}</a>""");
            html.Add($"""</td><td class="time">{Shown.Time(html, line.At, visit.Now)}</td><td class="n">{ImagingWords.AgeOf(visit.Now - line.At)}</td><td>{line.SourceId}</td>""");
            if (!waiting) html.Add($"""<td>{(line.AccessionNumber.Length > 0 ? line.AccessionNumber : ImagingWords.None.In(visit.Language))}</td>""");
            if (ofStudies) html.Add($"""<td class="mono">{line.StudyInstanceUid ?? ""}</td><td class="n">{Shown.Number(line.Instances)}</td>""");
            if (missing) html.Add($"""<td class="n">{Shown.Number(line.Missing)}</td>""");
            if (line.Dismissal is { } dismissal)
                html.Add($"""<td>{dismissal.By} <small>{Shown.Time(html, dismissal.At, visit.Now)}</small></td><td>{ImagingWords.Of(dismissal.Reason)} <small>{dismissal.Note}</small></td>""");
            if (ImagingDismissal.IsFor(mismatch)) Act(html, visit, list, line);
            if (waiting && line is { State: { } state, Deposit: { } held })
            {
                html.Add($"""<td>{Shown.State(html, state)}</td><td>{ReasonOf(line, visit)}</td><td>""");
                if (visit.May(Audience.Replayers)) html.Add($"""<a class="button quiet" href="/deposits/{held.Value}/replay">{DepositWords.Replay}</a>""");
                html.Add($"""</td>""");
            }

            html.Add($"""</tr>""");
        }

        html.Add($"""</tbody></table></div>""");
    }

    private static void Act(HtmlBuilder html, Visit visit, string list, ImagingLine line)
    {
        html.Add($"""<td class="n">""");
        if (visit.May(Audience.Replayers))
        {
            if (line.Dismissal is null) html.Add($"""<a class="button quiet" href="/imaging/{list}/{line.Number}/dismiss">{ImagingWords.Dismiss}</a>""");
            else html.Add($"""<form method="post" action="/imaging/{list}/{line.Number}/bring-back">{PageFrame.AntiforgeryField(visit, html)}<button class="quiet">{ImagingWords.BringBack}</button></form>""");
        }

        html.Add($"""</td>""");
    }

    private static string ReasonOf(ImagingLine line, Visit visit)
    {
        if (line.Rejection is not { } code) return "";
        var meaning = RejectionTable.Of(code);
        return $"{(int)code} {(visit.Language == Language.Chinese ? meaning.Chinese : meaning.English)}";
    }
}
