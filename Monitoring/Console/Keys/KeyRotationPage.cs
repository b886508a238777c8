using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Keys;

namespace EHealthPlus.Monitoring.Console.Keys;

/// <summary>Rotation of the keys, asked once more before it is done: what stands under the old ones is destroyed in the end.</summary>
internal static class KeyRotationPage
{
    private const string WrappingKey = "wrapping-key";

    public static Task AskAsync(Visit visit)
    {
        var wrapping = visit.Http.Request.Query["scope"] == WrappingKey;
        var question = wrapping ? KeyWords.RotateWrappingQuestion : KeyWords.RotateQuestion;
        var body = visit.NewHtml();
        body.Add($"""<section class="say"><h1>{question}</h1><p>{(wrapping ? KeyWords.WrappingWhat : KeyWords.RotateWhat)}</p><form method="post" action="/keys/rotate">{PageFrame.AntiforgeryField(visit, body)}<button class="primary" name="scope" value="{(wrapping ? WrappingKey : "everything")}">{KeyWords.Confirm}</button> <a class="button quiet" href="/keys">{DepositWords.Cancel}</a></form></section>""");
        return PageFrame.WriteAsync(visit, question.In(visit.Language), body);
    }

    public static async Task RotateAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var scope = form["scope"] == WrappingKey ? RotationScope.WrappingKey : RotationScope.Everything;
        var audit = AuditEntry.By(visit.Principal!, visit.Now, AuditAction.RotateKeys, null, "keys", true, scope.ToString());
        var rotated = await visit.Get<IStoreKeys>().RotateAsync(scope, null, audit, visit.Aborted);
        // A refusal is not answered here either: loaded again once nothing stands against it, it would rotate.
        await visit.SeeOther(rotated.Accepted ? "/keys?rotated=1" : $"/keys?refused={(int)rotated.Rejection.Code}");
    }
}
