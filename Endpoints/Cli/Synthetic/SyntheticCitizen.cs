using System.Globalization;
using EHealthPlus.Routing.PersonIndex.Documents;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>What an enrolment states of a citizen.</summary>
/// <param name="Sex">F, M, O or U (HL7 table 0001).</param>
public sealed record Citizen(string DocumentNumber, string FamilyName, string GivenName, string ChineseName, char Sex, DateOnly BirthDate);

/// <summary>
/// Makes citizens from numbers: the same number gives the same citizen. The family name says that nobody real is meant, and the
/// identity numbers begin with XZ, valid by their check digit.
/// </summary>
public static class SyntheticCitizen
{
    private static readonly string[] Ordinals = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett"];
    private static readonly string[] Stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

    /// <param name="number">0 to 999,999.</param>
    public static Citizen Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 999_999);
        var digits = number.ToString("D6", CultureInfo.InvariantCulture);
        return new(
            $"XZ{digits}{Hkid.CheckCharacter("XZ" + digits)}", "TESTPATIENT",
            $"{Ordinals[number / 10 % 10]} {Ordinals[number % 10]} {digits}",
            $"測試{Stems[number / 10 % 10]}{Stems[number % 10]}",
            number % 2 == 0 ? 'F' : 'M',
            new DateOnly(1930, 1, 1).AddDays(number * 37 % 33_000));
    }

    /// <summary>Bears the published test vector A123456(3), which the hub's demo citizen token is bound to.</summary>
    public static Citizen Specimen { get; } =
        new("A1234563", "TESTPATIENT", "Specimen", "測試樣本", 'F', new DateOnly(1962, 3, 14));
}
