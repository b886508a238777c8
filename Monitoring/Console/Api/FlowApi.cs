using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Flow;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>GET /api/flow: the numbers of the flow page.</summary>
internal static class FlowApi
{
    public static async Task GetAsync(Visit visit)
    {
        var board = visit.Get<FlowBoard>();
        var minutes = FlowPage.MinutesOf(visit);
        var flow = board.Now(TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(minutes == 15 ? 5 : 2));
        var day = await board.DayAsync(visit.Aborted);
        await Json.WriteAsync(visit.Http, new Numbers(
            flow, day.Quarantined,
            day.Refusals.ToDictionary(row => ((int)row.Key).ToString(System.Globalization.CultureInfo.InvariantCulture), row => row.Value, StringComparer.Ordinal)));
    }

    /// <param name="Quarantined">All that wait for an operator, counted up to 500.</param>
    /// <param name="RefusalsOfTheDay">Number of refusals in the last 24 hours by rejection number.</param>
    private sealed record Numbers(FlowSnapshot Flow, int Quarantined, IReadOnlyDictionary<string, long> RefusalsOfTheDay);
}
