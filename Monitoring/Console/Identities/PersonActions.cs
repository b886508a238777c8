using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>Unlink, merge and split. The desk audits each in the commit that changes the index.</summary>
internal static class PersonActions
{
    /// <summary>What the form of the person's page is called.</summary>
    public const string Merge = "merge";

    public static readonly Rejection Nobody = new(RejectionCode.PersonUnknown, IdentityWords.NobodyFoundDetail.English, null, IdentityWords.NobodyFoundDetail.Chinese);

    public static async Task UnlinkAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var number = new PatientAlias(form["source"].ToString(), form["authority"].ToString(), form["value"].ToString());
        var id = IdOf(visit);
        var refused = (await visit.Get<IPersonDesk>().UnlinkAsync(id, number, visit.Principal!, form["reason"].ToString(), visit.Aborted)).Rejection;
        await DoneAsync(visit, id, id, UnlinkOf(number), form, refused);
    }

    public static async Task MergeAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var id = IdOf(visit);
        var other = await CardNumber.FindAsync(visit, form["number"].ToString());
        var refused = other.Rejection ?? (other.Value is { } person
            ? (await visit.Get<IPersonDesk>().MergeAsync(id, person.Id, visit.Principal!, form["reason"].ToString(), visit.Aborted)).Rejection
            : Nobody);
        await DoneAsync(visit, id, id, Merge, form, refused);
    }

    public static async Task SplitAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var id = IdOf(visit);
        // The form stands on the page of the person whom the other was merged into.
        var survivor = (await visit.Get<IPersonStore>().GetAsync(id, visit.Aborted))?.MergedInto ?? id;
        var refused = (await visit.Get<IPersonDesk>().SplitAsync(id, visit.Principal!, form["reason"].ToString(), visit.Aborted)).Rejection;
        await DoneAsync(visit, id, survivor, SplitOf(id), form, refused);
    }

    public static string UnlinkOf(PatientAlias number) => $"unlink {number}";

    public static string SplitOf(string id) => $"split {id}";

    private static string IdOf(Visit visit) => (string)visit.Http.Request.RouteValues["id"]!;

    /// <param name="id">Whose page to see when it is done.</param>
    /// <param name="from">Whose page the form stands on.</param>
    private static Task DoneAsync(Visit visit, string id, string from, string name, IFormCollection form, Rejection? refused)
    {
        visit.Here = $"/persons/{Uri.EscapeDataString(refused is null ? id : from)}";
        if (refused is not null) return PersonPage.ShowAsync(visit, from, new(name, form, refused));
        visit.Http.Response.Redirect(visit.Here);
        return Task.CompletedTask;
    }
}
