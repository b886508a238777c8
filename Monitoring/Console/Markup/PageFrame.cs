using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Assets;
using EHealthPlus.Monitoring.Console.Words;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Markup;

/// <summary>The frame around every page: head, top bar, help, and the headers that keep scripts and frames of others out.</summary>
internal static class PageFrame
{
    private static readonly (string Path, Phrase Name, Audience For, string Key)[] Places =
    [
        ("/", ShellWords.Flow, Audience.Watchers, "f"),
        ("/deposits", ShellWords.Deposits, Audience.Watchers, "d"),
        ("/imaging", ImagingWords.Page, Audience.Watchers, "m"),
        ("/uploads", UploadWords.Uploads, Audience.Watchers, "u"),
        ("/sources", ShellWords.Sources, Audience.Watchers, "s"),
        ("/terminology", TerminologyWords.Page, Audience.Watchers, "t"),
        ("/keys", KeyWords.Page, Audience.Watchers, "k"),
        ("/identities", IdentityWords.Page, Audience.Registrars, "i"),
        ("/rejections", ShellWords.Rejections, Audience.Console, "e"),
        ("/cases", CaseWords.Page, Audience.Auditors, "c"),
        ("/audit", ShellWords.Audit, Audience.Auditors, "a"),
        ("/images", ImageWords.Page, Audience.ImageReaders, "m"),
        ("/looks", LookWords.Page, Audience.Citizens, "l"),
    ];

    private static readonly (string Keys, Phrase Does)[] Keyboard =
    [
        ("/", ShellWords.KeySearch),
        ("j k", ShellWords.KeyNextPrevious),
        ("Enter", ShellWords.KeyOpen),
        ("← →", ShellWords.KeyTabs),
        ("[ ]", ShellWords.KeyNeighbour),
        ("p", ShellWords.KeyPause),
        ("?", ShellWords.KeyHelp),
    ];

    /// <param name="scripts">Assets beside the shell's own.</param>
    public static Task WriteAsync(Visit visit, string title, HtmlBuilder body, params string[] scripts) =>
        WriteAsync(visit, StatusCodes.Status200OK, title, body, scripts);

    public static Task WriteAsync(Visit visit, int status, string title, HtmlBuilder body, params string[] scripts)
    {
        var head = body.Of(inner =>
        {
            foreach (var script in scripts) inner.Add($"""<script src="{AssetFiles.UrlOf(script)}" defer></script>""");
        });
        return WriteAsync(visit, status, title, body, new PageNeeds(head));
    }

    public static Task WriteAsync(Visit visit, string title, HtmlBuilder body, PageNeeds needs) => WriteAsync(visit, StatusCodes.Status200OK, title, body, needs);

    private static Task WriteAsync(Visit visit, int status, string title, HtmlBuilder body, PageNeeds needs)
    {
        var theme = needs.Theme ?? visit.Theme;
        var html = visit.NewHtml();
        html.Add($"""
            <!doctype html>
            <html lang="{(visit.Language == Language.Chinese ? "zh-Hant-HK" : "en")}" data-theme="{theme}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="{(theme is "auto" ? "light dark" : theme)}">
            <title>{title} · {ShellWords.Product}</title>
            <link rel="icon" href="{AssetFiles.UrlOf("mark.svg")}" type="image/svg+xml">
            <link rel="stylesheet" href="{AssetFiles.UrlOf("console.css")}"><link rel="stylesheet" href="{AssetFiles.UrlOf("pages.css")}">
            <script src="{AssetFiles.UrlOf("shell.js")}" defer></script>
            """);
        html.Add(needs.Head).Add($"""</head><body><a class="skip" href="#content">{ShellWords.SkipToContent}</a>""");
        TopBar(visit, html);
        html.Add($"""<main id="content" tabindex="-1">""").Add(body.ToHtml()).Add($"""</main>""");
        Help(visit, html);
        html.Add($"""</body></html>""");

        Guard(visit.Http.Response, needs.Policy);
        visit.Http.Response.StatusCode = status;
        visit.Http.Response.ContentType = "text/html; charset=utf-8";
        return visit.Http.Response.WriteAsync(html.ToString(), visit.Aborted);
    }

