using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Keys;

namespace EHealthPlus.Monitoring.Console.Keys;

/// <summary>The keys of the encryption at rest, how far encrypting anew is, and the way to the rotation for administrators.</summary>
internal static class KeysPage
{
    public static async Task ShowAsync(Visit visit)
    {
        var keys = await visit.Get<IStoreKeys>().GetAsync(visit.Aborted);
        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{KeyWords.Page}</h1><span class="hint">{KeyWords.Lead}</span></div>""");
        if (visit.Http.Request.Query["rotated"] == "1") body.Add($"""<p class="passes" role="status">{KeyWords.Done}</p>""");
        if (visit.Refused is { } refused) body.Add($"""<p class="refusal" role="alert"><b>{(int)refused.Code}</b> {new Phrase(refused.English, refused.Chinese)}</p>""");
        if (keys.Damaged > 0) body.Add($"""<p class="refusal" role="alert">{KeyWords.Damaged.With(Shown.Number(keys.Damaged))}</p>""");
        var moving = new Html(keys.Reencryption is { FinishedAt: null } ? " data-refresh" : "");
        Reencryption(body, visit, keys.Reencryption, moving);
        WrappingKeys(body, visit, keys);
        DataKeys(body, visit, keys, moving);
        await PageFrame.WriteAsync(visit, KeyWords.Page.In(visit.Language), body, "refresh.js");
    }

    private static void Reencryption(HtmlBuilder html, Visit visit, ReencryptionProgress? progress, Html moving)
    {
        html.Add($"""<section class="panel store-keys" id="reencryption"{moving}><h2>{KeyWords.Reencryption}</h2>""");
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
            html.Add($"""<tr><td><code>{key.Id}</code></td><td>{(key.RetiredAt is null ? KeyWords.InForce : KeyWords.OutOfForce)}</td><td>{Shown.Time(html, key.MadeAt, visit.Now)}</td><td>{Shown.Duration((visit.Now - key.MadeAt).TotalSeconds, html.Language)}</td><td>""");
            if (key.RetiredAt is { } retired) html.Add($"""{Shown.Time(html, retired, visit.Now)}""");
            html.Add($"""</td></tr>""");
        }

        html.Add($"""</tbody></table>""");
        if (visit.May(Audience.Administrators))
        {
            html.Add($"""<p class="actions"><a class="button" href="/keys/rotate?scope=everything">{KeyWords.Rotate}</a> <a class="button quiet" href="/keys/rotate?scope=wrapping-key">{KeyWords.RotateWrapping}</a></p>""");
        }

        html.Add($"""</section>""");
    }

    private static void DataKeys(HtmlBuilder html, Visit visit, StoreKeysOverview keys, Html moving)
    {
        html.Add($"""
            <section class="panel store-keys" id="data-keys"{moving}><h2>{KeyWords.DataKeys} <small>{KeyWords.Destroyed.With(Shown.Number(keys.Destroyed))}</small></h2><table class="rows"><thead><tr><th scope="col" class="n">{KeyWords.KeyId}</th><th scope="col">{KeyWords.Provider}</th><th scope="col" class="n">{KeyWords.Epoch}</th><th scope="col">{KeyWords.State}</th><th scope="col">{KeyWords.Made}</th><th scope="col">{KeyWords.Age}</th></tr></thead><tbody>
            """);
        foreach (var key in keys.DataKeys)
        {
            html.Add($"""<tr><td class="n">{Shown.Number(key.Number)}</td><td>""");
            if (key.ProviderId.Length == 0) html.Add($"""<em>{KeyWords.NoProvider}</em>""");
            else html.Add($"""{key.ProviderId}""");
            html.Add($"""</td><td class="n">{Shown.Number(key.Epoch)}</td><td>{KeyWords.Of(key.State)}</td><td>{Shown.Time(html, key.MadeAt, visit.Now)}</td><td>{Shown.Duration((visit.Now - key.MadeAt).TotalSeconds, html.Language)}</td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
    }
}
