using EHealthPlus.Monitoring.Console.Api;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>Maps routes with the audience each is for, and lets nobody else through. Pages answer in HTML, the interface under /api in problem+json.</summary>
internal sealed class Gate(IEndpointRouteBuilder endpoints)
{
    public void Page(string pattern, Audience audience, Func<Visit, Task> show) =>
        endpoints.MapReading(pattern, http => EnterAsync(new(http), audience, show)).AllowAnonymous();

    /// <summary>A form of a page: also asks for its antiforgery token.</summary>
    public void Form(string pattern, Audience audience, Func<Visit, Task> act) =>
        endpoints.MapPost(pattern, http => EnterAsync(new(http), audience, async visit =>
        {
            // Read here, so that what is no form ends here: the pages take it as it was read.
            if (await Antiforgery.HoldsAsync(visit.Http) && await FormReading.ReadAsync(visit.Http, FormLimits.Message) is not null) await act(visit);
            else await PageFrame.SayAsync(visit, StatusCodes.Status400BadRequest, ShellWords.FormExpired, new("", ""));
        })).AllowAnonymous();

    /// <summary>What the script of a page listens to: who may not is told so, because a sign-in page says nothing to a script.</summary>
    public void Stream(string pattern, Audience audience, Func<Visit, Task> send) =>
        endpoints.MapReading(pattern, http => EnterApiAsync(new(http), audience, send)).AllowAnonymous();

    public void ApiGet(string pattern, Audience audience, Func<Visit, Task> answer) =>
        endpoints.MapReading("/api" + pattern, http => EnterApiAsync(new(http), audience, answer)).AllowAnonymous();

    public void ApiPost(string pattern, Audience audience, Func<Visit, Task> act) =>
        endpoints.MapPost("/api" + pattern, http => EnterApiAsync(new(http), audience, async visit =>
        {
            if (await Antiforgery.HoldsAsync(visit.Http)) await act(visit);
            else await Problem.WriteAsync(visit.Http, RejectionCode.CredentialMissing, "A post needs the Authorization header, or the form token of the session in X-Antiforgery");
        })).AllowAnonymous();

    private static Task EnterAsync(Visit visit, Audience audience, Func<Visit, Task> show)
    {
        // Who shows a credential in the header is a program: it reads problems, and cannot sign in.
        var program = visit.Http.Request.Headers.ContainsKey("Authorization");
        if (visit.Principal is null)
        {
            if (program) return EnterApiAsync(visit, audience, show);
            var back = HttpMethods.IsGet(visit.Http.Request.Method) || HttpMethods.IsHead(visit.Http.Request.Method) ? visit.Here : visit.CameFrom;
            visit.Http.Response.Redirect(string.Equals(back, "/", StringComparison.Ordinal) ? "/sign-in" : "/sign-in?return=" + Uri.EscapeDataString(back));
            return Task.CompletedTask;
        }

        KeepSession(visit);
        if (visit.May(audience)) return ShowAsync(visit, show);
        if (visit.Http.Request.Path == "/" && FrontPage.Of(visit.Principal.Role) is not "/" and var front)
        {
            visit.Http.Response.Redirect(front);
            return Task.CompletedTask;
        }

        if (program) return EnterApiAsync(visit, audience, show);
        var door = visit.May(Audience.Console) || visit.May(Audience.Registrars) || visit.May(Audience.ImageReaders) ? ShellWords.SignInAs : ShellWords.NoPages;
        var role = ShellWords.Of(visit.Principal.Role);
        return PageFrame.SayAsync(visit, StatusCodes.Status403Forbidden, ShellWords.NotForRole, new(
            ShellWords.NotForRoleDetail.With(role.English, door.English).English, ShellWords.NotForRoleDetail.With(role.Chinese, door.Chinese).Chinese));
    }

    /// <summary>A page that somebody opened keeps the session; what a script asks for by itself (X-Refresh of refresh.js, a stream) does not.</summary>
    private static void KeepSession(Visit visit)
    {
        if (!visit.Http.Request.Headers.ContainsKey("X-Refresh") && visit.Http.Request.Cookies[ConsoleCookie.Name] is { } session) SignInPage.Keep(visit.Http, session);
    }

    private static async Task ShowAsync(Visit visit, Func<Visit, Task> show)
    {
        try
        {
            await show(visit);
        }
        catch (RejectedException refused) when (!visit.Http.Response.HasStarted)
        {
            var meaning = RejectionTable.Of(refused.Rejection.Code);
            await PageFrame.SayAsync(
                visit, meaning.HttpStatus, new($"{(int)meaning.Code} {meaning.English}", $"{(int)meaning.Code} {meaning.Chinese}"),
                new(refused.Rejection.Detail, refused.Rejection.DetailChinese ?? refused.Rejection.Detail));
        }
    }

    private static async Task AnswerAsync(Visit visit, Func<Visit, Task> answer)
    {
        try
        {
            await answer(visit);
        }
        catch (RejectedException refused) when (!visit.Http.Response.HasStarted)
        {
            await Problem.WriteAsync(visit.Http, refused.Rejection.Code, refused.Rejection.Detail);
        }
    }

    private static Task EnterApiAsync(Visit visit, Audience audience, Func<Visit, Task> answer)
    {
        visit.Http.Response.Headers.CacheControl = "no-store";
        if (visit.Principal is null)
        {
            visit.Http.Response.Headers.WWWAuthenticate = "Bearer";
            if (CredentialRefusal.Of(visit.Http.User) is { } refusal) return Problem.WriteAsync(visit.Http, refusal.Code, refusal.Detail);
            var sent = visit.Http.Request.Headers.ContainsKey("Authorization");
            return Problem.WriteAsync(visit.Http, sent ? RejectionCode.CredentialInvalid : RejectionCode.CredentialMissing);
        }

        return visit.May(audience) ? AnswerAsync(visit, answer) : Problem.WriteAsync(visit.Http, RejectionCode.RoleNotPermitted);
    }
}
