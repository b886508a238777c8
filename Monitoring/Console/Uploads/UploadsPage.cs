using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Flow;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Monitoring.Console.Uploads;

/// <summary>Uploaded files, newest first: how far each is, what was refused and why, and the answers to take away.</summary>
internal static class UploadsPage
{
    private const int Rows = 100;
    private const int MostReasons = 3;

    public static async Task ShowAsync(Visit visit)
    {
        var uploads = visit.Get<IUploads>().List(null, Rows);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{UploadWords.Uploads}</h1><span class="hint">{UploadWords.Lead}</span></div>""");
        if (visit.Refused is { } meaning)
        {
            var number = (int)meaning.Code;
            body.Add($"""<p class="notice" role="alert">{new Phrase(UploadWords.NotTaken.With(number, meaning.English).English, UploadWords.NotTaken.With(number, meaning.Chinese).Chinese)}</p>""");
        }

        if (visit.May(Audience.Repairers)) Form(body, visit);
        body.Add($"""<div id="uploads" class="panel" data-refresh>""");
        if (uploads.Count == 0) body.Add($"""<p class="empty">{UploadWords.NoneYet}</p>""");
        else Table(body, visit, uploads);
        body.Add($"""</div>""");
        await PageFrame.WriteAsync(visit, UploadWords.Uploads.In(visit.Language), body, "refresh.js");
    }

    /// <summary>The source stands before the file, as POST /uploads wants it.</summary>
    private static void Form(HtmlBuilder html, Visit visit)
    {
        html.Add($"""<form class="filters panel" method="post" action="/uploads" enctype="multipart/form-data"><label><span>{UploadWords.ForSource}</span><select name="source" required>""");
        foreach (var source in visit.Get<IRegistry>().Sources.Where(source => source.Active).OrderBy(source => source.Id, StringComparer.Ordinal))
        {
            html.Add($"""<option value="{source.Id}">{source.Id}</option>""");
        }

        html.Add($"""</select></label><label class="wide"><span>{UploadWords.File}</span><input type="file" name="file" accept=".hl7,.er7,.txt,.v2,.xml,.bat,.dat" required></label><button class="primary">{UploadWords.Upload}</button></form>""");
    }

    private static void Table(HtmlBuilder html, Visit visit, IReadOnlyList<UploadStatus> uploads)
    {
        html.Add($"""
            <table class="rows list uploads"><thead><tr><th scope="col">{DepositWords.Time}</th><th scope="col">{UploadWords.File}</th><th scope="col">{FlowWords.Source}</th><th scope="col" class="n">{DepositWords.Size}</th><th scope="col">{FlowWords.State}</th><th scope="col" class="progress">{UploadWords.Progress}</th>
            <th scope="col" class="n">{UploadWords.Messages}</th><th scope="col" class="n">{UploadWords.Accepted}</th><th scope="col" class="n">{UploadWords.Refused}</th><th scope="col">{UploadWords.Reasons}</th><th scope="col">{UploadWords.Answer}</th></tr></thead><tbody>
            """);
        foreach (var upload in uploads) Row(html, visit, upload);
        html.Add($"""</tbody></table>""");
    }

    private static void Row(HtmlBuilder html, Visit visit, UploadStatus upload)
    {
        var counts = upload.Counts;
        // Senders put patients' names into the names of files.
        var (name, more) = visit.SeesPatientData ? (upload.Name, $"{upload.Name} ({upload.Id})") : (upload.Id, upload.Id);
        html.Add($"""
            <tr><td class="time">{Shown.Time(html, upload.TakenAt, visit.Now)}</td><td class="clip name" title="{more}">{name}</td><td>{upload.SourceId}</td><td class="n">{Shown.Size(upload.Bytes)}</td>
            <td><span class="chip {Style(upload.State)}">{UploadWords.Of(upload.State)}</span></td><td class="progress">{Progress(html, upload)}</td>
            <td class="n">{Shown.Number(counts.Messages)}</td><td class="n">{Shown.Number(counts.Accepted)}</td><td class="n">{Shown.Number(counts.Refused)}</td><td class="clip why">
            """);
        Reasons(html, upload);
        html.Add($"""</td><td>""");
        if (upload.Answer is not null && visit.SeesPatientData) html.Add($"""<a href="/uploads/{upload.Id}/answer" download>{UploadWords.Download}</a>""");
        html.Add($"""</td></tr>""");
    }

    /// <summary>Bytes while it is in work; what became of its messages when it is finished.</summary>
    private static Html Progress(HtmlBuilder html, UploadStatus upload)
    {
        var counts = upload.Counts;
        if (upload.Finished)
        {
            var said = UploadWords.Counted.With(Shown.Number(counts.Accepted), Shown.Number(counts.Refused), Shown.Number(counts.Unanswered)).In(html.Language);
            return Bars.Parts(html, said, (counts.Accepted, "out"), (counts.Refused, "no"), (counts.Unanswered, "wait"));
        }

        var share = upload.Bytes == 0 ? 0 : (int)(100 * upload.BytesRead / upload.Bytes);
        return html.Of(inner => inner.Add($"""<progress max="100" value="{share}">{share}%</progress> <small>{share}%</small>"""));
    }

    private static void Reasons(HtmlBuilder html, UploadStatus upload)
    {
        if (upload.Fault is { } fault) html.Add($"""<em>{UploadWords.HeldUp.With(fault)}</em> """);
        if (upload.Rejection is { } rejection) html.Add($"""<a href="/rejections#{(int)rejection.Code}" title="{Words(html, (int)rejection.Code)}: {rejection.Detail}"><code>{(int)rejection.Code}</code></a> """);
        foreach (var reason in upload.Reasons.OrderByDescending(reason => reason.Count).Take(MostReasons))
        {
            var first = UploadWords.First.With(reason.FirstMessage, reason.FirstControlId).In(html.Language);
            html.Add($"""<a href="/rejections#{reason.Code}" title="{Words(html, reason.Code)} ({first})"><code>{reason.Code}</code></a> ×{Shown.Number(reason.Count)} """);
        }

        if (upload.Rejection is { } said) html.Add($"""<small>{Words(html, (int)said.Code)}</small>""");
    }

    private static string Words(HtmlBuilder html, int code)
    {
        if (!Enum.IsDefined((RejectionCode)code)) return "";
        var meaning = RejectionTable.Of((RejectionCode)code);
        return html.Language == Language.Chinese ? meaning.Chinese : meaning.English;
    }

    private static string Style(UploadState state) => state switch
    {
        UploadState.Done => "delivered",
        UploadState.Refused => "refused",
        UploadState.Working => "received",
        _ => "",
    };
}
