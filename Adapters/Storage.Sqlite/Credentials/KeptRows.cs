using System.Collections.Concurrent;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Credentials;

/// <summary>
/// A table that is small and asked about at every request: all of it in memory. A change is written first and then seen, one change at a
/// time, so that memory never holds the older of two.
/// </summary>
internal sealed class KeptRows<TKey, TRow>(Func<TRow, TKey> keyOf)
    where TKey : notnull
    where TRow : class
{
    private const int RowBytes = 512;

    private readonly ConcurrentDictionary<TKey, TRow> rows = new();
    private readonly SemaphoreSlim changing = new(1);

    public ICollection<TRow> All => rows.Values;

    public TRow? Find(TKey key) => rows.GetValueOrDefault(key);

    /// <summary>At the start, before anybody asks.</summary>
    public void Load(IEnumerable<TRow> kept)
    {
        foreach (var row in kept) rows[keyOf(row)] = row;
    }

    /// <param name="change">Given the row as it is; answers with what takes its place, or null where nothing is to be written.</param>
    /// <param name="seen">Runs once the row is seen, before the next change.</param>
    /// <returns>False where nothing was written.</returns>
    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> ChangeAsync(
        SqliteStore store, TKey key, Func<TRow?, TRow?> change, Action<WriteSession, TRow> write, CancellationToken cancellationToken, Action<TRow>? seen = null)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            if (change(Find(key)) is not { } row) return false;
            var written = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    write(session, row);
                    return true;
                },
                RowBytes);
            written.OrThrow();
            rows[key] = row;
            seen?.Invoke(row);
            return true;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Reads a whole table.</summary>
    public static IReadOnlyList<TRow> Read(sqlite3 connection, string select, Func<Statement, TRow> row)
    {
        using var statement = new Statement(connection, select);
        var all = new List<TRow>();
        while (statement.Step()) all.Add(row(statement));
        return all;
    }
}
