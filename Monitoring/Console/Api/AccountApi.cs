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
        var invited = await visit.Get<IPersonEnrolment>().InviteAsync(stated.Name ?? "", stated.Role, stated.ProfessionalId, visit.Aborted);
        await visit.RecordAsync(
            AuditAction.Register, null, invited.Accepted ? $"account/{invited.Value.Name}" : "account", invited.Accepted,
            invited.Accepted ? $"invited as {AccessPrincipal.KeyOf(stated.Role)}" : invited.Rejection.ToString());
        if (invited.Accepted) await Json.WriteAsync(visit.Http, invited.Value, StatusCodes.Status201Created);
        else await Problem.WriteAsync(visit.Http, invited.Rejection);
    }

    public static Task SuspendAsync(Visit visit) => SetActiveAsync(visit, false);

    public static Task ResumeAsync(Visit visit) => SetActiveAsync(visit, true);

    private static async Task SetActiveAsync(Visit visit, bool active)
    {
        var name = (string)visit.Http.GetRouteValue("name")!;
        if (!await visit.Get<IPersonEnrolment>().SetActiveAsync(name, active, visit.Aborted))
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such account");
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, $"account/{name}", permitted: true, active ? "resumed" : "suspended, all sessions end");
        visit.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed record Stated(string? Name, Role Role, string? ProfessionalId);

    private sealed record Line(string Name, Role Role, string? ProfessionalId, bool Active, bool SetUp, int Failures, DateTimeOffset? LockedUntil);
}
