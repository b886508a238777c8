using System.Globalization;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Population;

/// <summary>Ways in which a statement about somebody else can look like one about a citizen.</summary>
public enum Resemblance
{
    /// <summary>Another letter before the same digits, with the same check character (A, L and W weigh the same), and all else alike.</summary>
    SameDigitsOtherLetter,

    /// <summary>Same name and same birthday, another number.</summary>
    SameNameAndBirthday,

    /// <summary>A twin's given name, with the citizen's number.</summary>
    TwinWithNumber,

    /// <summary>A newborn whose mother's number was written down.</summary>
    BabyWithMothersNumber,

    /// <summary>A stranger with the citizen's card.</summary>
    StrangerWithNumber,

    /// <summary>All agrees but the sex.</summary>
    OtherSex,

    /// <summary>All agrees but one figure of the date of birth.</summary>
    OtherBirthDate,

    /// <summary>All agrees, and no number is stated.</summary>
    NoNumber,
}

public static class OtherPerson
{
    /// <summary>A statement about somebody who is not that citizen.</summary>
    public static PatientAsStated Of(SyntheticCitizen citizen, SyntheticCitizen stranger, Resemblance resemblance)
    {
        var person = citizen.Person;
        return resemblance switch
        {
            Resemblance.SameDigitsOtherLetter => Stated(person, number: OtherLetter(person.DocumentNumber)),
            Resemblance.SameNameAndBirthday => Stated(person, number: stranger.Person.DocumentNumber),
            Resemblance.TwinWithNumber => Stated(person with { GivenName = stranger.Person.GivenName == person.GivenName ? "TSAN" : stranger.Person.GivenName, ChineseName = "" }),
            Resemblance.BabyWithMothersNumber => Stated(person with { GivenName = "BABY BOY", ChineseName = "", BirthDate = person.BirthDate.AddYears(28), Sex = AdministrativeSex.Male }),
            Resemblance.StrangerWithNumber => Stated(stranger.Person with { BirthDate = stranger.Person.BirthDate == person.BirthDate ? person.BirthDate.AddDays(1) : stranger.Person.BirthDate }, number: person.DocumentNumber),
            Resemblance.OtherSex => Stated(person with { Sex = person.Sex == AdministrativeSex.Male ? AdministrativeSex.Female : AdministrativeSex.Male }),
            Resemblance.OtherBirthDate => Stated(person with { BirthDate = person.BirthDate.AddDays(person.BirthDate.Day == 1 ? 1 : -1) }),
            _ => Stated(person, number: ""),
        };
    }

    /// <summary>What a source states of a person who is who he is said to be.</summary>
    /// <param name="number">In place of the person's own; empty for none.</param>
    public static PatientAsStated Stated(Person person, string? number = null, IReadOnlyList<StatedName>? names = null)
    {
        number ??= person.DocumentNumber;
        return new(
            number.Length == 0 ? [] : [new(number, "HKG", "NNHKG", default)], names ?? [new(person.FamilyName, person.GivenName, "A")],
            person.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture), person.Sex == AdministrativeSex.Female ? "F" : "M", []);
    }

    /// <summary>One of those letters that give the same check character: eleven letters further on, or back.</summary>
    private static string OtherLetter(string number)
    {
        var letter = number[number.Length - 8];
        var other = letter + 11 <= 'Z' ? (char)(letter + 11) : (char)(letter - 11);
        return string.Concat(number.AsSpan(0, number.Length - 8), other.ToString(), number.AsSpan(number.Length - 7));
    }
}
