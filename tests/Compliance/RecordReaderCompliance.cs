using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class RecordReaderCompliance : StoreCompliance
{
    private const string Other = "ffffffffffffffffffffffffffffffff";

    [Theory]
    [InlineData("\"status\":\"final\"", "")]
    [InlineData("\"meta\":{},\"status\":\"final\"", "")]
    [InlineData("\"meta\":{\"profile\":[\"http://example.test/p\"]},\"status\":\"final\"", ",\"profile\":[\"http://example.test/p\"]")]
    [InlineData("\"status\":\"final\",\"meta\":{\"source\":\"urn:synthetic\"}", ",\"source\":\"urn:synthetic\"")]
    [InlineData("\"meta\":{\"versionId\":\"9\",\"lastUpdated\":\"2020-01-01T00:00:00Z\",\"source\":\"urn:synthetic\"},\"status\":\"final\"", ",\"source\":\"urn:synthetic\"")]
    [InlineData("\"contained\":[{\"resourceType\":\"Specimen\",\"id\":\"s\",\"meta\":{\"source\":\"urn:inner\"}}],\"status\":\"final\"", "")]
    public async Task Version_and_time_of_change_are_told_in_meta(string rest, string otherMeta)
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1), rest));
        var stored = (await Store.Record.ReadAsync("Observation", Id(1), null, Cancel))!;
        using var json = JsonDocument.Parse(stored.Json);
        var time = stored.LastUpdated.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"{{\"versionId\":\"1\",\"lastUpdated\":\"{time}\"{otherMeta}}}", json.RootElement.GetProperty("meta").GetRawText());
        Assert.Equal("final", json.RootElement.GetProperty("status").GetString());
        Assert.Equal(Id(1), json.RootElement.GetProperty("id").GetString());
        Assert.Equal(1, json.RootElement.EnumerateObject().Count(element => element.NameEquals("meta")));
    }

    [Fact]
    public async Task A_resource_that_comes_back_as_it_was_read_is_unchanged()
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1), "\"status\":\"final\""));
        var read = (await Store.Record.ReadAsync("Observation", Id(1), null, Cancel))!;
        await Store.DeliverAsync("M2", Resource("Observation", Id(1)) with { Json = read.Json });
        Assert.Single(await Store.Record.HistoryAsync("Observation", Id(1), Cancel));
    }

    [Fact]
    public async Task A_resource_names_its_deposit_source_person_and_category()
    {
        var deposit = await Store.DeliverAsync("M1", Resource("Encounter", "visit-1", category: SharingCategory.EncountersAndAppointments));
        var stored = (await Store.Record.ReadAsync("Encounter", "visit-1", null, Cancel))!;
        Assert.Equal(
            ("Encounter", "visit-1", 1, PersonId, SharingCategory.EncountersAndAppointments, "synthetic-lab", deposit),
            (stored.Type, stored.Id, stored.Version, stored.PersonId, stored.Category, stored.SourceId, stored.DepositId));
        Assert.Null(await Store.Record.ReadAsync("Observation", "visit-1", null, Cancel));
    }

    [Fact]
    public async Task The_id_of_a_part_is_not_taken_for_that_of_its_whole()
    {
        string[] ids = [Id(1), Id(1) + "0000000000000000", Id(1) + "00000000000000ff"];
        await Store.DeliverAsync("M1", [.. ids.Select(id => Resource("Observation", id))]);
        foreach (var id in ids) Assert.Equal(id, (await Store.Record.ReadAsync("Observation", id, null, Cancel))?.Id);
        Assert.Null(await Store.Record.ReadAsync("Observation", Id(1) + "0000000000000001", null, Cancel));
    }

    [Fact]
    public async Task Several_current_resources_are_read_at_once()
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1)), Resource("Observation", Id(2)));
        var found = await Store.Record.ReadCurrentAsync([new("Observation", Id(2)), new("Observation", Id(3)), new("Observation", Id(1))], Cancel);
        Assert.Equal([Id(2), Id(1)], found.Select(resource => resource.Id));
    }

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_while_the_record_changes()
    {
        for (var number = 0; number < 7; number++) await Store.DeliverAsync($"M{number}", Resource("Observation", Id(number)));
        var query = Query() with { Count = 3 };
        var first = await Store.Record.SearchAsync(query, Cancel);
        await Store.DeliverAsync("M7", Resource("Observation", Id(7)), Resource("Observation", Id(2), "\"status\":\"final\""));
        var second = await Store.Record.SearchAsync(query with { After = first.Next }, Cancel);
        var third = await Store.Record.SearchAsync(query with { After = second.Next }, Cancel);
        Assert.Equal(
            Enumerable.Range(0, 7).Reverse().Select(Id),
            first.Resources.Concat(second.Resources).Concat(third.Resources).Select(resource => resource.Id));
        Assert.Equal((7, 8, 8), (first.Total, second.Total, third.Total));
        Assert.Null(third.Next);
        Assert.Equal(3, second.Resources.Count);
    }

    [Fact]
    public async Task Everything_of_a_person_comes_oldest_first_and_only_what_is_permitted()
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1)), Resource("Practitioner", Id(9), aboutPatient: false));
        await Store.DeliverAsync("M2", Resource("Encounter", Id(2), category: SharingCategory.EncountersAndAppointments), Resource("Observation", Id(3)));
        var receipt = (await Store.Journal.AppendAsync(Entry("M3"), Cancel)).Value;
        await Store.Deposits.CommitAsync(Commit(receipt.DepositId, resources: [Resource("Observation", Id(4))], personId: Other), Cancel);

        var all = await Store.Record.EverythingAsync(PersonId, null, 2, null, Cancel);
        var rest = await Store.Record.EverythingAsync(PersonId, null, 2, all.Next, Cancel);
        Assert.Equal([Id(1), Id(2), Id(3)], all.Resources.Concat(rest.Resources).Select(resource => resource.Id));
        Assert.Equal((3, null), (rest.Total, rest.Next));
        var permitted = await Store.Record.EverythingAsync(PersonId, new HashSet<SharingCategory> { SharingCategory.EncountersAndAppointments }, 10, null, Cancel);
        Assert.Equal([Id(2)], permitted.Resources.Select(resource => resource.Id));
        Assert.Empty((await Store.Record.EverythingAsync(PersonId, new HashSet<SharingCategory>(), 10, null, Cancel)).Resources);
    }

    [Fact]
    public async Task A_search_joins_its_conditions()
    {
        const string Loinc = "http://loinc.org";
        await Store.DeliverAsync(
            "M1",
            Resource("Observation", Id(1), index: new("final", null, [$"{Loinc}|718-7", "|HB"], ["http://example.test/c|laboratory"])),
            Resource("Observation", Id(2), index: new("preliminary", null, ["http://example.test/other|718-7"], [])),
            Resource("Observation", Id(3), index: new("final", null, ["|HB"], ["http://example.test/c|laboratory"]), category: SharingCategory.ObservationsAndLifestyle));

        async Task Finds(RecordQuery query, params int[] ids)
        {
            var page = await Store.Record.SearchAsync(query, Cancel);
            Assert.Equal(ids.Select(Id), page.Resources.Select(resource => resource.Id));
            Assert.Equal(ids.Length, page.Total);
        }

        await Finds(Query(), 3, 2, 1);
        await Finds(Query() with { Codes = [[$"{Loinc}|718-7"]] }, 1);
        await Finds(Query() with { Codes = [["718-7"]] }, 2, 1);
        await Finds(Query() with { Codes = [["|HB"]] }, 3, 1);
        await Finds(Query() with { Codes = [["|718-7"]] });
        await Finds(Query() with { Codes = [["unknown"]] });
        await Finds(Query() with { Codes = [["unknown", "HB"]] }, 3, 1);
        await Finds(Query() with { Categories = [["laboratory"]], Codes = [["718-7"]] }, 1);
        await Finds(Query() with { Codes = [["718-7"], ["|HB"]] }, 1);
        await Finds(Query() with { Codes = [["718-7"], ["unknown"]] });
        await Finds(Query() with { Statuses = ["preliminary", "amended"] }, 2);
        await Finds(Query() with { Ids = [Id(1), Id(3), Id(77)] }, 3, 1);
        await Finds(Query() with { PermittedCategories = new HashSet<SharingCategory> { SharingCategory.ObservationsAndLifestyle } }, 3);
        await Finds(Query() with { PersonId = Other });
        await Finds(Query() with { PersonId = null });
        await Finds(Query() with { Type = "DiagnosticReport" });
    }

    [Fact]
    public async Task Changes_are_found_by_their_time()
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1)));
        var at = (await Store.Record.ReadAsync("Observation", Id(1), null, Cancel))!.LastUpdated;
        async Task<int> Total(DateComparison comparison, DateTimeOffset time) =>
            (await Store.Record.SearchAsync(Query() with { LastUpdated = [new(comparison, time, time.AddMilliseconds(1))] }, Cancel)).Total;
        Assert.Equal(1, await Total(DateComparison.GreaterOrEqual, at));
        Assert.Equal(0, await Total(DateComparison.GreaterThan, at));
        Assert.Equal(1, await Total(DateComparison.GreaterThan, at.AddMilliseconds(-1)));
        Assert.Equal(0, await Total(DateComparison.LessThan, at));
    }

    [Theory]
    [InlineData(RecordOrder.OldestDate, new[] { 4, 2, 3, 1 })]
    [InlineData(RecordOrder.NewestDate, new[] { 1, 3, 2, 4 })]
    [InlineData(RecordOrder.OldestChange, new[] { 1, 2, 3, 4 })]
    [InlineData(RecordOrder.NewestChange, new[] { 4, 3, 2, 1 })]
    [InlineData(RecordOrder.NewestEntry, new[] { 4, 3, 2, 1 })]
    public async Task A_search_answers_in_the_order_asked_for_page_by_page(RecordOrder order, int[] expected)
    {
        var dates = new[] { "2026-11-03", "2026-11-01", "2026-11-01T10:00:00+08:00", null };
        for (var number = 1; number <= 4; number++) await Store.DeliverAsync($"M{number}", Resource("Observation", Id(number), index: new("final", dates[number - 1], [], [])));
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = await Store.Record.SearchAsync(Query() with { Order = order, Count = 1, After = after }, Cancel);
            found.AddRange(page.Resources.Select(resource => resource.Id));
            Assert.Equal(4, page.Total);
            after = page.Next;
        }
        while (after is not null && found.Count < 10);

        Assert.Equal(expected.Select(Id), found);
    }

    private static RecordQuery Query() => new("Observation", PersonId, [], [], [], [], [], [], null, 50, null);
}
