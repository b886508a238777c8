using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Imaging;

/// <summary>Takes a line off the imaging desk: shown once more, with the reasons to choose from; and puts it back.</summary>
internal static class ImagingDismissalPage
{
    public static async Task AskAsync(Visit visit)
    {
        var (list, mismatch) = ListOf(visit);
        if (await visit.Get<IImagingDesk>().FindAsync(mismatch, NumberOf(visit), visit.Aborted) is not { } line)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var question = ImagingWords.Question(mismatch);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{question}</h1><span class="hint">{ImagingWords.DismissDetail}</span></div>""");
        Facts(body, visit, line);
        body.Add($"""<section class="panel decide"><form method="post" action="/imaging/{list}/{line.Number}/dismiss">{PageFrame.AntiforgeryField(visit, body)}<input type="hidden" name="known" value="{line.Known}">""");
        foreach (var reason in Enum.GetValues<DismissalReason>())
            body.Add($"""<label class="choice"><input type="radio" name="reason" value="{(int)reason}" required> {ImagingWords.Of(reason)}</label>""");
        body.Add($"""<label>{ImagingWords.Note} <textarea name="note" rows="2" maxlength="200"></textarea></label><p class="hint">{ImagingWords.NoteHint}</p>""");
        body.Add($"""<button class="primary">{ImagingWords.Dismiss}</button> <a class="button quiet" href="/imaging?list={list}">{DepositWords.Cancel}</a></form></section>""");
        await PageFrame.WriteAsync(visit, question.In(visit.Language), body);
    }

    public static async Task DismissAsync(Visit visit)
    {
        var (list, mismatch) = ListOf(visit);
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var reason = int.TryParse(form["reason"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (DismissalReason)number : default;
        var refused = await visit.Get<IImagingDismissals>().DismissAsync(mismatch, NumberOf(visit), form["known"].ToString(), reason, form["note"].ToString(), visit.Principal!, visit.Aborted);
        await DoneAsync(visit, refused, $"/imaging?list={list}");
    }

    public static async Task BringBackAsync(Visit visit)
    {
        var (list, mismatch) = ListOf(visit);
        await DoneAsync(visit, await visit.Get<IImagingDismissals>().BringBackAsync(mismatch, NumberOf(visit), visit.Principal!, visit.Aborted), $"/imaging?list={list}&dismissed=1");
    }

    private static Task DoneAsync(Visit visit, Rejection? refused, string next)
    {
        if (refused is not null) return DepositActions.RefusedAsync(visit, refused);
        visit.Http.Response.Redirect(next);
        return Task.CompletedTask;
    }

    private static void Facts(HtmlBuilder html, Visit visit, ImagingLine line)
    {
        html.Add($"""<dl class="facts"><div><dt>{ImagingWords.TimeOf(line.Mismatch)}</dt><dd>{Shown.Time(html, line.At, visit.Now)}</dd></div><div><dt>{ImagingWords.Age}</dt><dd>{ImagingWords.AgeOf(visit.Now - line.At)}</dd></div><div><dt>{FlowWords.Source}</dt><dd>{line.SourceId}</dd></div><div><dt>{ImagingWords.Accession}</dt><dd>{(line.AccessionNumber.Length > 0 ? line.AccessionNumber : ImagingWords.None.In(visit.Language))}</dd></div>""");
        if (line.StudyInstanceUid is { } study) html.Add($"""<div><dt>{ImagingWords.Study}</dt><dd>{study}</dd></div><div><dt>{ImagingWords.Instances}</dt><dd>{Shown.Number(line.Instances)}</dd></div>""");
        if (line.Mismatch == ImagingMismatch.InstancesMissing) html.Add($"""<div><dt>{ImagingWords.MissingInstances}</dt><dd>{Shown.Number(line.Missing)}</dd></div>""");
        if (line.Deposit is { } deposit) html.Add($"""<div><dt>{ImagingWords.Deposit}</dt><dd><a href="/deposits/{deposit.Value}">{deposit.Value}</a></dd></div>""");
        html.Add($"""</dl>""");
    }

    private static (string Key, ImagingMismatch Mismatch) ListOf(Visit visit) => ImagingLists.Of((string)visit.Http.Request.RouteValues["list"]!);

    private static long NumberOf(Visit visit) => long.Parse((string)visit.Http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
}
