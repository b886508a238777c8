using System.Globalization;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using Microsoft.Data.Sqlite;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Searches of the trail: what they find, and that a long trail is read in parts.</summary>
public sealed class AuditSearchTests : IAsyncLifetime
{
    /// <summary>Entries that are there besides those of a test; more than are read in one part.</summary>
    private const int Mass = 120_000;

    private readonly SqliteUnderTest store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Who_looked_before_a_merge_is_found_with_the_survivor_and_with_nobody_else()
    {
        var (survivor, merged, other) = (await AddAsync("A1234563"), await AddAsync("G123456A"), await AddAsync("L5555550"));
        foreach (var person in new[] { merged, survivor, other, merged }) await store.Audit.RecordAsync(Audit("read", person), Cancel);
        await store.PersonLinks.MergeAsync(survivor, merged, new("registrar", Noon, "Two cards of one person seen"), Audit("merge", survivor), Cancel);

        var looks = await SearchAsync(new(survivor, Actions: ["read"]));
        Assert.Equal([merged, survivor, merged], looks.Select(look => look.Entry.PersonId));
        Assert.Equal(looks.Select(look => look.Number).OrderDescending(), looks.Select(look => look.Number));
        Assert.Equal(looks.Skip(1), await SearchAsync(new(survivor, Actions: ["read"], Before: looks[0].Number)));
        Assert.Equal([merged, merged], (await SearchAsync(new(merged, Actions: ["read"]))).Select(look => look.Entry.PersonId));
        Assert.Empty(await SearchAsync(new(Id("nobody"))));
    }

    [Fact]
    public async Task An_entry_behind_a_great_many_others_is_found_by_each_condition()
    {
        var sought = Audit("read") with { Actor = "clinician-1", ProviderId = "synthetic-clinic", Permitted = false, At = Noon.AddDays(-1) };
        await store.Audit.RecordAsync(sought, Cancel);
        await store.Audit.RecordAsync(Audit(), Cancel);
        await FillAsync();

        foreach (var search in new AuditSearch[]
        {
            new(Actor: "clinician-1"), new(ProviderId: "synthetic-clinic"), new(Actions: ["read"]), new(Actions: ["read", "never"]), new(Permitted: false), new(Until: Noon), new(PersonId, "clinician-1"),
            new(From: Noon.AddDays(-1), Until: Noon.AddDays(-1).AddSeconds(1)), new(Before: 2),
        })
        {
            Assert.Equal([sought], (await SearchAsync(search)).Select(record => record.Entry));
        }

        foreach (var search in new AuditSearch[] { new(Actor: "nobody"), new(ProviderId: "nobody"), new(Actions: ["never"]), new(Actions: []), new(From: Noon.AddDays(9)), new(Until: Noon.AddDays(-2)), new(Before: 1) })
        {
            Assert.Empty(await SearchAsync(search));
        }

        Assert.Equal(Mass + 2, (await SearchAsync(new(Count: 1)))[0].Number);
        Assert.Equal(Enumerable.Range(1, 70_000).Select(each => (long)Mass + 3 - each), (await SearchAsync(new(Count: 70_000))).Select(record => record.Number));
    }

    [Fact]
    public async Task Entries_of_an_hour_are_found_in_the_middle_of_the_trail()
    {
        await store.Audit.RecordAsync(Audit(), Cancel);
        await FillAsync();

        // One each second.
        var found = await SearchAsync(new(From: Noon.AddHours(10), Until: Noon.AddHours(11), Count: 5_000));
        Assert.Equal((3600, Noon.AddHours(11).AddSeconds(-1), Noon.AddHours(10)), (found.Count, found[0].Entry.At, found[^1].Entry.At));
    }

    [Fact]
    public async Task A_search_ends_when_nobody_waits_for_it_and_leaves_its_readers()
    {
        await store.Audit.RecordAsync(Audit(), Cancel);
        await FillAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        for (var times = 0; times < 10; times++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Store.AuditReader.SearchAsync(new(Permitted: false), gone.Token));
        }

        Assert.Empty(await SearchAsync(new(Permitted: false)));
    }

    private async Task<string> AddAsync(string number)
    {
        var person = Person(number);
        Assert.True(await store.Persons.AddAsync(person, [], Joining(person.Id), Audit("enrol", person.Id), Cancel));
        return person.Id;
    }

    private Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search) => store.Store.AuditReader.SearchAsync(search, Cancel);

    /// <summary>Entries like the newest one, a second apart; not chained.</summary>
    private async Task FillAsync()
    {
        store.Store.Dispose();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "hub.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Mass})
                INSERT INTO audit (num, at, actor, role, action, person, target, permitted, reason, hash, circumstance)
                SELECT a.num + n.i, a.at + n.i * 1000, a.actor, a.role, a.action, NULL, a.target, a.permitted, a.reason, a.hash, a.circumstance
                FROM n, (SELECT * FROM audit ORDER BY num DESC LIMIT 1) a
                """);
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await store.OpenAsync();
    }
}
