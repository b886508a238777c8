using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>Gives each text that many rows share a number, kept in the table symbol.</summary>
internal sealed class Symbols(sqlite3 connection)
{
    private readonly Statement find = new(connection, "SELECT num FROM symbol WHERE value = ?1");
    private readonly Statement add = new(connection, "INSERT INTO symbol (value) VALUES (?1)");
    private readonly Numbering numbering = new();

    /// <returns>The number; a new one where the text has none yet.</returns>
    public long Of(string value)
    {
        if (numbering.TryGet(value, out var number)) return number;
        if (find.BindId(1, value).Step())
        {
            number = find.Int64(0);
            find.Reset();
            numbering.Found(value, number);
            return number;
        }

        add.BindId(1, value).Run();
        number = raw.sqlite3_last_insert_rowid(connection);
        numbering.Given(value, number);
        return number;
    }

    public long? OfOptional(string? value) => value is null ? null : Of(value);

    public void Committed() => numbering.Committed();

    public void RolledBack() => numbering.RolledBack();
}
