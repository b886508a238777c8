using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>
/// What was written about a person before a merge stays under the number of the one who was merged, and is found with the survivor's: a merge must not
/// hide who looked.
/// </summary>
internal static class MergedPersons
{
    /// <summary>The number of the person whose id is parameter 1, and of those merged into that person.</summary>
    public const string WithId = """
        (SELECT num FROM symbol WHERE value = ?1 UNION ALL SELECT num FROM person WHERE merged_into = (SELECT num FROM symbol WHERE value = ?1))
        """;

    /// <returns>Empty where nobody has that id.</returns>
    public static List<long> Numbers(Reader reader, string personId)
    {
        var numbers = new List<long>();
        for (var rows = reader.Prepare($"SELECT num FROM symbol WHERE num IN {WithId}").BindId(1, personId); rows.Step();) numbers.Add(rows.Int64(0));
        return numbers;
    }
}
