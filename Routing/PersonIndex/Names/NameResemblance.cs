using System.Collections.Frozen;

namespace EHealthPlus.Routing.PersonIndex.Names;

/// <summary>Weaker kinds of likeness between two names than the same letters or sounds.</summary>
internal static class NameResemblance
{
    private const int ShortestWithSlips = 6;
    private const int MostSlips = 2;
    private const int ShortestBeginning = 2;

    private static readonly Lazy<FrozenDictionary<string, FrozenSet<int>>> CantoneseOfPinyin = new(BuildCantoneseOfPinyin);

    /// <summary>One or two letters differ: a name in Latin letters as it is heard or typed.</summary>
    public static bool IsSlip(NameReading one, NameReading other) => one.Letters.Any(letters =>
        letters.Length >= ShortestWithSlips && other.Letters.Any(known => Math.Abs(known.Length - letters.Length) <= MostSlips && Distance(letters, known) <= MostSlips));

    /// <summary>One is spelled in Pinyin, the other as in Hong Kong, and there are characters that are read both ways: CHEN DAWEN, CHAN TAI MAN.</summary>
    public static bool AcrossLanguages(NameReading one, NameReading other) => Across(one, other) || Across(other, one);

    /// <summary>
    /// The family name and half of the rest, or the only syllable that is known: a newborn's. In letters that are no syllables, the beginning of the other
    /// name: SMITH, or SMITH JOHN, of SMITH JOHN PAUL.
    /// </summary>
    public static bool Partly(NameReading one, NameReading other) =>
        Begins(one, other) || Begins(other, one)
        || one.Cantonese.Any(sounds => other.Cantonese.Any(known => IsPart(Shared(sounds, known), sounds.Length, known.Length)))
        || one.Mandarin.Any(syllables => other.Mandarin.Any(known => IsPart(Shared(syllables, known), syllables.Length, known.Length)));

    private static bool Begins(NameReading one, NameReading other) =>
        one.Letters.Any(letters => letters.Length >= ShortestBeginning && other.Letters.Any(known => known.StartsWith(letters, StringComparison.Ordinal)));

    private static bool IsPart(int shared, int one, int other) => shared >= Math.Max(1, Math.Min(one, other) - 1);

    private static int Shared<T>(T[] one, T[] other)
        where T : notnull
    {
        var left = new List<T>(other);
        return one.Count(left.Remove);
    }

    private static bool Across(NameReading mandarin, NameReading cantonese) => mandarin.Mandarin.Any(syllables =>
        cantonese.Cantonese.Any(sounds => sounds.Length == syllables.Length && (Fits(syllables, sounds, 0) || Fits(syllables, sounds, 1) || Fits(syllables, sounds, syllables.Length - 1))));

    /// <param name="turn">How many places the family name stands further on.</param>
    private static bool Fits(string[] syllables, int[] sounds, int turn)
    {
        for (var at = 0; at < syllables.Length; at++)
        {
            if (!CantoneseOfPinyin.Value.TryGetValue(syllables[at], out var fitting) || !fitting.Contains(sounds[(at + turn) % sounds.Length])) return false;
        }

        return true;
    }

    private static FrozenDictionary<string, FrozenSet<int>> BuildCantoneseOfPinyin()
    {
        var sounds = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var (jyutping, pinyin) in CharacterTable.Current.Readings)
        {
            foreach (var syllable in pinyin.Select(CharacterTable.Toneless))
            {
                if (!sounds.TryGetValue(syllable, out var known)) sounds.Add(syllable, known = []);
                known.UnionWith(jyutping.Select(CantoneseSound.OfJyutping));
            }
        }

        return sounds.ToFrozenDictionary(each => each.Key, each => each.Value.ToFrozenSet(), StringComparer.Ordinal);
    }

    /// <summary>Letters to put in, take out, change or exchange with the next.</summary>
    private static int Distance(string one, string other)
    {
        // Lines of the table: the one before the last, the last, the one being filled.
        var (before, above, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var column = 0; column <= other.Length; column++) above[column] = column;
        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var changed = above[column - 1] + (one[line - 1] == other[column - 1] ? 0 : 1);
                row[column] = Math.Min(Math.Min(row[column - 1], above[column]) + 1, changed);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1]) row[column] = Math.Min(row[column], before[column - 2] + 1);
            }

            (before, above, row) = (above, row, before);
        }

        return above[other.Length];
    }
}
