using System.Text.Json;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Assets;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>
/// One study in the image viewer, its report and a prior beside it. The page brings no image: its script asks the DICOMweb interface for them with the session's
/// cookie, so each view passes the gate and is recorded there.
/// </summary>
internal static class ViewerPage
{
    private const uint StudyInstanceUid = 0x0020000D;
    private const int LongestUid = 64;

    // Measures in the images carry style attributes, and the pointers of the tools are drawn by the script; everything else stays as strict as on any page.
    private const string Policy = "img-src 'self' blob:; style-src-attr 'unsafe-inline'; worker-src 'self'";

    private static readonly (string Name, string Key, Phrase Says)[] Tools =
    [
        ("window", "w", ImageWords.Window), ("scroll", "s", ImageWords.Scroll), ("zoom", "z", ImageWords.Zoom), ("pan", "p", ImageWords.Pan),
        ("length", "l", ImageWords.Length), ("angle", "a", ImageWords.Angle),
    ];

    // Width and centre in Hounsfield units, as radiology departments set their keys.
    private static readonly (string Value, Phrase Says)[] Windows =
    [
        ("", ImageWords.WindowAsSent), ("400,40", ImageWords.SoftTissue), ("1500,-600", ImageWords.Lung), ("2000,400", ImageWords.Bone), ("80,40", ImageWords.Brain), ("160,60", ImageWords.Liver),
    ];

    public static async Task ShowAsync(Visit visit)
    {
        var uid = (string)visit.Http.Request.RouteValues["study"]!;
        if (uid.Length > LongestUid || !uid.All(letter => char.IsAsciiDigit(letter) || letter == '.'))
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var found = await visit.Get<IImagingRecord>().FindAsync(visit.Principal!, new(QueryLevel.Study, [new(StudyInstanceUid, uid)], 0, 2), visit.Aborted);
        if (!found.Accepted || found.Value.Count == 0 || found.Value[0].PersonId is not { } person)
        {
            await (found.Rejection is { } refusal ? RefuseAsync(visit, refusal) : PageFrame.SayAsync(visit, 404, ImageWords.None, new("", "")));
            return;
        }

        if (found.Value.Count > 1)
        {
            await RefuseAsync(visit, new(RejectionCode.StudyOfSeveralCitizens, "Two sources sent images of two citizens under this UID: the imaging desk finds out", null, "兩個來源在同一 UID 下傳送了兩名市民的影像，有待影像組查證"));
            return;
        }

        var priors = await ImageListPage.StudiesOfAsync(visit, person);
        if (!priors.Accepted)
        {
            await RefuseAsync(visit, priors.Rejection);
            return;
        }

        var study = ShownStudy.Of(found.Value[0]);
        var reports = await ReportPanel.FindAsync(visit, uid, person);
        var body = visit.NewHtml();
        body.Add($"""<section id="viewer" class="viewer" data-root="/dicomweb" data-study="{uid}" data-assets="{ViewerFiles.Folder}" data-worker="{ViewerFiles.UrlOf("decode-worker.js")}" data-words="{ImageWords.ForScript(visit.Language)}">""");
        ToolBar(body, ImageListPage.AddressOf(visit, person), [.. priors.Value.Where(prior => prior.Uid != uid)]);
        body.Add($"""<div class="stage"><div class="panes">""");
        Pane(body, "main", shown: true);
        Pane(body, "prior", shown: false);
        body.Add($"""</div>""");
        ReportPanel.Add(body, reports);
        body.Add($"""</div><p class="viewer-status" data-status role="status">{ImageWords.Loading}</p></section>""");

        var head = body.Of(inner => inner.Add($"""<link rel="stylesheet" href="{AssetFiles.UrlOf("viewer.css")}"><script type="module" src="{ViewerFiles.UrlOf("viewer.js")}"></script>"""));
        await PageFrame.WriteAsync(visit, $"{study.Description} {study.Date}", body, new PageNeeds(head, Policy, "dark"));
    }

    private static Task RefuseAsync(Visit visit, Rejection refusal)
    {
        var meaning = RejectionTable.Of(refusal.Code);
        return PageFrame.SayAsync(
            visit, meaning.HttpStatus, new($"{(int)meaning.Code} {meaning.English}", $"{(int)meaning.Code} {meaning.Chinese}"), new(refusal.Detail, refusal.DetailChinese ?? refusal.Detail));
    }

    private static void ToolBar(HtmlBuilder html, string back, List<ShownStudy> priors)
    {
        html.Add($"""<div class="viewer-bar" role="toolbar" aria-label="{ImageWords.Tools}"><a class="button" href="{back}" aria-label="{ImageWords.Back}" title="{ImageWords.Back}">‹</a>""");
        foreach (var (name, key, says) in Tools)
        {
            html.Add($"""<button type="button" data-tool="{name}" data-key="{key}" aria-pressed="{(name is "window" ? "true" : "false")}" title="{says} ({key})">{says}</button>""");
        }

        html.Add($"""<select data-window aria-label="{ImageWords.WindowPreset}" title="{ImageWords.WindowPreset}">""");
        foreach (var (value, says) in Windows) html.Add($"""<option value="{value}">{says}</option>""");
        html.Add($"""</select><button type="button" data-act="invert" title="{ImageWords.Invert} (i)">{ImageWords.Invert}</button><button type="button" data-act="clear" title="{ImageWords.Clear} (Delete)">{ImageWords.Clear}</button><button type="button" data-act="reset" title="{ImageWords.Reset} (r)">{ImageWords.Reset}</button>""");
        if (priors.Count > 0)
        {
            html.Add($"""<select data-prior aria-label="{ImageWords.Compare}" title="{ImageWords.Compare}"><option value="">{ImageWords.Compare}</option>""");
            foreach (var prior in priors) html.Add($"""<option value="{prior.Uid}">{prior.Date} {prior.Modalities} {prior.Description}</option>""");
            html.Add($"""</select>""");
        }

        html.Add($"""</div>""");
    }

    private static void Pane(HtmlBuilder html, string name, bool shown) => html.Add(
        $"""<div class="pane" data-pane="{name}"{new Html(shown ? "" : " hidden")}><div class="canvas" data-canvas></div><p class="corner tl" data-corner="topLeft"></p><p class="corner tr" data-corner="topRight"></p><p class="corner bl" data-corner="bottomLeft"></p><p class="corner br" data-corner="bottomRight"></p><select data-series hidden aria-label="{ImageWords.Series}"></select><input type="range" min="0" max="0" value="0" data-slider hidden aria-label="{ImageWords.Scroll}"></div>""");
}
