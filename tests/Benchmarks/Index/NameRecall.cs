using EHealthPlus.Routing.PersonIndex.Names;
using EHealthPlus.Tests.Population;

namespace EHealthPlus.Tests.Benchmarks.Index;

/// <summary>How often two names share a blocking key.</summary>
internal static class NameRecall
{
    /// <returns>How many names in that form meet the name in the index, of how many that have the form.</returns>
    public static (int Found, int Asked) Of(SyntheticPopulation population, NameVariant variant, int names, ref Draw draw)
    {
        var (found, asked) = (0, 0);
        for (var index = 0; index < names; index++)
        {
            var citizen = population.Citizen(index);
            if (NameVariants.Of(citizen, variant, ref draw) is not { } name) continue;
            asked++;
            if (Meet(NameReading.Of([name]), NameReading.Of(citizen.Person))) found++;
        }

        return (found, asked);
    }

    /// <returns>How many pairs of different persons meet, most of them because they have the same name.</returns>
    public static (int Met, int Pairs) Strangers(SyntheticPopulation population, int pairs)
    {
        var keys = Enumerable.Range(0, 2_000).Select(index => KeysOf(population, index)).ToList();
        var (met, count) = (0, 0);
        for (var one = 0; one < keys.Count && count < pairs; one++)
        {
            for (var other = one + 1; other < keys.Count && count < pairs; other++, count++)
            {
                if (keys[one].Overlaps(keys[other])) met++;
            }
        }

        return (met, count);
    }

    private static HashSet<ulong> KeysOf(SyntheticPopulation population, int index)
    {
        var reading = NameReading.Of(population.Citizen(index).Person);
        return [.. NameKeys.Cantonese(reading), .. NameKeys.Mandarin(reading)];
    }

    private static bool Meet(NameReading one, NameReading other) =>
        NameKeys.Cantonese(one).Intersect(NameKeys.Cantonese(other)).Any() || NameKeys.Mandarin(one).Intersect(NameKeys.Mandarin(other)).Any();
}
