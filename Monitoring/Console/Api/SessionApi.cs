using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>
/// Signing in and out, and accepting an invitation, for programs: a clinic's software that signs its doctor in, and the command line. The
/// token goes into the Authorization header of what comes next.
/// </summary>
internal static class SessionApi
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/sign-in", http => AnswerAsync<SignIn>(http, "sign-in", SignInAsync)).AllowAnonymous();
        endpoints.MapPost("/api/sign-out", SignOutAsync).AllowAnonymous();
        endpoints.MapPost("/api/invitations/open", http => AnswerAsync<Accepting>(http, "invitation", OpenAsync)).AllowAnonymous();
        endpoints.MapPost("/api/invitations/accept", http => AnswerAsync<Accepting>(http, "invitation", AcceptAsync)).AllowAnonymous();
    }

    private static async Task SignInAsync(Visit visit, SignIn stated)
    {
        var signedIn = await visit.Get<IPersonSignIn>().SignInAsync(
            new(stated.Name ?? "", stated.Password ?? "", stated.Code ?? "", stated.ProviderId, visit.Origin), visit.Aborted);
        if (!signedIn.Accepted)
        {
            await Problem.WriteAsync(visit.Http, signedIn.Rejection);
            return;
        }

        var (token, principal, endsAt) = signedIn.Value;
        await Json.WriteAsync(visit.Http, new Session(token, endsAt, principal.Name, principal.Role, principal.ProviderId));
    }

    private static async Task SignOutAsync(HttpContext http)
    {
        var visit = new Visit(http);
        string? header = http.Request.Headers.Authorization;
        if (header is null || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            await Problem.WriteAsync(http, RejectionCode.CredentialMissing);
            return;
        }

        await visit.Get<IPersonSignIn>().SignOutAsync(header["Bearer ".Length..].Trim(), visit.Origin, visit.Aborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task OpenAsync(Visit visit, Accepting stated)
    {
        var opened = visit.Get<IPersonEnrolment>().Open(stated.Invitation ?? "");
        return opened.Accepted ? Json.WriteAsync(visit.Http, opened.Value) : Problem.WriteAsync(visit.Http, opened.Rejection);
    }

    private static async Task AcceptAsync(Visit visit, Accepting stated)
    {
        var accepted = await visit.Get<IPersonEnrolment>().AcceptAsync(stated.Invitation ?? "", stated.Password ?? "", stated.Code ?? "", visit.Aborted);
        if (accepted.Accepted) await Json.WriteAsync(visit.Http, new { name = accepted.Value });
        else await Problem.WriteAsync(visit.Http, accepted.Rejection);
    }

    private static async Task AnswerAsync<T>(HttpContext http, string kind, Func<Visit, T, Task> answer)
        where T : class
    {
        http.Response.Headers.CacheControl = "no-store";
        var visit = new Visit(http);
        if (!Antiforgery.SameOrigin(http)) await Problem.WriteAsync(http, RejectionCode.CredentialMissing, "Another site's page sent this");
        else if (await Body.ReadAsync<T>(visit, kind) is { } body) await answer(visit, body);
    }

    private sealed record SignIn(string? Name, string? Password, string? Code, string? ProviderId);

    private sealed record Session(string Token, DateTimeOffset EndsAt, string Name, Role Role, string? ProviderId);

    private sealed record Accepting(string? Invitation, string? Password, string? Code);
}
