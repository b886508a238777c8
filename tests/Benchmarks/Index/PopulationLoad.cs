using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Tests.Population;

namespace EHealthPlus.Tests.Benchmarks.Index;

/// <summary>Fills a store with a population, each with one local number, in the order of the tables' keys: minutes become seconds so.</summary>
internal static class PopulationLoad
{
    private const int Page = 20_000;

    public static async Task FillAsync(SqliteStore store, SyntheticPopulation population, int persons)
    {
        var keys = new List<long>[Environment.ProcessorCount];
        var owners = new List<int>[keys.Length];
        for (var at = 0; at < keys.Length; at++) (keys[at], owners[at]) = ([], []);
        var act = new IndexAct("source:bench", TimeProvider.System.GetUtcNow(), "Synthetic");

        var next = Make(population, 0, Math.Min(Page, persons), keys, owners);
        for (var from = 0; from < persons; from += Page)
        {
            var page = next;
            var after = from + Page;
            var making = after < persons ? Task.Run(() => Make(population, after, Math.Min(Page, persons - after), keys, owners)) : Task.FromResult(page);
            await store.LoadPersonsAsync(page, act);
            next = await making;
        }

        var allKeys = keys.SelectMany(each => each).ToArray();
        var allOwners = owners.SelectMany(each => each).ToArray();
        Array.Sort(allKeys, allOwners);
        await store.LoadBlocksAsync(allKeys, allOwners);
    }

    private static (Person Person, PatientAlias Number)[] Make(SyntheticPopulation population, int from, int count, List<long>[] keys, List<int>[] owners)
    {
        var page = new (Person, PatientAlias)[count];
        Parallel.For(0, keys.Length, part =>
        {
            for (var at = part; at < count; at += keys.Length)
            {
                var person = population.Citizen(from + at).Person;
                page[at] = (person, new("bench", "HOSP", $"MR{from + at:D8}"));
                foreach (var block in Blocks.Of(person))
                {
                    keys[part].Add(block);
                    owners[part].Add(from + at);
                }
            }
        });
        return page;
    }
}
