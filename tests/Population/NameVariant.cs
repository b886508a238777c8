using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex.Names;

namespace EHealthPlus.Tests.Population;

/// <summary>Ways in which another source can write the same name.</summary>
public enum NameVariant
{
    OtherSpelling,
    GivenNameFirst,
    GivenNameJoined,
    GivenNameHyphenated,
    EnglishNameAdded,
    ChineseTraditional,
    ChineseSimplified,
    CommercialCode,
    Jyutping,
    JyutpingWithTones,
    JyutpingJoined,
    Pinyin,
    PinyinJoined,
}

public static class NameVariants
{
    private static readonly string[] EnglishNames = ["PETER", "MARY", "JOHN", "GRACE", "KELVIN", "WINNIE", "RAYMOND", "CARMEN", "ALAN", "VIVIAN", "KENNETH", "TIFFANY"];

    /// <returns>Null where this name has no such form.</returns>
    public static StatedName? Of(SyntheticCitizen citizen, NameVariant variant, ref Draw draw)
    {
        var characters = citizen.Characters;
        var usual = characters.Select(character => character.Spellings[0]).ToList();
        switch (variant)
        {
            case NameVariant.OtherSpelling:
                if (characters.All(character => character.Spellings.Count == 1)) return null;
                return Latin(characters.Select(character => character.Spellings[^1]), " ");
            case NameVariant.GivenNameFirst:
                return new(string.Join(' ', usual.Skip(1)), usual[0], "A");
            case NameVariant.GivenNameJoined:
                return Latin(usual, "");
            case NameVariant.GivenNameHyphenated:
                return Latin(usual, "-");
            case NameVariant.EnglishNameAdded:
                return new(usual[0], $"{string.Join(' ', usual.Skip(1))} {EnglishNames[draw.Below(EnglishNames.Length)]}", "A");
            case NameVariant.ChineseTraditional:
                return new(characters[0].Traditional, string.Concat(characters.Skip(1).Select(character => character.Traditional)), "I");
            case NameVariant.ChineseSimplified:
                return new(characters[0].Simplified, string.Concat(characters.Skip(1).Select(character => character.Simplified)), "I");
            case NameVariant.CommercialCode:
                return characters.Any(character => character.Code == "-") ? null : Latin(characters.Select(character => character.Code), " ");
            case NameVariant.Jyutping:
                return Latin(characters.Select(character => CharacterTable.Toneless(character.Jyutping)), " ");
            case NameVariant.JyutpingWithTones:
                return Latin(characters.Select(character => character.Jyutping), " ");
            case NameVariant.JyutpingJoined:
                return Latin(characters.Select(character => CharacterTable.Toneless(character.Jyutping)), "");
            case NameVariant.Pinyin:
                return Latin(characters.Select(character => CharacterTable.Toneless(character.Pinyin)), " ");
            default:
                return Latin(characters.Select(character => CharacterTable.Toneless(character.Pinyin)), "");
        }
    }

    private static StatedName Latin(IEnumerable<string> syllables, string between)
    {
        var written = syllables.Select(syllable => syllable.ToUpperInvariant()).ToList();
        return new(written[0], string.Join(between, written.Skip(1)), "A");
    }
}
