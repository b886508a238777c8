namespace EHealthPlus.Routing.PersonIndex.Names;

/// <summary>Cuts joined Latin letters into syllables: TAIMAN is TAI MAN. Only the cuts with the fewest syllables count.</summary>
internal static class Syllables
{
    /// <summary>Four characters are the longest given name; a whole name in one word has some more.</summary>
    private const int MostSyllables = 5;
    private const int MostCuts = 4;

    public static readonly Func<string, bool> Cantonese = static syllable => !CantoneseSound.Of(syllable).IsEmpty;

    public static readonly Func<string, bool> Mandarin = static syllable => CharacterTable.Current.PinyinSyllables.Contains(Pinyin(syllable));

    /// <summary>As the table spells it: lower case, v for ü (which passports write YU).</summary>
    public static string Pinyin(string syllable)
    {
        var lower = syllable.ToLowerInvariant();
        return lower is "lyu" or "nyu" ? $"{lower[0]}v" : lower;
    }

    /// <param name="word">Capital letters only.</param>
    /// <returns>Empty where the word is no such syllables.</returns>
    public static IReadOnlyList<string[]> Cut(string word, Func<string, bool> known)
    {
        if (word.Length is 0 or > MostSyllables * CantoneseSound.LongestSpelling) return [];
        for (var count = 1; count <= MostSyllables; count++)
        {
            var cuts = new List<string[]>();
            Cut(word, 0, new string[count], 0, known, cuts);
            if (cuts.Count > 0) return cuts;
        }

        return [];
    }

    private static void Cut(string word, int at, string[] taken, int count, Func<string, bool> known, List<string[]> cuts)
    {
        if (cuts.Count == MostCuts) return;
        var last = count == taken.Length - 1;
        var longest = Math.Min(CantoneseSound.LongestSpelling, word.Length - at);
        for (var length = longest; length > 0; length--)
        {
            if (last && length < word.Length - at) return;
            var syllable = word.Substring(at, length);
            if (!known(syllable)) continue;
            taken[count] = syllable;
            if (last) cuts.Add([.. taken]);
            else Cut(word, at + length, taken, count + 1, known, cuts);
        }
    }
}
