using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Reading;

/// <summary>A rented connection that reads. Dispose gives it back; rows that were not read to the end are left.</summary>
internal sealed class Reader(SqliteConnection connection, Action<Reader> giveBack) : IDisposable
{
    // Searches vary; the rest is a few dozen texts.
    private const int Capacity = 128;

    private readonly Dictionary<string, Statement> prepared = new(StringComparer.Ordinal);
    private readonly List<Statement> used = [];

    // Forgotten while their rows are still read. Left to the finalizer they would be ended on its thread, while this one works with the connection.
    private readonly List<Statement> forgotten = [];

    public SqliteConnection Connection => connection;

    /// <returns>The statement with that text, kept between rents. All its parameters must be bound again.</returns>
    public Statement Prepare(string sql)
    {
        if (!prepared.TryGetValue(sql, out var statement))
        {
            if (prepared.Count >= Capacity) Forget();
            prepared[sql] = statement = new(connection.Handle!, sql);
        }

        used.Add(statement);
        return statement;
    }

    /// <summary>Text of a symbol; empty where there is none of that number.</summary>
    public string TextOf(long symbol)
    {
        var row = Prepare("SELECT value FROM symbol WHERE num = ?1").Bind(1, symbol);
        var text = row.Step() ? row.Id(0) : "";
        row.Reset();
        return text;
    }

    public void Dispose()
    {
        foreach (var statement in used) statement.Reset();
        used.Clear();
        foreach (var statement in forgotten) statement.Dispose();
        forgotten.Clear();
        giveBack(this);
    }

    public void Close()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var statement in prepared.Values.Except(used)) statement.Dispose();
        forgotten.AddRange(prepared.Values.Intersect(used));
        prepared.Clear();
    }
}
