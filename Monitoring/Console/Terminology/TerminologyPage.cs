using System.Globalization;
using System.Text;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Monitoring.Console.Terminology;

/// <summary>Codes that no map knew, as work to do, and the local maps in force.</summary>
internal static class TerminologyPage
{
    private const int Rows = 500;
    private const int AllRows = 100_000;
    private const int MostFaults = 50;

    public static Task ShowAsync(Visit visit) => ShowAsync(visit, _ => { });

    /// <summary>A check or a load of a map file.</summary>
    public static async Task ActAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var (name, content) = (form["file"].ToString(), Encoding.UTF8.GetBytes(form["content"].ToString()));
        if (form.Files["map"] is { Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, visit.Aborted);
            (name, content) = (Path.GetFileName(file.FileName).ToLowerInvariant(), bytes.ToArray());
        }

        if (content.Length == 0)
        {
            await ShowAsync(visit, html => html.Add($"""<p class="refusal" role="alert">{TerminologyWords.NoFile}</p>"""));
            return;
        }

        var load = form["action"].ToString() is "load";
        var maps = visit.Get<ILocalMaps>();
        var effect = load ? await TerminologyApi.LoadAsync(visit, maps, name, content, "console") : await maps.CheckAsync(name, content, visit.Aborted);
        await ShowAsync(visit, html => Outcome(visit, html, name, content, effect, load));
    }

    public static async Task DownloadAsync(Visit visit)
    {
        var counts = await visit.Get<IUnmappedCodes>().ListAsync(SourceOf(visit), AllRows, visit.Aborted);
        visit.Http.Response.ContentType = "text/csv; charset=utf-8";
        visit.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{SourceOf(visit) ?? "unmapped"}.csv\"";
        visit.Http.Response.Headers.XContentTypeOptions = "nosniff";
        visit.Http.Response.Headers.CacheControl = "no-store";
        await visit.Http.Response.Body.WriteAsync(UnmappedCsv.Write(counts), visit.Aborted);
    }

    /// <returns>Null for all, also where the source asked for is not registered.</returns>
    internal static string? SourceOf(Visit visit) =>
        visit.Http.Request.Query["source"].ToString() is { Length: > 0 } asked && visit.Get<IRegistry>().GetSource(asked) is { } source ? source.Id : null;

    private static async Task ShowAsync(Visit visit, Action<HtmlBuilder> outcome)
    {
        var source = SourceOf(visit);
        var counts = await visit.Get<IUnmappedCodes>().ListAsync(source, Rows, visit.Aborted);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{TerminologyWords.Page}</h1><span class="hint">{TerminologyWords.Lead}</span><form class="right" method="get" action="/terminology"><select name="source" aria-label="{FlowWords.Source}"><option value="">{TerminologyWords.AllSources}</option>""");
        foreach (var known in visit.Get<IRegistry>().Sources.OrderBy(known => known.Id, StringComparer.Ordinal))
        {
            body.Add($"""<option value="{known.Id}"{new Html(known.Id == source ? " selected" : "")}>{known.Id}</option>""");
        }

        body.Add($"""</select><button>{DepositWords.Apply}</button> <a class="button quiet" href="/terminology/unmapped.csv{(source is null ? "" : "?source=" + Uri.EscapeDataString(source))}">{TerminologyWords.Download}</a></form></div>""");
        outcome(body);
        Codes(body, visit, counts);
        Files(body, visit);
        if (visit.May(Audience.Mappers)) Upload(body, visit);
        await PageFrame.WriteAsync(visit, TerminologyWords.Page.In(visit.Language), body, "list.js");
    }

    private static void Codes(HtmlBuilder html, Visit visit, IReadOnlyList<UnmappedCodeCount> counts)
    {
        if (counts.Count == 0)
        {
            html.Add($"""<p class="empty panel">{TerminologyWords.Nothing}</p>""");
            return;
        }

        html.Add($"""
            <div class="panel"><table class="rows list" data-rows><thead><tr><th scope="col">{FlowWords.Source}</th><th scope="col">{TerminologyWords.Field}</th><th scope="col">{TerminologyWords.Table}</th><th scope="col">{TerminologyWords.Code}</th><th scope="col">{TerminologyWords.System}</th>
            <th scope="col" class="n">{TerminologyWords.Count}</th><th scope="col">{TerminologyWords.First}</th><th scope="col">{TerminologyWords.Last}</th><th scope="col">{TerminologyWords.Example}</th></tr></thead><tbody>
            """);
        foreach (var count in counts)
        {
            html.Add($"""<tr><td class="clip">{count.SourceId}</td><td><code>{count.Code.Field}</code></td><td><code>{count.Code.Table}</code></td><td>""");
            if (count.Code.Code.Length == 0) html.Add($"""<em>{TerminologyWords.Further}</em>""");
            else html.Add($"""<code>{count.Code.Code}</code>""");
            html.Add($"""</td><td><code>{count.Code.System}</code></td><td class="n">{Shown.Number(count.Count)}</td><td>{Shown.Time(html, count.FirstSeen, visit.Now)}</td><td>{Shown.Time(html, count.LastSeen, visit.Now)}</td><td><a href="/deposits/{count.Example.Value}" data-open>{count.Example.Value}</a></td></tr>""");
        }

        html.Add($"""</tbody></table></div>""");
    }

    private static void Files(HtmlBuilder html, Visit visit)
    {
        var files = visit.Get<ILocalMaps>().Files;
        html.Add($"""<section class="panel"><h2>{TerminologyWords.Files}</h2>""");
        if (files.Count == 0) html.Add($"""<p class="hint">{TerminologyWords.NoFiles}</p>""");
        else
        {
            html.Add($"""<table class="rows"><thead><tr><th scope="col">{TerminologyWords.File}</th><th scope="col" class="n">{TerminologyWords.Rows}</th><th scope="col">{TerminologyWords.LoadedAt}</th><th scope="col">{TerminologyWords.Faults}</th></tr></thead><tbody>""");
            foreach (var file in files)
            {
                html.Add($"""<tr><td><code>{file.Name}</code></td><td class="n">{Shown.Number(file.Rows)}</td><td>""");
                if (file.LoadedAt is { } at) html.Add($"""{Shown.Time(html, at, visit.Now)}""");
                else html.Add($"""<small>{TerminologyWords.NeverGood}</small>""");
                html.Add($"""</td><td>""");
                if (file.Faults.Count > 0)
                {
                    html.Add($"""<strong>{TerminologyWords.FormerStays}</strong>""");
                    Faults(html, file.Faults);
                }

                html.Add($"""</td></tr>""");
            }

            html.Add($"""</tbody></table>""");
        }

        html.Add($"""</section>""");
    }

    private static void Faults(HtmlBuilder html, IReadOnlyList<CodeMapFault> faults)
    {
        html.Add($"""<ul class="faults">""");
        foreach (var fault in faults.Take(MostFaults))
        {
            html.Add($"""<li>{TerminologyWords.Line.With(fault.Line)}""");
            if (fault.Column.Length > 0) html.Add($"""{TerminologyWords.Column}<code>{fault.Column}</code>""");
            html.Add($"""{TerminologyWords.Says}{fault.Reason}</li>""");
        }

        html.Add($"""</ul>""");
    }

    private static void Upload(HtmlBuilder html, Visit visit) => html.Add($"""
        <section class="panel"><h2>{TerminologyWords.LoadTitle}</h2><form method="post" action="/terminology" enctype="multipart/form-data">{PageFrame.AntiforgeryField(visit, html)}
        <label>{TerminologyWords.Choose} <input type="file" name="map" accept=".csv,text/csv" required></label> <button name="action" value="check">{TerminologyWords.Check}</button></form></section>
        """);

    private static void Outcome(Visit visit, HtmlBuilder html, string name, byte[] content, Result<CodeMapEffect> effect, bool load)
    {
        if (!effect.Accepted || effect.Value.Faults.Count > 0)
        {
            html.Add($"""<div class="refusal" role="alert"><strong>{TerminologyWords.CannotLoad.With(name)}</strong> {(effect.Accepted ? "" : effect.Rejection.Detail)}""");
            if (effect.Accepted) Faults(html, effect.Value.Faults);
            html.Add($"""</div>""");
            return;
        }

        var change = effect.Value;
        html.Add($"""<div class="passes" role="status">{TerminologyWords.WouldChange.With(name, change.Rows, change.Added, change.Removed, change.Resolved.Count)}""");
        if (change.Resolved.Count > 0)
        {
            html.Add($"""<ul class="faults">""");
            foreach (var count in change.Resolved.Take(MostFaults)) html.Add($"""<li>{count.SourceId} <code>{count.Code.Field}</code> <code>{count.Code.Code}</code> × {count.Count.ToString(CultureInfo.InvariantCulture)}</li>""");
            html.Add($"""</ul>""");
        }

        if (load) html.Add($""" <strong>{TerminologyWords.Loaded.With(name)}</strong>""");
        else
        {
            html.Add($"""
                <form method="post" action="/terminology">{PageFrame.AntiforgeryField(visit, html)}<input type="hidden" name="file" value="{name}"><input type="hidden" name="content" value="{Encoding.UTF8.GetString(content)}">
                <button name="action" value="load">{TerminologyWords.Load}</button></form>
                """);
        }

        html.Add($"""</div>""");
    }
}
