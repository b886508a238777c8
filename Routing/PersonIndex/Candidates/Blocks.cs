using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Names;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>
/// Blocking keys: persons who share one are compared, others never are. A name counts together with the year, or with the month and day,
/// of birth; a date of birth with the sex; the digits of a number without its letters.
/// </summary>
public static class Blocks
{
    /// <summary>Of this rule: a store whose keys were made by another makes them anew.</summary>
    public const int Scheme = 1;

    private const int Digits = 6;

    private enum Kind : uint { CantoneseOfYear = 1, MandarinOfYear, CantoneseOfDay, BirthDate, Document, LettersOfYear }

    public static IReadOnlyList<long> Of(Person person) => [.. Of(NameReading.Of(person), person.BirthDate, person.Sex, [person.DocumentNumber]).Distinct()];

    internal static IEnumerable<long> Of(NameReading name, DateOnly? birthDate, AdministrativeSex? sex, IEnumerable<string> numbers)
    {
        if (birthDate is { } date)
        {
            foreach (var key in NameKeys.Cantonese(name))
            {
                yield return Key(Kind.CantoneseOfYear, key, (uint)date.Year);
                yield return Key(Kind.CantoneseOfDay, key, (uint)((date.Month * 100) + date.Day));
            }

            foreach (var key in NameKeys.Mandarin(name)) yield return Key(Kind.MandarinOfYear, key, (uint)date.Year);
            if (name.Cantonese.Count == 0)
            {
                foreach (var letters in name.Letters) yield return Key(Kind.LettersOfYear, letters.Aggregate(NameKeys.Start, (key, letter) => NameKeys.Next(key, letter)), (uint)date.Year);
            }

            foreach (var each in sex is { } known ? [known] : Enum.GetValues<AdministrativeSex>())
            {
                yield return Key(Kind.BirthDate, (ulong)date.DayNumber, (uint)each);
            }
        }

        foreach (var number in numbers)
        {
            foreach (var block in OfNumber(number)) yield return block;
        }
    }

    /// <summary>The keys of a number alone; none where it has too few digits.</summary>
    internal static IEnumerable<long> OfNumber(string number)
    {
        if (DigitsOf(number) is { } digits) yield return Key(Kind.Document, digits, 0);
    }

    /// <summary>The six digits of an identity card number, or the last six of another document's.</summary>
    internal static uint? DigitsOf(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        // A1234563: the seventh digit of an identity card number is its check character.
        var card = number.Length is Digits + 2 or Digits + 3 && char.IsAsciiLetterUpper(number[0]) && digits.Length >= Digits;
        if (digits.Length < Digits) return null;
        return uint.Parse(card ? digits.AsSpan(0, Digits) : digits.AsSpan(digits.Length - Digits), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static long Key(Kind kind, ulong value, uint part)
    {
        var key = NameKeys.Next(NameKeys.Start, (uint)kind);
        key = NameKeys.Next(key, (uint)value);
        key = NameKeys.Next(key, (uint)(value >> 32));
        // 48 bits: they cost the store two bytes less, and a chance neighbour only costs a comparison.
        return (long)(NameKeys.Next(key, part) >> 16);
    }
}
