using System.Globalization;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Documents;

namespace EHealthPlus.Tests.Population;

/// <summary>
/// Made-up people with names as Hong Kong has them: surnames by their rough frequency, given names of one or two characters, spelled as
/// families spell them (names.txt, by hand), and not by the rules of the product. The same seed gives the same people.
/// </summary>
public sealed class SyntheticPopulation(int seed)
{
    private const int Numbers = 1_000_000;
    private const string Letters = "ABCDEFGHJKLMNPRSTVWYZ";

    private static readonly DateOnly FirstBirth = new(1932, 1, 1);
    private static readonly DateOnly LastBirth = new(2025, 12, 31);
    private static readonly DateTimeOffset Enrolled = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="index">From 0; ids and numbers of documents rise with it.</param>
    public SyntheticCitizen Citizen(int index)
    {
        var draw = new Draw(((ulong)(uint)seed << 32) | (uint)index);
        var names = NameFile.Current;
        NameCharacter[] characters = draw.Below(8) == 0 ? [names.Surname(ref draw), names.Given(ref draw)] : [names.Surname(ref draw), names.Given(ref draw), names.Given(ref draw)];
        var spellings = Array.ConvertAll(characters, character => character.Spellings[0]);
        var sex = draw.Below(2) == 0 ? AdministrativeSex.Female : AdministrativeSex.Male;
        var birth = FirstBirth.AddDays(draw.Below(LastBirth.DayNumber - FirstBirth.DayNumber));
        var person = new Person(
            string.Create(CultureInfo.InvariantCulture, $"{index:x8}{draw.Next():x16}{draw.Below(int.MaxValue):x8}"), Number(index), spellings[0], string.Join(' ', spellings.Skip(1)),
            string.Concat(characters.Select(character => character.Traditional)), sex, birth, Enrolled);
        return new(person, characters);
    }

    /// <summary>The number of that index, with its check character.</summary>
    public static string Number(int index)
    {
        var letter = index / Numbers;
        var prefix = letter < Letters.Length ? Letters[letter].ToString() : $"Z{Letters[letter - Letters.Length]}";
        return WithCheck(string.Create(CultureInfo.InvariantCulture, $"{prefix}{index % Numbers:D6}"));
    }

    public static string WithCheck(string number) => number + Hkid.CheckCharacter(number);
}

/// <param name="Characters">The family name first.</param>
public sealed record SyntheticCitizen(Person Person, IReadOnlyList<NameCharacter> Characters);
