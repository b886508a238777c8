using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>
/// A prepared statement that is kept and used again; for one thread at a time. Parameters are numbered from 1, columns from 0.
/// Used raw on the hot paths: through ADO.NET each call makes a command, parameters and boxed values.
/// </summary>
internal sealed class Statement : IDisposable
{
    // Characters: nearly all texts are shorter, and cost no memory of their own.
    private const int ShortText = 128;

    private readonly sqlite3 connection;
    private readonly sqlite3_stmt handle;

    public Statement(sqlite3 connection, string sql)
    {
        this.connection = connection;
        var result = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle);
        SqliteException.ThrowExceptionForRC(result, connection);
    }

    public Statement Bind(int parameter, long value)
    {
        raw.sqlite3_bind_int64(handle, parameter, value);
        return this;
    }

    public Statement Bind(int parameter, long? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    public Statement Bind(int parameter, string? value)
    {
        if (value is null) return BindNull(parameter);
        if (value.Length == 0)
        {
            // No bytes at all would be NULL.
            raw.sqlite3_bind_text(handle, parameter, "");
            return this;
        }

        // With its length: as a text that ends at zero it would be cut at U+0000, and what is kept would not be what was hashed or compared.
        Span<byte> room = stackalloc byte[3 * ShortText];
        raw.sqlite3_bind_text(handle, parameter, value.Length > ShortText ? Encoding.UTF8.GetBytes(value) : room[..Encoding.UTF8.GetBytes(value, room)]);
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) raw.sqlite3_bind_zeroblob(handle, parameter, 0);
        else raw.sqlite3_bind_blob(handle, parameter, value);
        return this;
    }

    public Statement BindReal(int parameter, double value)
    {
        raw.sqlite3_bind_double(handle, parameter, value);
        return this;
    }

    public Statement BindNull(int parameter)
    {
        raw.sqlite3_bind_null(handle, parameter);
        return this;
    }

    /// <returns>True while there is a row to read. At the end, and after a fault, the statement is ready for its next use.</returns>
    /// <exception cref="SqliteException">The engine refused.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW) return true;
        if (result == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(handle);
            return false;
        }

        try
        {
            SqliteException.ThrowExceptionForRC(result, connection);
        }
        finally
        {
            raw.sqlite3_reset(handle);
        }

        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>Number of rows it changed.</returns>
    public int Run()
    {
        Step();
        return raw.sqlite3_changes(connection);
    }

    /// <summary>Leaves the rows that are still to come.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public double Real(int column) => raw.sqlite3_column_double(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public bool IsBlob(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_BLOB;

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();
}
