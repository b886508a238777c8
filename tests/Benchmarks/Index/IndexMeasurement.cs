using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex;
using EHealthPlus.Tests.Population;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Benchmarks.Index;

/// <summary>
/// The table of docs/benchmarks.md on the Person Master Index: a synthetic population in a store file of its own, asked through the index.
/// dotnet run -c Release --project tests/Benchmarks -- index FOLDER [persons] [pairs].
/// </summary>
internal static class IndexMeasurement
{
    private const int Seed = 20261121;
    private static readonly TimeSpan FillLimit = TimeSpan.FromSeconds(80);

    private const int LookupSeconds = 5;
    private const int Searches = 1_000;
    private const int NamesOfEachKind = 10_000;

    /// <param name="folder">Where the store file is, or goes. A run fills it for some time only: run it again until it is full, and it measures.</param>
    public static async Task RunAsync(string folder, int persons, int pairs)
    {
        var population = new SyntheticPopulation(Seed);
        using var store = new SqliteStore(folder, null, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        var filled = await PopulationLoad.FillAsync(store, population, persons, FillLimit);
        if (filled < persons)
        {
            Console.WriteLine($"{filled:N0} persons so far: run it again");
            return;
        }

        Line("persons in the store file", Number(persons), "each with a local number, its history and blocking keys");
        Line("room on disk", $"{new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) / 1e9:0.00} GB", "all files of the store");
        Names(population);
        await LookupsAsync(store, persons);
        await PairsAsync(store, population, persons, pairs);
        await SearchesAsync(store, population, persons);
    }

    /// <summary>How often a name in another form shares a key with the name in the index: the date of birth does not help.</summary>
    private static void Names(SyntheticPopulation population)
    {
        var (all, allAsked) = (0, 0);
        foreach (var variant in Enum.GetValues<NameVariant>())
        {
            var draw = new Draw((ulong)variant + 1);
            var (found, asked) = NameRecall.Of(population, variant, NamesOfEachKind, ref draw);
            (all, allAsked) = (all + found, allAsked + asked);
            Line($"names found, {variant}", Share(found, asked), $"{found:N0} of {asked:N0}");
        }

        Line("names found, all forms", Share(all, allAsked), "");
        var (strangers, pairs) = NameRecall.Strangers(population, NamesOfEachKind * 100);
        Line("strangers who share a name key", Share(strangers, pairs), $"of {pairs:N0} pairs");
    }

    private static async Task LookupsAsync(SqliteStore store, int persons)
    {
        var draw = new Draw(3);
        for (var warming = 0; warming < 20_000; warming++) await store.Persons.FindByDocumentAsync(SyntheticPopulation.Number(draw.Below(persons)), CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < LookupSeconds)
        {
            for (var each = 0; each < 256; each++, count++) await store.Persons.FindByDocumentAsync(SyntheticPopulation.Number(draw.Below(persons)), CancellationToken.None);
        }

        Line("lookups by card number, one thread", $"{count / Stopwatch.GetElapsedTime(began).TotalSeconds:N0}/s", "random persons");
    }

    private static async Task PairsAsync(SqliteStore store, SyntheticPopulation population, int persons, int pairs)
    {
        var index = IndexOn(store);
        var draw = new Draw(5);
        var kinds = Enum.GetValues<Resemblance>();
        var began = Stopwatch.GetTimestamp();
        var linked = new int[kinds.Length];
        for (var pair = 0; pair < pairs; pair++)
        {
            var kind = pair % kinds.Length;
            var (citizen, stranger) = (population.Citizen(draw.Below(persons)), population.Citizen(persons + draw.Below(persons)));
            var matched = await index.MatchAsync("bench", OtherPerson.Of(citizen, stranger, kinds[kind]), null, CancellationToken.None);
            if (matched.Accepted) linked[kind]++;
        }

        Line("false links", Number(linked.Sum()), $"of {pairs:N0} pairs of different persons, {kinds.Length} kinds of likeness; {pairs / Stopwatch.GetElapsedTime(began).TotalSeconds:N0} pairs/s");
        began = Stopwatch.GetTimestamp();
        var missed = 0;
        var trues = Math.Min(pairs, 100_000);
        for (var pair = 0; pair < trues; pair++)
        {
            var person = population.Citizen(draw.Below(persons)).Person;
            if (await index.MatchAsync("bench", OtherPerson.Stated(person), null, CancellationToken.None) is not { Accepted: true, Value: { } found } || found.Id != person.Id) missed++;
        }

        Line("missed links, all fields alike", Number(missed), $"of {trues:N0}; {trues / Stopwatch.GetElapsedTime(began).TotalSeconds:N0} matches/s, one thread");
    }

    /// <summary>Without a number, with the name in another form: is the person among the candidates that a registrar sees?</summary>
    private static async Task SearchesAsync(SqliteStore store, SyntheticPopulation population, int persons)
    {
        var index = IndexOn(store);
        var draw = new Draw(7);
        var variants = Enum.GetValues<NameVariant>();
        var (found, first, asked, shown) = (0, 0, 0, 0);
        var began = Stopwatch.GetTimestamp();
        while (asked < Searches)
        {
            var citizen = population.Citizen(draw.Below(persons));
            if (NameVariants.Of(citizen, variants[asked % variants.Length], ref draw) is not { } name) continue;
            asked++;
            var candidates = await index.FindCandidatesAsync(OtherPerson.Stated(citizen.Person, "", [name]), 10, CancellationToken.None);
            shown += candidates.Count;
            if (candidates.Any(candidate => candidate.Person.Id == citizen.Person.Id)) found++;
            if (candidates is [var best, ..] && best.Person.Id == citizen.Person.Id) first++;
        }

        Line("candidates: the person is shown", Share(found, asked), $"first in {Share(first, asked)}, {(double)shown / asked:0.0} shown on average; {asked / Stopwatch.GetElapsedTime(began).TotalSeconds:N0} searches/s, one thread");
    }

    private static IPersonIndex IndexOn(SqliteStore store) => new ServiceCollection()
        .AddLogging().AddSingleton(TimeProvider.System)
        .AddSingleton(store.Persons).AddSingleton<IConsentStore>(store.Consents).AddSingleton(store.PersonLinks).AddSingleton(store.IdentityReviews)
        .AddPersonIndex().BuildServiceProvider().GetRequiredService<IPersonIndex>();

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) => ((double)part / whole).ToString("P2", CultureInfo.InvariantCulture);

    private static void Line(string what, string measured, string note) => Console.WriteLine($"| {what} | {measured} | {note} |");
}
