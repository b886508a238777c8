using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Cases;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Cases of the watching, for auditors.</summary>
internal static class CaseApi
{
    private const int Rows = 200;

    /// <summary>?state=open, assigned or closed, all that are not closed where it is not said; ?before=NUMBER goes on.</summary>
    public static async Task ListAsync(Visit visit)
    {
        var query = visit.Http.Request.Query;
        var state = Array.Find(CaseListPage.States, known => query["state"] == known.Key);
        if (query.ContainsKey("state") && state.Key is null)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.SearchParameterInvalid, "state is open, assigned or closed");
            return;
        }

        var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        var found = await visit.Get<ICaseStore>().ListAsync(state.Key is null ? null : state.State, before, Rows, visit.Aborted);
        await Json.WriteAsync(visit.Http, found.Select(each => new Line(each, TitleOf(visit, each))));
    }

    public static async Task GetAsync(Visit visit)
    {
        if (await visit.Get<ICaseStore>().GetAsync(NumberOf(visit), visit.Aborted) is not { } found)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such case");
            return;
        }

        await visit.RecordAsync(AuditAction.Read, null, string.Create(CultureInfo.InvariantCulture, $"case/{found.Case.Number}"), permitted: true, "api");
        await WriteAsync(visit, found);
    }

    public static async Task AssignAsync(Visit visit)
    {
        if (await Body.ReadAsync<Act>(visit, "act") is not { } act) return;
        await AnswerAsync(visit, await visit.Get<ICaseDesk>().AssignAsync(NumberOf(visit), act.To, act.Reason ?? "", visit.Principal!, visit.Aborted));
    }

    public static async Task CloseAsync(Visit visit)
    {
        if (await Body.ReadAsync<Act>(visit, "act") is not { } act) return;
        await AnswerAsync(visit, await visit.Get<ICaseDesk>().CloseAsync(NumberOf(visit), act.Reason ?? "", visit.Principal!, visit.Aborted));
    }

    private static Task AnswerAsync(Visit visit, Result<CaseDetail> done) =>
        done.Accepted ? WriteAsync(visit, done.Value) : Problem.WriteAsync(visit.Http, done.Rejection);

    private static Task WriteAsync(Visit visit, CaseDetail found) =>
        Json.WriteAsync(visit.Http, new Detail(found.Case, TitleOf(visit, found.Case), found.Evidence, found.Acts));

    private static Wording? TitleOf(Visit visit, Case its) => visit.Get<IWatchRules>().Find(its.Rule)?.Title;

    private static long NumberOf(Visit visit) => long.Parse((string)visit.Http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);

    private sealed record Act(string? To, string? Reason);

    private sealed record Line(Case Case, Wording? Rule);

    private sealed record Detail(Case Case, Wording? Rule, IReadOnlyList<long> Evidence, IReadOnlyList<CaseAct> Acts);
}
