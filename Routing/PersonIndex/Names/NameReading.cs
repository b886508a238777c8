using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex.Names;

/// <summary>
/// A person's names in all the ways that they can be compared: letters, Chinese characters, and the syllables that these stand for in
/// Cantonese and in Mandarin. Each list holds one entry for each way to read the name.
/// </summary>
/// <param name="Letters">Latin names without spaces and marks, as stated and with family and given name exchanged.</param>
/// <param name="Characters">Chinese names, Traditional and Simplified made one; those of Chinese Commercial Codes too.</param>
/// <param name="Cantonese">Sounds in the order of the name: see <see cref="CantoneseSound"/>.</param>
/// <param name="Mandarin">Pinyin without tones.</param>
/// <param name="Toned">Jyutping or Pinyin with tones, where these are known.</param>
internal sealed record NameReading(
    IReadOnlyList<string> Letters, IReadOnlyList<string> Characters, IReadOnlyList<int[]> Cantonese, IReadOnlyList<string[]> Mandarin, IReadOnlyList<string> Toned)
{
    private const int MostReadings = 6;
    private const int MostSyllables = 6;

    // What is written where a newborn has no given name yet: B/O CHAN TAI MAN, CHAN BABY BOY.
    private static readonly HashSet<string> NoNames =
        new(StringComparer.Ordinal) { "BABY", "BB", "B", "O", "BO", "OF", "BOY", "GIRL", "SON", "DAUGHTER", "NEWBORN", "INFANT", "TWIN", "MR", "MRS", "MS", "MISS", "DR" };

    public bool IsEmpty => Letters.Count + Characters.Count == 0;

    public static NameReading Of(Person person) => Of([new(person.FamilyName, person.GivenName, ""), new(person.ChineseName, "", "I")]);

    public static NameReading Of(IReadOnlyList<StatedName> names)
    {
        var reading = new Collecting();
        foreach (var name in names)
        {
            if (NameAgreement.IsChinese(name.Family) || NameAgreement.IsChinese(name.Given)) AddChinese(reading, Runes(name.Family + name.Given));
            else if (Coded(name) is { } coded) AddChinese(reading, coded);
            else AddLatin(reading, name);
        }

        return new([.. reading.Letters], [.. reading.Characters], reading.Cantonese, reading.Mandarin, [.. reading.Toned]);
    }

    private static List<Rune> Runes(string text) => [.. text.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(Rune.IsLetter)];

    /// <summary>A name in Chinese Commercial Code: groups of four digits, one for each character.</summary>
    private static List<Rune>? Coded(StatedName name)
    {
        var groups = $"{name.Family} {name.Given}".Split([' ', ',', '-', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (groups.Length is 0 or > MostSyllables) return null;
        var characters = new List<Rune>(groups.Length);
        foreach (var group in groups)
        {
            if (group.Length != 4 || !int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || CharacterTable.Current.OfCode(code) is not { } character) return null;
            characters.Add(character);
        }

        return characters;
    }

    private static void AddChinese(Collecting reading, List<Rune> characters)
    {
        if (characters.Count is 0 or > MostSyllables) return;
        var table = CharacterTable.Current;
        reading.Characters.Add(string.Concat(characters.Select(table.Representative)));
        foreach (var syllables in Ways(characters.Select(table.JyutpingOf).ToList()))
        {
            var sounds = Array.ConvertAll(syllables, CantoneseSound.OfJyutping);
            if (!sounds.Contains(-1)) reading.AddCantonese(sounds);
            reading.Toned.Add(string.Concat(syllables));
        }

        foreach (var syllables in Ways(characters.Select(table.PinyinOf).ToList()))
        {
            reading.AddMandarin(Array.ConvertAll(syllables, CharacterTable.Toneless));
            reading.Toned.Add(string.Concat(syllables));
        }
    }

    private static void AddLatin(Collecting reading, StatedName name)
    {
        var (family, given) = (NameAgreement.Letters(name.Family), NameAgreement.Letters(name.Given));
        if (family.Length + given.Length == 0) return;
        reading.Letters.Add(Without(family + given));
        reading.Letters.Add(Without(given + family));
        var words = Words($"{name.Family} {name.Given}");
        if (words.Count == 0) return;
        var plain = words.ConvertAll(Without);
        plain.RemoveAll(word => word.Length == 0);
        if (plain.Exists(NoNames.Contains) && plain.Exists(word => word.Length > 2 && !NoNames.Contains(word))) plain.RemoveAll(NoNames.Contains);
        if (words.TrueForAll(word => char.IsAsciiDigit(word[^1])))
        {
            // CAN4 DAAI6 MAN4
            reading.Toned.Add(string.Concat(words).ToLowerInvariant());
        }

        Collect(plain, Syllables.Cantonese, cut =>
        {
            foreach (var sounds in Ways(cut.Select(syllable => (IReadOnlyList<int>)CantoneseSound.Of(syllable).ToArray()).ToList())) reading.AddCantonese(sounds);
        });
        Collect(plain, Syllables.Mandarin, cut => reading.AddMandarin(Array.ConvertAll(cut, Syllables.Pinyin)));
    }

    /// <summary>Gives each way to cut the words. An English given name, beside or in place of a syllable, is left out: PETER CHAN TAI MAN.</summary>
    private static void Collect(List<string> words, Func<string, bool> known, Action<string[]> add)
    {
        var cuts = words.ConvertAll(word => Syllables.Cut(word, known));
        cuts.RemoveAll(ways => ways.Count == 0);
        if (cuts.Count == 0) return;
        foreach (var way in Ways(cuts.ConvertAll(ways => (IReadOnlyList<string[]>)ways))) Add(way);
        for (var left = 0; cuts.Count > 3 && left < cuts.Count; left++)
        {
            Add([.. cuts.Where((_, at) => at != left).Select(ways => ways[0])]);
        }

        void Add(string[][] way)
        {
            var syllables = way.SelectMany(word => word).ToArray();
            if (syllables.Length <= MostSyllables) add(syllables);
        }
    }

    /// <summary>Every choice of one alternative at each place, a few at most.</summary>
    private static List<T[]> Ways<T>(List<IReadOnlyList<T>> places)
    {
        var ways = new List<T[]>(1);
        if (places.Exists(place => place.Count == 0)) return ways;
        ways.Add([]);
        foreach (var place in places)
        {
            var longer = new List<T[]>(ways.Count);
            foreach (var way in ways)
            {
                foreach (var alternative in place.Take(MostReadings))
                {
                    if (longer.Count < MostReadings) longer.Add([.. way, alternative]);
                }
            }

            ways = longer;
        }

        return ways;
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in (name.Normalize(NormalizationForm.FormKD) + " ").EnumerateRunes())
        {
            if (rune.IsAscii && Rune.IsLetterOrDigit(rune))
            {
                word.Append(char.ToUpperInvariant((char)rune.Value));
            }
            else if (rune.Value == 0x308)
            {
                // LÜ: Pinyin writes V where there is no key for it.
                if (word.Length > 0 && word[^1] == 'U') word[^1] = 'V';
            }
            else if (word.Length > 0 && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark && rune.Value is not ('\'' or 0x2019))
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }

    private static string Without(string word) => word.AsSpan().IndexOfAnyInRange('0', '9') < 0 ? word : string.Concat(word.Where(letter => !char.IsAsciiDigit(letter)));

    private sealed class Collecting
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public HashSet<string> Letters { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Characters { get; } = new(StringComparer.Ordinal);

        public List<int[]> Cantonese { get; } = [];

        public List<string[]> Mandarin { get; } = [];

        public HashSet<string> Toned { get; } = new(StringComparer.Ordinal);

        public void AddCantonese(int[] sounds)
        {
            if (seen.Add("c" + string.Join(' ', sounds))) Cantonese.Add(sounds);
        }

        public void AddMandarin(string[] syllables)
        {
            if (seen.Add("m" + string.Join(' ', syllables))) Mandarin.Add(syllables);
        }
    }
}
