using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>What an address asks of the store, and the order of what a text finds.</summary>
public sealed class DepositSearchTest : IDepositQueries
{
    private readonly List<DepositSummary> kept = [];

    [Fact]
    public void A_message_code_and_no_source_are_asked_of_the_store()
    {
        Assert.Equal(new(MessageType: "ORU", WithoutSource: true), Read("type=oru&source=-").Filter);
        Assert.Equal("/deposits?source=-&type=ORU&count=2", Read("type=oru&source=-&count=2").Address());
    }

    [Fact]
    public async Task The_control_id_itself_comes_before_those_that_begin_with_it()
    {
        Keep("C1");
        for (var count = 0; count < 60; count++) Keep($"C1{count}");

        Assert.Equal([1, 61, 60], (await FindAsync("q=C1")).Take(3));
        Assert.Equal([60, 59], (await FindAsync("q=C1&before=61")).Take(2));
    }

    [Fact]
    public void The_rows_of_a_page_stay_in_the_links()
    {
        Assert.Equal("/deposits?before=9&count=20", Read("count=20").Address(new(9)));
        Assert.Equal("/deposits?type=ORU&before=9", Read("type=oru&count=50").Address(new(9)));
    }

    public Task<IReadOnlyList<DepositSummary>> ListAsync(DepositFilter filter, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DepositSummary>>(
        [.. kept.Where(deposit => !(deposit.Id.Value >= filter.Before?.Value)
            && (filter.Text is null || deposit.ControlId!.StartsWith(filter.Text, StringComparison.Ordinal))).Reverse().Take(filter.Count)]);

    public Task<DepositDetail?> GetAsync(DepositId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<SourceCounts>> CountAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<RejectionCode, long>> CountRefusalsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static DepositSearch Read(string query) => DepositSearch.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), 50);

    private async Task<IEnumerable<long>> FindAsync(string query) => (await Read(query).FindAsync(this, default)).Select(deposit => deposit.Id.Value);

    private void Keep(string controlId) =>
        kept.Add(new(new(kept.Count + 1), DateTimeOffset.UnixEpoch, "his", controlId, "ADT^A01", DepositState.Delivered, null, 1, null, null, 0));
}
