using System.Globalization;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>Gives each code of a code system a number, kept in the table coding.</summary>
internal sealed class Codings(sqlite3 connection, Symbols symbols)
{
    private readonly Statement find = new(connection, "SELECT num FROM coding WHERE code = ?1 AND system = ?2");
    private readonly Statement add = new(connection, "INSERT INTO coding (code, system) VALUES (?1, ?2)");
    private readonly Numbering numbering = new();
    private readonly StringBuilder list = new();

    /// <param name="codings">system|code each; the bar may be missing where there is no system.</param>
    /// <returns>Numbers as ,12,45, or null for none.</returns>
    public string? ListOf(IReadOnlyList<string> codings)
    {
        if (codings.Count == 0) return null;
        list.Clear().Append(',');
        foreach (var coding in codings) list.Append(CultureInfo.InvariantCulture, $"{Of(coding)},");
        return list.ToString();
    }

    public void Committed() => numbering.Committed();

    public void RolledBack() => numbering.RolledBack();

    private long Of(string coding)
    {
        if (numbering.TryGet(coding, out var number)) return number;
        // A system is a URI and holds no bar; a code may.
        var bar = coding.IndexOf('|', StringComparison.Ordinal);
        var system = bar <= 0 ? 0 : symbols.Of(coding[..bar]);
        var code = coding[(bar + 1)..];
        if (find.Bind(1, code).Bind(2, system).Step())
        {
            number = find.Int64(0);
            find.Reset();
            numbering.Found(coding, number);
            return number;
        }

        add.Bind(1, code).Bind(2, system).Run();
        number = raw.sqlite3_last_insert_rowid(connection);
        numbering.Given(coding, number);
        return number;
    }
}