    /// <summary>A page that says one thing, and leads back to where the visitor begins.</summary>
    public static Task SayAsync(Visit visit, int status, Phrase headline, Phrase detail)
    {
        var body = visit.NewHtml().Add($"""<section class="say"><h1>{headline}</h1><p>{detail}</p>""");
        if (visit.Principal is { } principal && FrontPage.Of(principal.Role) is var front && Array.Find(Places, place => place.Path == front && visit.May(place.For)) is { Path: not null } place)
        {
            body.Add($"""<p><a href="{front}">{new Phrase($"Back to {place.Name.English}", $"返回{place.Name.Chinese}")}</a></p>""");
        }

        body.Add($"""</section>""");
        return WriteAsync(visit, status, headline.In(visit.Language), body);
    }

    public static Task NotFoundAsync(Visit visit) =>
        SayAsync(visit, StatusCodes.Status404NotFound, ShellWords.NotFound, ShellWords.NotFoundDetail);

    public static Html AntiforgeryField(Visit visit, HtmlBuilder html) =>
        html.Of(inner => inner.Add($"""<input type="hidden" name="{Antiforgery.Field}" value="{Antiforgery.TokenFor(visit.Http)}">"""));

    private static void Guard(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; " + policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept-Language, Cookie";
    }

    private static void TopBar(Visit visit, HtmlBuilder html)
    {
        html.Add($"""<header class="top"><a class="mark" href="{(visit.Principal is { } known ? FrontPage.Of(known.Role) : "/")}" aria-label="{ShellWords.Product}"><img src="{AssetFiles.UrlOf("mark.svg")}" alt="" width="20" height="20"><b>{ShellWords.Product}</b></a><nav aria-label="{ShellWords.Pages}">""");
        var path = visit.Http.Request.Path.Value ?? "/";
        foreach (var (target, name, audience, key) in Places)
        {
            if (!visit.May(audience)) continue;
            var here = target is "/" ? path is "/" : path.StartsWith(target, StringComparison.Ordinal) || (target is "/identities" && path.StartsWith("/persons", StringComparison.Ordinal));
            html.Add($"""<a href="{target}" data-go="{key}"{new Html(here ? " aria-current=\"page\"" : "")}>{name}</a>""");
        }

        html.Add($"""</nav><span class="clock" data-clock title="{ShellWords.HongKongTime}">{Shown.Time(html, visit.Now, visit.Now)} <abbr title="UTC+08:00">HKT</abbr></span>""");
        html.Add($"""<form class="switches" method="post" action="/preferences"><input type="hidden" name="return" value="{visit.Here}">""");
        html.Add($"""<button name="language" value="{(visit.Language == Language.Chinese ? "en" : "zh")}" lang="{(visit.Language == Language.Chinese ? "en" : "zh-Hant-HK")}">{ShellWords.Language}</button>""");
        var next = visit.Theme switch { "auto" => "dark", "dark" => "light", _ => "auto" };
        var shown = visit.Theme switch { "dark" => ShellWords.ThemeDark, "light" => ShellWords.ThemeLight, _ => ShellWords.ThemeAuto };
        html.Add($"""<button name="theme" value="{next}" title="{ShellWords.Theme}"><span class="sr">{ShellWords.Theme}: </span><span aria-hidden="true">◐ </span>{shown}</button></form>""");
        html.Add($"""<button type="button" class="keys" data-help hidden title="{ShellWords.Keys}" aria-label="{ShellWords.Keys}">?</button>""");
        if (visit.Principal is { } principal)
        {
            html.Add($"""<span class="who"><b title="{principal.Name}">{principal.Name}</b><small>{ShellWords.Of(principal.Role)}</small></span>""");
            html.Add($"""<form method="post" action="/sign-out">{AntiforgeryField(visit, html)}<button>{ShellWords.SignOut}</button></form>""");
        }

        html.Add($"""</header>""");
    }

    private static void Help(Visit visit, HtmlBuilder html)
    {
        html.Add($"""<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">{ShellWords.Keys}</h2><dl class="keyboard">""");
        foreach (var (keys, does) in Keyboard) html.Add($"""<div><dt><kbd>{keys}</kbd></dt><dd>{does}</dd></div>""");
        foreach (var (_, name, _, key) in Places.Where(place => visit.May(place.For))) html.Add($"""<div><dt><kbd>g {key}</kbd></dt><dd>{name}</dd></div>""");
        html.Add($"""</dl><form method="dialog"><button>{ShellWords.Close}</button></form></dialog>""");
    }
}
