using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EHealthPlus.Routing.PersonIndex.Names;

/// <summary>
/// How the Chinese characters of names are read, coded and written otherwise: characters.txt, made from the Unihan database 15.0.0.
/// Read when it is first asked for: about 20,000 characters, 6 MB in memory.
/// </summary>
internal sealed class CharacterTable
{
    private static readonly Lazy<CharacterTable> Loaded = new(() => new CharacterTable());

    private readonly Dictionary<int, List<string>> jyutping = [];
    private readonly Dictionary<int, List<string>> pinyin = [];
    private readonly Dictionary<int, int> codes = [];
    private readonly Dictionary<int, int> representatives = [];

    private CharacterTable()
    {
        using var stream = typeof(CharacterTable).Assembly.GetManifestResourceStream("names-characters.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            var space = line.LastIndexOf(' ');
            var head = line[1..space].Trim();
            var characters = line.AsSpan(space + 1);
            switch (line[0])
            {
                case 'J': AddReadings(jyutping, head, characters); break;
                case 'M': AddReadings(pinyin, head, characters); break;
                case 'V': AddVariants(characters); break;
                default: AddCodes(int.Parse(head, CultureInfo.InvariantCulture) * 100, characters); break;
            }
        }

        PinyinSyllables = pinyin.Values.SelectMany(readings => readings).Select(Toneless).ToFrozenSet(StringComparer.Ordinal);
        JyutpingSyllables = jyutping.Values.SelectMany(readings => readings).Select(Toneless).ToFrozenSet(StringComparer.Ordinal);
    }

    public static CharacterTable Current => Loaded.Value;

    /// <summary>Without tones; v stands for ü.</summary>
    public FrozenSet<string> PinyinSyllables { get; }

    /// <summary>Without tones.</summary>
    public FrozenSet<string> JyutpingSyllables { get; }

    /// <summary>Every character with its readings in Jyutping and in Pinyin.</summary>
    public IEnumerable<(IReadOnlyList<string> Jyutping, IReadOnlyList<string> Pinyin)> Readings =>
        jyutping.Select(each => ((IReadOnlyList<string>)each.Value, (IReadOnlyList<string>)pinyin.GetValueOrDefault(each.Key, [])));

    /// <summary>Such as can4; several where the character is read in several ways, empty where no reading is known.</summary>
    public IReadOnlyList<string> JyutpingOf(Rune character) => jyutping.GetValueOrDefault(character.Value, []);

    /// <summary>Such as chen2.</summary>
    public IReadOnlyList<string> PinyinOf(Rune character) => pinyin.GetValueOrDefault(character.Value, []);

    /// <summary>The character of a Chinese Commercial Code (0000 to 9999), or null.</summary>
    public Rune? OfCode(int code) => codes.TryGetValue(code, out var character) ? new Rune(character) : null;

    /// <summary>One and the same character for all that stand for each other in Traditional and Simplified writing.</summary>
    public Rune Representative(Rune character) => representatives.TryGetValue(character.Value, out var other) ? new Rune(other) : character;

    public static string Toneless(string syllable) => char.IsAsciiDigit(syllable[^1]) ? syllable[..^1] : syllable;

    private static void AddReadings(Dictionary<int, List<string>> readings, string syllable, ReadOnlySpan<char> characters)
    {
        foreach (var character in characters.EnumerateRunes())
        {
            if (!readings.TryGetValue(character.Value, out var known)) readings.Add(character.Value, known = new(1));
            known.Add(syllable);
        }
    }

    private void AddCodes(int code, ReadOnlySpan<char> characters)
    {
        foreach (var character in characters.EnumerateRunes())
        {
            // The Traditional book comes first; the Mainland's adds what it does not have.
            if (character.Value != '.') codes.TryAdd(code, character.Value);
            code++;
        }
    }

    private void AddVariants(ReadOnlySpan<char> characters)
    {
        Rune.DecodeFromUtf16(characters, out var first, out _);
        foreach (var character in characters.EnumerateRunes()) representatives[character.Value] = first.Value;
    }
}
