using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>Replay, asked once more before it is done, and the bytes as a file.</summary>
internal static class DepositActions
{
    public static async Task AskReplayAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var body = visit.NewHtml();
        DepositHeader.Write(body, visit, view);
        if (!view.Mendable) body.Add($"""<section class="say"><p>{DepositWords.NotNow}</p></section>""");
        else
        {
            body.Add($"""<section class="say"><h2>{DepositWords.ReplayQuestion.With(view.Id.Value)}</h2><p>{DepositWords.ReplayDetail}</p><form method="post" action="/deposits/{view.Id.Value}/replay">{PageFrame.AntiforgeryField(visit, body)}<button class="primary" autofocus>{DepositWords.Confirm}</button> <a class="button quiet" href="/deposits/{view.Id.Value}">{DepositWords.Cancel}</a></form></section>""");
        }

        await PageFrame.WriteAsync(visit, DepositWords.Replay.In(visit.Language), body);
    }

    public static async Task ReplayAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var result = await ReplayAsync(visit, view);
        if (result.Accepted) await visit.SeeOther($"/deposits/{view.Id.Value}/timeline?done=replay");
        else await RefusedAsync(visit, result.Rejection);
    }

    /// <summary>The quarantine writes the audit entry, in one commit with the change.</summary>
    public static Task<Result<Routing.Contracts.DepositId>> ReplayAsync(Visit visit, DepositView view) =>
        visit.Get<IQuarantine>().ReplayAsync(view.Id, visit.Principal!.Name, visit.Aborted);

    public static Task RefusedAsync(Visit visit, Rejection rejection)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        return PageFrame.SayAsync(
            visit, meaning.HttpStatus, new($"{(int)rejection.Code} {meaning.English}", $"{(int)rejection.Code} {meaning.Chinese}"), new(rejection.Detail, rejection.DetailChinese ?? rejection.Detail));
    }

    /// <summary>The message as received. Its audience sees patient data; the view is recorded first.</summary>
    public static async Task DownloadAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        await visit.RecordAsync(AuditAction.ViewMessage, view.Detail.PersonId, view.Target, permitted: true, "console download");
        var response = visit.Http.Response;
        response.ContentType = "application/octet-stream";
        response.Headers.ContentDisposition = $"attachment; filename=\"deposit-{view.Id.Value}.hl7\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = view.Detail.Bytes.Length;
        await response.Body.WriteAsync(view.Detail.Bytes, visit.Aborted);
    }
}
