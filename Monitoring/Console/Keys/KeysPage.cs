using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Keys;

namespace EHealthPlus.Monitoring.Console.Keys;

/// <summary>The keys of the encryption at rest, how far encrypting anew is, and the rotation for administrators.</summary>
internal static class KeysPage
{
    public static Task ShowAsync(Visit visit) => ShowAsync(visit, _ => { });

    public static async Task RotateAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var scope = form["scope"].ToString() is "wrapping-key" ? RotationScope.WrappingKey : RotationScope.Everything;
        var audit = AuditEntry.By(visit.Principal!, visit.Now, AuditAction.RotateKeys, null, "keys", true, scope.ToString());
        var rotated = await visit.Get<IStoreKeys>().RotateAsync(scope, null, audit, visit.Aborted);
        await ShowAsync(visit, html =>
        {
            if (rotated.Accepted) html.Add($"""<p class="passes" role="status">{KeyWords.Done}</p>""");
            else html.Add($"""<p class="refusal" role="alert">{(int)rotated.Rejection.Code} {rotated.Rejection.Detail}</p>""");
        });
    }

    private static async Task ShowAsync(Visit visit, Action<HtmlBuilder> outcome)
    {
        var keys = await visit.Get<IStoreKeys>().GetAsync(visit.Aborted);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{KeyWords.Page}</h1><span class="hint">{KeyWords.Lead}</span></div>""");
        outcome(body);
        if (keys.Damaged > 0) body.Add($"""<p class="refusal" role="alert">{KeyWords.Damaged.With(Shown.Number(keys.Damaged))}</p>""");
        Reencryption(body, visit, keys.Reencryption);
        WrappingKeys(body, visit, keys);
        DataKeys(body, visit, keys);
        await PageFrame.WriteAsync(visit, KeyWords.Page.In(visit.Language), body);
    }

    private static void Reencryption(HtmlBuilder html, Visit visit, ReencryptionProgress? progress)
    {
        html.Add($"""<section class="panel store-keys"><h2>{KeyWords.Reencryption}</h2>""");
        if (progress is null)
        {
            html.Add($"""<p class="hint">{KeyWords.Never}</p></section>""");
            return;
        }

        html.Add($"""
            <p>{(progress.FirstTime ? KeyWords.FirstTime : KeyWords.Rotation)}: <progress max="{Math.Max(1, progress.All)}" value="{(progress.All == 0 ? 1 : progress.Done)}"></progress> {KeyWords.DoneOf.With(Shown.Number(progress.Done), Shown.Number(progress.All))}, {Shown.Share(progress.Done, progress.All)}.
            {KeyWords.Started} {Shown.Time(html, progress.StartedAt, visit.Now)}.
            """);
        if (progress.FinishedAt is { } finished) html.Add($""" {KeyWords.Finished} {Shown.Time(html, finished, visit.Now)}.""");
        else html.Add($""" <span class="tag">{KeyWords.Running}</span>""");
        if (progress.Failed > 0) html.Add($""" <strong>{KeyWords.Failed.With(Shown.Number(progress.Failed))}</strong>""");
        html.Add($"""</p></section>""");
    }

    private static void WrappingKeys(HtmlBuilder html, Visit visit, StoreKeysOverview keys)
    {
        html.Add($"""
            <section class="panel store-keys"><h2>{KeyWords.WrappingKeys}</h2><p class="hint">{KeyWords.WrappingLead}</p><table class="rows"><thead><tr><th scope="col">{KeyWords.KeyId}</th><th scope="col">{KeyWords.State}</th><th scope="col">{KeyWords.Made}</th><th scope="col">{KeyWords.Age}</th><th scope="col">{KeyWords.RetiredAt}</th></tr></thead><tbody>
            """);
        foreach (var key in keys.WrappingKeys)
        {
            html.Add($"""<tr><td><code>{key.Id}</code></td><td>{(key.RetiredAt is null ? KeyWords.InForce : KeyWords.OutOfForce)}</td><td>{Shown.Time(html, key.MadeAt, visit.Now)}</td><td>{Shown.Duration((visit.Now - key.MadeAt).TotalSeconds)}</td><td>""");
            if (key.RetiredAt is { } retired) html.Add($"""{Shown.Time(html, retired, visit.Now)}""");
            html.Add($"""</td></tr>""");
        }

        html.Add($"""</tbody></table>""");
        if (visit.May(Audience.Administrators))
        {
            html.Add($"""
                <form method="post" action="/keys">{PageFrame.AntiforgeryField(visit, html)}<p class="hint">{KeyWords.RotateWhat}</p>
                <button name="scope" value="everything">{KeyWords.Rotate}</button> <button class="quiet" name="scope" value="wrapping-key">{KeyWords.RotateWrapping}</button></form>
                """);
        }

        html.Add($"""</section>""");
    }

    private static void DataKeys(HtmlBuilder html, Visit visit, StoreKeysOverview keys)
    {
        html.Add($"""
            <section class="panel store-keys"><h2>{KeyWords.DataKeys} <small>{KeyWords.Destroyed.With(Shown.Number(keys.Destroyed))}</small></h2><table class="rows"><thead><tr><th scope="col" class="n">{KeyWords.KeyId}</th><th scope="col">{KeyWords.Provider}</th><th scope="col" class="n">{KeyWords.Epoch}</th><th scope="col">{KeyWords.State}</th><th scope="col">{KeyWords.Made}</th><th scope="col">{KeyWords.Age}</th></tr></thead><tbody>
            """);
        foreach (var key in keys.DataKeys)
        {
            html.Add($"""<tr><td class="n">{Shown.Number(key.Number)}</td><td>""");
            if (key.ProviderId.Length == 0) html.Add($"""<em>{KeyWords.NoProvider}</em>""");
            else html.Add($"""{key.ProviderId}""");
            html.Add($"""</td><td class="n">{Shown.Number(key.Epoch)}</td><td>{KeyWords.Of(key.State)}</td><td>{Shown.Time(html, key.MadeAt, visit.Now)}</td><td>{Shown.Duration((visit.Now - key.MadeAt).TotalSeconds)}</td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
    }
}
