using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>Unlink, merge and split. The desk audits each in the commit that changes the index.</summary>
internal static class PersonActions
{
    public static async Task UnlinkAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var number = new PatientAlias(form["source"].ToString(), form["authority"].ToString(), form["value"].ToString());
        var id = IdOf(visit);
        await DoneAsync(visit, id, (await visit.Get<IPersonDesk>().UnlinkAsync(id, number, visit.Principal!, form["reason"].ToString(), visit.Aborted)).Rejection);
    }

    public static async Task MergeAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var number = string.Concat(form["number"].ToString().Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (await visit.Get<IPersonStore>().FindByDocumentAsync(number, visit.Aborted) is not { } other)
        {
            await PageFrame.SayAsync(visit, StatusCodes.Status404NotFound, IdentityWords.NobodyFound, new("", ""));
            return;
        }

        var id = IdOf(visit);
        await DoneAsync(visit, id, (await visit.Get<IPersonDesk>().MergeAsync(id, other.Id, visit.Principal!, form["reason"].ToString(), visit.Aborted)).Rejection);
    }

    public static async Task SplitAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var id = IdOf(visit);
        await DoneAsync(visit, id, (await visit.Get<IPersonDesk>().SplitAsync(id, visit.Principal!, form["reason"].ToString(), visit.Aborted)).Rejection);
    }

    private static string IdOf(Visit visit) => (string)visit.Http.Request.RouteValues["id"]!;

    private static Task DoneAsync(Visit visit, string id, Rejection? rejection)
    {
        if (rejection is not null) return DepositActions.RefusedAsync(visit, rejection);
        visit.Http.Response.Redirect($"/persons/{Uri.EscapeDataString(id)}");
        return Task.CompletedTask;
    }
}
