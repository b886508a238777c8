using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>Opens connections to the one database file, each with the settings that its use needs.</summary>
internal sealed class DatabaseFile(string directory)
{
    // Every page that changes is written whole: larger pages made each commit dearer and saved no room.
    private const int PageSize = 4096;

    public const string Name = "hub.db";

    public string Path { get; } = System.IO.Path.Combine(directory, Name);

    /// <summary>The one connection that writes; the directory is there. Each commit is flushed to disk (synchronous=FULL).</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        Execute(connection, $"PRAGMA page_size={PageSize}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8192; PRAGMA journal_size_limit=16777216; PRAGMA foreign_keys=OFF");
        return connection;
    }

    /// <summary>A connection that sees committed rows and can't write.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadOnly);
        Execute(connection, "PRAGMA query_only=ON; PRAGMA cache_size=-3072");
        return connection;
    }

    /// <summary>The connection that moves the log into the file beside the writer.</summary>
    public SqliteConnection OpenCheckpointer()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-256");
        return connection;
    }

    public static void LimitSize(SqliteConnection writer, long bytes) =>
        Execute(writer, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={Math.Max(1, bytes / PageSize)}"));

    public static void Execute(SqliteConnection connection, string sql)
    {
        var result = raw.sqlite3_exec(connection.Handle, sql);
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    /// <summary>After a fault, which is what is told: the engine may have rolled back by itself, as it does on a full disk.</summary>
    public static void RollBack(SqliteConnection connection)
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0) raw.sqlite3_exec(connection.Handle, "ROLLBACK");
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        // Only a checkpoint or another program can hold the file for a moment.
        raw.sqlite3_busy_timeout(connection.Handle, 2000);
        Execute(connection, "PRAGMA temp_store=MEMORY");
        return connection;
    }
}
