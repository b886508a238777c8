using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>Sign-in with a bearer token, sign-out, and the switches of language and theme: what works without a session.</summary>
internal static class SignInPage
{
    private static readonly TimeSpan PreferenceAge = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sign-in", http => ShowAsync(new(http), LocalPath(http.Request.Query["return"]), null)).AllowAnonymous();
        endpoints.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        endpoints.MapPost("/preferences", PreferAsync).AllowAnonymous();
    }

    private static async Task SignInAsync(HttpContext http)
    {
        var visit = new Visit(http);
        if (await SmallFormAsync(http) is not { } form)
        {
            await PageFrame.SayAsync(visit, StatusCodes.Status400BadRequest, ShellWords.FormExpired, new("", ""));
            return;
        }

        var token = form["token"].ToString().Trim();
        var back = LocalPath(form["return"]);
        if (token.Length == 0 || visit.Get<ICredentialCheck>().Check(token) is not { } principal)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await ShowAsync(visit, back, token.Length == 0 ? ShellWords.TokenMissing : ShellWords.TokenWrong);
            return;
        }

        http.Response.Cookies.Append(ConsoleCookie.Name, token, new()
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true,
        });
        http.Response.Redirect(back is not "/" ? back : principal.Role switch { Role.Auditor => "/audit", Role.Registrar => "/identities", _ => back });
    }

    private static async Task SignOutAsync(HttpContext http)
    {
        if (await Antiforgery.HoldsAsync(http)) http.Response.Cookies.Delete(ConsoleCookie.Name, new() { Path = "/" });
        http.Response.Redirect("/sign-in");
    }

    private static async Task PreferAsync(HttpContext http)
    {
        if (await SmallFormAsync(http) is not { } form)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var kept = new CookieOptions { SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = PreferenceAge, HttpOnly = true };
        if (form["language"].ToString() is "en" or "zh") http.Response.Cookies.Append(Visit.LanguageCookie, form["language"].ToString(), kept);
        if (form["theme"].ToString() is "auto" or "light" or "dark") http.Response.Cookies.Append(Visit.ThemeCookie, form["theme"].ToString(), kept);
        http.Response.Redirect(LocalPath(form["return"]));
    }

    private static async Task<IFormCollection?> SmallFormAsync(HttpContext http) =>
        http.Request.HasFormContentType && Antiforgery.SameOrigin(http)
            ? await http.Request.ReadFormAsync(FormLimits.Small, http.RequestAborted)
            : null;

    /// <summary>Only a path of this hub: never another site (//host, /\host).</summary>
    internal static string LocalPath(string? asked) =>
        asked is { Length: > 0 } && asked[0] == '/' && (asked.Length == 1 || asked[1] is not ('/' or '\\')) && !asked.Any(char.IsControl) ? asked : "/";

    private static Task ShowAsync(Visit visit, string back, Phrase? problem)
    {
        var body = visit.NewHtml().Add($"""
            <section class="sign-in"><h1>{ShellWords.Product}</h1><p>{ShellWords.SignInLead}</p>
            <form method="post" action="/sign-in"><input type="hidden" name="return" value="{back}">
            <label for="token">{ShellWords.Token}</label>
            <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required autofocus aria-describedby="token-help{(problem is null ? "" : " token-problem")}">
            """);
        if (problem is not null) body.Add($"""<p class="problem" id="token-problem" role="alert">{problem}</p>""");
        body.Add($"""<button class="primary">{ShellWords.SignIn}</button><p class="hint" id="token-help">{ShellWords.TokenHelp}</p></form></section>""");
        return PageFrame.WriteAsync(visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized, ShellWords.SignIn.In(visit.Language), body);
    }
}
