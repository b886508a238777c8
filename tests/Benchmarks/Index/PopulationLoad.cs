using System.Diagnostics;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Tests.Population;

namespace EHealthPlus.Tests.Benchmarks.Index;

/// <summary>Fills a store with a population, each with one local number; goes on where an earlier run stopped.</summary>
internal static class PopulationLoad
{
    /// <summary>Their blocking keys are written in order.</summary>
    private const int Chunk = 500_000;

    /// <returns>How many persons the store has now: fewer than asked for where the time was over.</returns>
    public static async Task<int> FillAsync(SqliteStore store, SyntheticPopulation population, int persons, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        var act = new IndexAct("source:bench", TimeProvider.System.GetUtcNow(), "Synthetic");
        var filled = (int)await store.Persons.CountAsync(CancellationToken.None);
        while (filled < persons && Stopwatch.GetElapsedTime(began) < limit)
        {
            var page = new (Person Person, PatientAlias Number)[Math.Min(Chunk, persons - filled)];
            var blocks = new IReadOnlyList<long>[page.Length];
            var first = filled;
            Parallel.For(0, page.Length, at =>
            {
                var person = population.Citizen(first + at).Person;
                page[at] = (person, new("bench", "HOSP", $"MR{first + at:D8}"));
                blocks[at] = Blocks.Of(person);
            });
            var numbers = await store.LoadPersonsAsync(page, act);
            var keys = blocks.SelectMany(each => each).ToArray();
            var owners = blocks.SelectMany((each, at) => Enumerable.Repeat(numbers[at], each.Count)).ToArray();
            Array.Sort(keys, owners);
            await store.LoadBlocksAsync(keys, owners);
            filled += page.Length;
        }

        return filled;
    }
}
