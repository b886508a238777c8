using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>FHIR R4 3.1.1.4.10: a date is the period that its precision spans, and prefixes compare periods.</summary>
public abstract class DateSearchCompliance : StoreCompliance
{
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    // The search value is the day 14 March 2013 in Hong Kong.
    private static readonly DateTimeOffset Day = new(2013, 3, 14, 0, 0, 0, HongKong);

    [Theory]
    [InlineData("2013", false, true, true, true, true, true, false, false)]
    [InlineData("2013-03", false, true, true, true, true, true, false, false)]
    [InlineData("2013-03-14", true, false, false, true, false, true, false, false)]
    [InlineData("2013-03-14T10:30:00+08:00", true, false, false, true, false, true, false, false)]
    [InlineData("2013-03-13", false, true, true, true, false, false, false, true)]
    [InlineData("2013-03-15", false, true, false, false, true, true, true, false)]
    [InlineData("2013-03-13T23:59:59.999+08:00", false, true, true, true, false, false, false, true)]
    [InlineData("2013-03-13T15:59:59Z", false, true, true, true, false, false, false, true)]
    [InlineData("2013-03-13T16:00:00Z", true, false, false, true, false, true, false, false)]
    [InlineData("2013-03-14T16:00:00Z", false, true, false, false, true, true, true, false)]
    [InlineData("2013-03-14T23:59:59.9+08:00", true, false, false, true, false, true, false, false)]
    [InlineData("2013-03-14T23:59", true, false, false, true, false, true, false, false)]
    [InlineData("2013-03-13T09:00:00+08:00/2013-03-16T10:00:00+08:00", false, true, true, true, true, true, false, false)]
    [InlineData("2013-03-13/2013-03-14", false, true, true, true, false, false, false, false)]
    [InlineData("2013-03-14T08:00:00+08:00/2013-03-14T09:00:00+08:00", true, false, false, true, false, true, false, false)]
    [InlineData("2013-03-10/2013-03-12", false, true, true, true, false, false, false, true)]
    [InlineData("2013-03-10/", false, true, true, true, true, true, false, false)]
    [InlineData("2013-03-16/", false, true, false, false, true, true, true, false)]
    [InlineData("2013-03-20/2013-03-10", false, true, false, false, true, true, true, false)]
    [InlineData("9999-12-31", false, false, false, false, false, false, false, false)]
    [InlineData("0001-01-01T00:00:00", false, false, false, false, false, false, false, false)]
    [InlineData("2013-02-30", false, false, false, false, false, false, false, false)]
    [InlineData(null, false, false, false, false, false, false, false, false)]
    [InlineData("not a date", false, false, false, false, false, false, false, false)]
    public async Task Prefixes_compare_periods(string? date, bool eq, bool ne, bool lt, bool le, bool gt, bool ge, bool sa, bool eb)
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1), index: new(null, date, [], [])));
        async Task<bool> Matches(DateComparison comparison) =>
            (await Store.Record.SearchAsync(new("Observation", PersonId, [], [], [], [], [new(comparison, Day, Day.AddDays(1))], [], null, 10, null), Cancel)).Total == 1;

        Assert.Equal(eq, await Matches(DateComparison.Equal));
        Assert.Equal(ne, await Matches(DateComparison.NotEqual));
        Assert.Equal(lt, await Matches(DateComparison.LessThan));
        Assert.Equal(le, await Matches(DateComparison.LessOrEqual));
        Assert.Equal(gt, await Matches(DateComparison.GreaterThan));
        Assert.Equal(ge, await Matches(DateComparison.GreaterOrEqual));
        Assert.Equal(sa, await Matches(DateComparison.StartsAfter));
        Assert.Equal(eb, await Matches(DateComparison.EndsBefore));
    }

    [Fact]
    public async Task Two_bounds_make_a_range()
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1), index: new(null, "2013-03-14", [], [])), Resource("Observation", Id(2), index: new(null, "2013-03-20", [], [])));
        var page = await Store.Record.SearchAsync(
            new("Observation", PersonId, [], [], [], [],
                [new(DateComparison.GreaterOrEqual, Day.AddDays(-1), Day), new(DateComparison.LessThan, Day.AddDays(2), Day.AddDays(3))], [], null, 10, null), Cancel);
        Assert.Equal([Id(1)], page.Resources.Select(resource => resource.Id));
    }
}
