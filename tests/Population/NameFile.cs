using System.Globalization;

namespace EHealthPlus.Tests.Population;

/// <param name="Jyutping">With tone.</param>
/// <param name="Pinyin">With tone, v for ü.</param>
/// <param name="Code">Chinese Commercial Code, or - where there is none.</param>
/// <param name="Spellings">As families in Hong Kong spell it, the commonest first.</param>
public sealed record NameCharacter(string Traditional, string Simplified, string Jyutping, string Pinyin, string Code, int Weight, IReadOnlyList<string> Spellings);

/// <summary>
/// The characters of names.txt: F for a surname, G for a given name; the character, its Simplified form, Jyutping, Pinyin and code
/// (Unihan 15.0.0), a rough weight, and the spellings, which were written by hand.
/// </summary>
internal sealed class NameFile
{
    private readonly NameCharacter[] surnames;
    private readonly NameCharacter[] given;
    private readonly int[] reached;

    private NameFile()
    {
        using var reader = new StreamReader(typeof(NameFile).Assembly.GetManifestResourceStream("population-names.txt")!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        surnames = Of(rows, "F");
        given = Of(rows, "G");
        var sum = 0;
        reached = Array.ConvertAll(surnames, surname => sum += surname.Weight);
    }

    public static NameFile Current { get; } = new();

    public NameCharacter Surname(ref Draw draw)
    {
        var place = Array.BinarySearch(reached, draw.Below(reached[^1]) + 1);
        return surnames[place < 0 ? ~place : place];
    }

    public NameCharacter Given(ref Draw draw) => given[draw.Below(given.Length)];

    private static NameCharacter[] Of(List<string[]> rows, string kind) =>
        [.. rows.Where(row => row[0] == kind).Select(row => new NameCharacter(row[1], row[2], row[3], row[4], row[5], int.Parse(row[6], CultureInfo.InvariantCulture), row[7].Split(',')))];
}
