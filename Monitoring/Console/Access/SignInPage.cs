using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>Sign-in with name, password and code, or with a token of the embedded mode; sign-out; the switches of language and theme.</summary>
internal static class SignInPage
{
    private static readonly TimeSpan PreferenceAge = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapReading("/sign-in", http => ShowAsync(new(http), LocalPath(http.Request.Query["return"]), "", null, null)).AllowAnonymous();
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

        if (form.ContainsKey("name")) await WithPasswordAsync(visit, form);
        else await WithTokenAsync(visit, form);
    }

    private static async Task WithPasswordAsync(Visit visit, IFormCollection form)
    {
        var (name, back) = (form["name"].ToString(), LocalPath(form["return"]));
        var provider = form["provider"].ToString().Trim();
        var signedIn = await visit.Get<IPersonSignIn>().SignInAsync(
            new(name, form["password"].ToString(), form["code"].ToString(), provider.Length == 0 ? null : provider, visit.Origin), visit.Aborted);
        if (!signedIn.Accepted)
        {
            var meaning = RejectionTable.Of(signedIn.Rejection.Code);
            var more = signedIn.Rejection.Code == RejectionCode.SignInRefused ? null : signedIn.Rejection;
            await ShowAsync(visit, back, name, new($"{meaning.English}. {more?.Detail}", $"{meaning.Chinese}。{more?.DetailChinese}"), null);
            return;
        }

        Begin(visit.Http, signedIn.Value.Token, signedIn.Value.Principal, back);
    }

    private static async Task WithTokenAsync(Visit visit, IFormCollection form)
    {
        var token = form["token"].ToString().Trim();
        var back = LocalPath(form["return"]);
        if (token.Length == 0)
        {
            await ShowAsync(visit, back, "", null, ShellWords.TokenMissing);
            return;
        }

        var bearer = visit.Get<ICredentialCheck>().Check(token);
        // A token with scopes is a machine's: it has no place in a browser.
        if (!bearer.Accepted || bearer.Value.Scopes is not null)
        {
            await visit.Get<IAuditTrail>().RecordAsync(
                new(visit.Now, "unknown", "none", AuditAction.SignInRefused, null, "token", false, bearer.Rejection?.Detail ?? "a machine's token", Origin: visit.Origin), visit.Aborted);
            await ShowAsync(visit, back, "", null, ShellWords.TokenWrong);
            return;
        }

        var principal = bearer.Value.Principal;
        await visit.Get<IAuditTrail>().RecordAsync(
            AuditEntry.By(principal with { Origin = visit.Origin }, visit.Now, AuditAction.SignIn, null, "token", true, "token of the embedded mode"), visit.Aborted);
        Begin(visit.Http, token, principal, back);
    }

    private static void Begin(HttpContext http, string token, AccessPrincipal principal, string back)
    {
        Keep(http, token);
        http.Response.Redirect(back is not "/" ? back : FrontPage.Of(principal.Role));
    }

    /// <summary>Lets the hub and the browser keep the session for another while: at the sign-in, and at each page after it.</summary>
    internal static void Keep(HttpContext http, string token)
    {
        http.RequestServices.GetRequiredService<IConsoleSessions>().Used(token);
        http.Response.Cookies.Append(ConsoleCookie.Name, token, new()
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true, MaxAge = ConsoleCookie.Idle,
        });
    }

    private static async Task SignOutAsync(HttpContext http)
    {
        // Read small first, as anybody may post it: what was read is kept for the check.
        if (await SmallFormAsync(http) is not null && await Antiforgery.HoldsAsync(http))
        {
            var visit = new Visit(http);
            if (http.Request.Cookies[ConsoleCookie.Name] is { } token) await visit.Get<IPersonSignIn>().SignOutAsync(token, visit.Origin, visit.Aborted);
            http.Response.Cookies.Delete(ConsoleCookie.Name, new() { Path = "/" });
        }

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

    internal static async Task<IFormCollection?> SmallFormAsync(HttpContext http) =>
        Antiforgery.SameOrigin(http) ? await FormReading.ReadAsync(http, FormLimits.Small, FormLimits.SmallBytes) : null;

    /// <summary>Only a path of this hub: never another site (//host, /\host).</summary>
    internal static string LocalPath(string? asked) =>
        asked is { Length: > 0 } && asked[0] == '/' && (asked.Length == 1 || asked[1] is not ('/' or '\\')) && !asked.Any(char.IsControl) ? InAscii(asked) : "/";

    // A header has no other letters (RFC 9110 5.5): what a browser writes out itself, a form may have decoded.
    private static string InAscii(string path) => string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    /// <summary>To somebody who was sent here from a page: what became of the session. A browser has often forgotten its cookie by then.</summary>
    private static void SayWhy(Visit visit, string back, HtmlBuilder body)
    {
        if (visit.Principal is null && CredentialRefusal.Of(visit.Http.User) is { } ended)
        {
            var meaning = RejectionTable.Of(ended.Code);
            body.Add($"""<p class="problem" role="status">{new Phrase(meaning.English, meaning.Chinese)}</p>""");
        }

        if (back is not "/") body.Add($"""<p class="hint">{SignInWords.GoOn}</p>""");
    }

    /// <param name="refused">Why name, password and code did not let in.</param>
    /// <param name="problem">What is wrong with the token.</param>
    private static Task ShowAsync(Visit visit, string back, string name, Phrase? refused, Phrase? problem)
    {
        var body = visit.NewHtml().Add($"""
            <section class="sign-in"><h1>{ShellWords.Product}</h1><p>{ShellWords.SignInLead}</p>
            """);
        if (refused is null && problem is null) SayWhy(visit, back, body);
        body.Add($"""
            <form method="post" action="/sign-in"><input type="hidden" name="return" value="{back}">
            <label for="name">{SignInWords.Name}</label><input id="name" name="name" value="{name}" autocomplete="username" autocapitalize="none" spellcheck="false" required>
            <label for="password">{SignInWords.Password}</label><input id="password" name="password" type="password" autocomplete="current-password" required>
            <label for="code">{SignInWords.Code}</label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required aria-describedby="code-help">
            <p class="hint" id="code-help">{SignInWords.CodeHelp}</p>
            <label for="provider">{SignInWords.Provider}</label><input id="provider" name="provider" autocomplete="off" spellcheck="false" aria-describedby="provider-help">
            <p class="hint" id="provider-help">{SignInWords.ProviderHelp}</p>
            """);
        if (refused is not null) body.Add($"""<p class="problem" role="alert">{refused}</p>""");
        body.Add($"""
            <button class="primary">{ShellWords.SignIn}</button><p class="hint"><a href="/invitation">{SignInWords.Invited}</a></p></form>
            <hr><form method="post" action="/sign-in"><input type="hidden" name="return" value="{back}">
            <label for="token">{ShellWords.Token}</label>
            <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required aria-describedby="token-help{(problem is null ? "" : " token-problem")}">
            """);
        if (problem is not null) body.Add($"""<p class="problem" id="token-problem" role="alert">{problem}</p>""");
        body.Add($"""<button>{SignInWords.WithToken}</button><p class="hint" id="token-help">{ShellWords.TokenHelp}</p></form></section>""");
        var status = refused is null && problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        return PageFrame.WriteAsync(visit, status, ShellWords.SignIn.In(visit.Language), body);
    }
}
