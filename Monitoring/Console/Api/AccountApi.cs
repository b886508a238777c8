using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Accounts of people: invited, suspended and resumed by administrators. What lets a person in is never answered.</summary>
internal static class AccountApi
{
    public static Task ListAsync(Visit visit) => Json.WriteAsync(visit.Http, visit.Get<IPersonAccounts>().All.Select(account => new Line(
        account.Name, account.Role, account.ProfessionalId, account.Active, account.PasswordHash is not null, account.Failures, account.LockedUntil)));

    /// <summary>Makes an account or sets one up anew. The invitation is in this answer only.</summary>
    public static async Task InviteAsync(Visit visit)
    {
        if (await Body.ReadAsync<Stated>(visit, "account") is not { } stated) return;
        var name = stated.Name ?? "";
        // What has no form of a name is refused further on, and may be anything: it does not belong into the trail.
        var target = name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-') ? $"account/{name}" : "account";
        await visit.RecordAsync(AuditAction.Register, null, target, permitted: true, $"invited as {(Enum.IsDefined(stated.Role) ? AccessPrincipal.KeyOf(stated.Role) : "no role that there is")}");
        var invited = await visit.Get<IPersonEnrolment>().InviteAsync(name, stated.Role, stated.ProfessionalId, CancellationToken.None);
        if (invited.Accepted)
        {
            await Json.WriteAsync(visit.Http, invited.Value, StatusCodes.Status201Created);
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, target, permitted: false, invited.Rejection.ToString());
        await Problem.WriteAsync(visit.Http, invited.Rejection);
    }

    public static Task SuspendAsync(Visit visit) => SetActiveAsync(visit, false);

    public static Task ResumeAsync(Visit visit) => SetActiveAsync(visit, true);

    private static async Task SetActiveAsync(Visit visit, bool active)
    {
        if (visit.Get<IPersonAccounts>().Get((string)visit.Http.GetRouteValue("name")!) is not { } account)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such account");
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, $"account/{account.Name}", permitted: true, active ? "resumed" : "suspended, all sessions end");
        await visit.Get<IPersonEnrolment>().SetActiveAsync(account.Name, active, CancellationToken.None);
        visit.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed record Stated(string? Name, Role Role, string? ProfessionalId);

    private sealed record Line(string Name, Role Role, string? ProfessionalId, bool Active, bool SetUp, int Failures, DateTimeOffset? LockedUntil);
}
