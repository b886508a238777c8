using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>How a person is read from rows.</summary>
internal static class PersonRow
{
    private const string DateForm = "yyyy-MM-dd";

    /// <summary>Columns of a person p.</summary>
    public const string Columns = """
        (SELECT value FROM symbol WHERE num = p.num), p.document_number, p.family_name, p.given_name, p.chinese_name, p.sex, p.birth_date, p.enrolled_at,
          p.assurance, (SELECT value FROM symbol WHERE num = p.merged_into)
        """;

    public static Person Read(Statement row) => new(
        row.Id(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), (AdministrativeSex)row.Int32(5),
        DateOnly.ParseExact(row.Text(6), DateForm, CultureInfo.InvariantCulture), Time.At(row.Int64(7)))
    {
        Assurance = AssuranceOf(row.Int32(8)), MergedInto = row.IsNull(9) ? null : row.Id(9),
    };

    public static string Text(DateOnly date) => date.ToString(DateForm, CultureInfo.InvariantCulture);

    public static int Pack(IndexAssurance assurance) =>
        (int)assurance.Document | ((int)assurance.Name << 2) | ((int)assurance.Sex << 4) | ((int)assurance.BirthDate << 6);

    private static IndexAssurance AssuranceOf(int packed) => new(
        (Assurance)(packed & 3), (Assurance)((packed >> 2) & 3), (Assurance)((packed >> 4) & 3), (Assurance)((packed >> 6) & 3));
}
