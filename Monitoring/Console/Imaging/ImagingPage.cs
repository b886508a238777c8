using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Imaging;

/// <summary>
/// Studies that wait, orders without images, images without an order, studies that are short of images; oldest first. It shows no patient data: who may see that finds it on the page of
/// the deposit, where a study that waits is looked at, repaired and replayed.
/// </summary>
internal static class ImagingPage
{
    private const int Rows = 200;

    private static readonly (string Key, ImagingMismatch Mismatch)[] Lists =
        [("waiting", ImagingMismatch.StudyWaiting), ("orders", ImagingMismatch.OrderWithoutImages), ("images", ImagingMismatch.ImagesWithoutOrder), ("missing", ImagingMismatch.InstancesMissing)];

    public static async Task ShowAsync(Visit visit)
    {
        var query = visit.Http.Request.Query;
        var (key, mismatch) = Array.Find(Lists, known => query["list"] == known.Key) is { Key: not null } asked ? asked : Lists[0];
        var sources = visit.Get<IRegistry>().Sources;
        var source = sources.FirstOrDefault(known => known.Id == query["source"])?.Id;
        var found = await visit.Get<IImagingDesk>().ListAsync(mismatch, source, visit.Now, Rows + 1, visit.Aborted);
        var shown = found.Take(Rows).ToList();

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ImagingWords.Page}</h1><span class="hint">{ImagingWords.Lead}</span><form class="right" method="get" action="/imaging"><input type="hidden" name="list" value="{key}"><select name="source" aria-label="{FlowWords.Source}"><option value="">{TerminologyWords.AllSources}</option>""");
        foreach (var each in sources) body.Add($"""<option value="{each.Id}"{new Html(each.Id == source ? " selected" : "")}>{each.Id}</option>""");
        body.Add($"""</select> <button>{DepositWords.Apply}</button></form></div><nav class="tabs" aria-label="{FlowWords.State}">""");
        foreach (var (each, its) in Lists)
            body.Add($"""<a href="/imaging?list={each}{new Html(source is null ? "" : $"&amp;source={Uri.EscapeDataString(source)}")}"{new Html(each == key ? " aria-current=\"page\"" : "")}>{ImagingWords.Of(its)}</a>""");
        body.Add($"""</nav>""");
        if (shown.Count == 0) body.Add($"""<p class="empty panel">{ImagingWords.NothingOpen}</p>""");
        else Table(body, visit, mismatch, shown);
        if (found.Count > Rows) body.Add($"""<p class="hint">{ImagingWords.More.With(Rows)}</p>""");
        await PageFrame.WriteAsync(visit, ImagingWords.Page.In(visit.Language), body, "list.js");
    }

    private static void Table(HtmlBuilder html, Visit visit, ImagingMismatch mismatch, IReadOnlyList<ImagingLine> lines)
    {
        var ofStudies = mismatch != ImagingMismatch.OrderWithoutImages;
        var waiting = mismatch == ImagingMismatch.StudyWaiting;
        var missing = mismatch == ImagingMismatch.InstancesMissing;
        html.Add($"""<div class="panel scroll"><table class="rows list" data-rows><thead><tr><th scope="col" class="n">{ImagingWords.Deposit}</th><th scope="col">{ImagingWords.TimeOf(mismatch)}</th><th scope="col" class="n">{ImagingWords.Age}</th><th scope="col">{FlowWords.Source}</th>""");
        if (!waiting) html.Add($"""<th scope="col">{ImagingWords.Accession}</th>""");
        if (ofStudies) html.Add($"""<th scope="col">{ImagingWords.Study}</th><th scope="col" class="n">{ImagingWords.Instances}</th>""");
        if (missing) html.Add($"""<th scope="col" class="n">{ImagingWords.MissingInstances}</th>""");
        if (waiting) html.Add($"""<th scope="col">{FlowWords.State}</th><th scope="col">{ImagingWords.Reason}</th><th scope="col"></th>""");
        html.Add($"""</tr></thead><tbody>""");
        foreach (var line in lines)
        {
            html.Add($"""<tr><td class="n">""");
            if (line.Deposit is { } deposit) html.Add($"""<a href="/deposits/{deposit.Value}" data-open>{deposit.Value}</a>""");
            html.Add($"""</td><td class="time">{Shown.Time(html, line.At, visit.Now)}</td><td class="n">{ImagingWords.AgeOf(visit.Now - line.At)}</td><td>{line.SourceId}</td>""");
            if (!waiting) html.Add($"""<td>{(line.AccessionNumber.Length > 0 ? line.AccessionNumber : ImagingWords.None.In(visit.Language))}</td>""");
            if (ofStudies) html.Add($"""<td class="mono">{line.StudyInstanceUid ?? ""}</td><td class="n">{Shown.Number(line.Instances)}</td>""");
            if (missing) html.Add($"""<td class="n">{Shown.Number(line.Missing)}</td>""");
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

    private static string ReasonOf(ImagingLine line, Visit visit)
    {
        if (line.Rejection is not { } code) return "";
        var meaning = RejectionTable.Of(code);
        return $"{(int)code} {(visit.Language == Language.Chinese ? meaning.Chinese : meaning.English)}";
    }
}
