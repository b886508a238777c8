using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Names;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>
/// Compares a claim with a person after Fellegi and Sunter (A theory for record linkage, 1969): each field adds the binary logarithm of
/// how much likelier its agreement is among true pairs than among others. The weights were set from the synthetic population of
/// tests/Population (docs/benchmarks.md). A sum never links: it orders a review queue.
/// </summary>
internal static class Comparison
{
    /// <summary>One true pair among the 7.5 million persons of Hong Kong.</summary>
    private const double PriorBits = 22.8;

    private const int DigitsAndCheck = 7;

    public static Candidate Of(Claim claim, Person person)
    {
        FieldComparison[] fields =
        [
            Number(claim, person), Name(claim.Name, NameReading.Of(person)), Sex(claim.Sex, person.Sex), BirthDate(claim.BirthDate, person.BirthDate),
        ];
        var weight = fields.Sum(field => field.Weight);
        return new(person, weight, 1 / (1 + Math.Pow(2, PriorBits - weight)), fields);
    }

    private static FieldComparison Number(Claim claim, Person person)
    {
        var digits = Blocks.DigitsOf(person.DocumentNumber);
        var (agreement, weight) =
            claim.Number == person.DocumentNumber ? (FieldAgreement.Same, 22)
            : claim.Number is { } number ? IsOtherLetter(number, person.DocumentNumber) ? (FieldAgreement.Slip, 14) : (FieldAgreement.Differs, -8)
            : claim.OtherNumbers.Any(other => Blocks.DigitsOf(other) == digits) ? (FieldAgreement.Slip, 10)
            : (FieldAgreement.NotStated, 0);
        return new(IndexField.Document, agreement, weight);
    }

    /// <summary>The same digits and check character after other letters: the one slip in a number that its check does not notice.</summary>
    public static bool IsOtherLetter(string number, string other) =>
        number != other && number.AsSpan(number.Length - DigitsAndCheck).SequenceEqual(other.AsSpan(other.Length - DigitsAndCheck));

    private static FieldComparison Sex(AdministrativeSex? stated, AdministrativeSex known)
    {
        if (stated is null || known == AdministrativeSex.Unknown) return new(IndexField.Sex, FieldAgreement.NotStated, 0);
        return stated == known ? new(IndexField.Sex, FieldAgreement.Same, 1) : new(IndexField.Sex, FieldAgreement.Differs, -6);
    }

    private static FieldComparison BirthDate(DateOnly? stated, DateOnly known)
    {
        var (agreement, weight) = stated is not { } date ? (FieldAgreement.NotStated, 0)
            : date == known ? (FieldAgreement.Same, 14.7)
            : date.Year == known.Year && date.Month == known.Day && date.Day == known.Month ? (FieldAgreement.Slip, 9)
            : IsSlip($"{date:yyyyMMdd}", $"{known:yyyyMMdd}") ? (FieldAgreement.Slip, 7)
            : date.Month == known.Month && date.Day == known.Day ? (FieldAgreement.Partly, 4)
            : (FieldAgreement.Differs, -7d);
        return new(IndexField.BirthDate, agreement, weight);
    }

    private static FieldComparison Name(NameReading stated, NameReading known)
    {
        var (agreement, weight) = stated.IsEmpty || known.IsEmpty ? (FieldAgreement.NotStated, 0)
            : stated.Letters.Intersect(known.Letters, StringComparer.Ordinal).Any() || stated.Characters.Intersect(known.Characters, StringComparer.Ordinal).Any() ? (FieldAgreement.Same, 15)
            : stated.Toned.Intersect(known.Toned, StringComparer.Ordinal).Any() ? (FieldAgreement.SoundsAlike, 14)
            : SoundsAlike(stated, known) ? (FieldAgreement.SoundsAlike, BothToned(stated, known) ? 9 : 12)
            : NameResemblance.IsSlip(stated, known) ? (FieldAgreement.Slip, 9)
            : NameResemblance.AcrossLanguages(stated, known) ? (FieldAgreement.SoundsAlike, 8)
            : NameResemblance.Partly(stated, known) ? (FieldAgreement.Partly, 5)
            : (FieldAgreement.Differs, -5);
        return new(IndexField.Name, agreement, weight);
    }

    private static bool SoundsAlike(NameReading stated, NameReading known) =>
        NameKeys.Cantonese(stated).Intersect(NameKeys.Cantonese(known)).Any() || NameKeys.Mandarin(stated).Intersect(NameKeys.Mandarin(known)).Any();

    /// <summary>Both have tones, and these differ: other characters of the same sound.</summary>
    private static bool BothToned(NameReading stated, NameReading known) => stated.Toned.Count > 0 && known.Toned.Count > 0;

    /// <summary>One figure is wrong, or two neighbours are exchanged.</summary>
    private static bool IsSlip(string one, string other)
    {
        var wrong = Enumerable.Range(0, one.Length).Where(at => one[at] != other[at]).ToList();
        return wrong.Count == 1 || (wrong.Count == 2 && wrong[1] == wrong[0] + 1 && one[wrong[0]] == other[wrong[1]] && one[wrong[1]] == other[wrong[0]]);
    }
}
