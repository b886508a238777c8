using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The filters that the console applies itself, and the order of what a text finds.</summary>
public sealed class DepositSearchTest : IDepositQueries
{
    private readonly List<DepositSummary> kept = [];

    [Fact]
    public async Task A_message_code_finds_all_its_events_and_nothing_that_only_begins_like_it()
    {
        Keep("ORU^R01", "lis");
        Keep("ADT^A01", "his", controlId: "ORU1");
        Keep("ORUX^R01", "lis");
        Keep("ORU^R30", "lis");

        Assert.Equal([4, 1], await FindAsync("type=oru"));
    }

    [Fact]
    public async Task Deposits_without_a_source_are_found_among_all_that_were_refused()
    {
        Keep("", null, DepositState.Refused);
        for (var count = 0; count < 1_200; count++) Keep("ADT^A01", "his", DepositState.Refused);
        Keep("", null, DepositState.Refused);
        Keep("ADT^A01", "his");

        Assert.Equal([1202, 1], await FindAsync("source=-"));
        Assert.Equal("/deposits?source=-&count=2", Read("source=-&count=2").Address());
    }

    [Fact]
    public async Task The_control_id_itself_comes_before_those_that_begin_with_it()
    {
        Keep("ADT^A01", "his", controlId: "C1");
        for (var count = 0; count < 60; count++) Keep("ADT^A01", "his", controlId: $"C1{count}");

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
        [.. kept.Where(deposit => (filter.State is null || deposit.State == filter.State) && !(deposit.Id.Value >= filter.Before?.Value)
            && (filter.Text is null || deposit.ControlId!.StartsWith(filter.Text, StringComparison.Ordinal) || deposit.MessageType.StartsWith(filter.Text, StringComparison.Ordinal))).Reverse().Take(filter.Count)]);

    public Task<DepositDetail?> GetAsync(DepositId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<SourceCounts>> CountAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<RejectionCode, long>> CountRefusalsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static DepositSearch Read(string query) => DepositSearch.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), 50);

    private async Task<IEnumerable<long>> FindAsync(string query) => (await Read(query).FindAsync(this, default)).Select(deposit => deposit.Id.Value);

    private void Keep(string type, string? source, DepositState state = DepositState.Delivered, string controlId = "X") =>
        kept.Add(new(new(kept.Count + 1), DateTimeOffset.UnixEpoch, source, controlId, type, state, null, 1, null, null, 0));
}
