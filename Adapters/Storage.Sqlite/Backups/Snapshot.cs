using System.Buffers.Binary;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Files;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>An image's object that is a file.</summary>
/// <param name="Key">Enough of its name to know it by.</param>
/// <param name="Path">Below the data directory or the folder of backups, with slashes.</param>
/// <param name="Length">Bytes of the file.</param>
internal readonly record struct NamedObject(UInt128 Key, string Path, long Length)
{
    /// <summary>Whether a file is there that can be it: an object never changes.</summary>
    /// <param name="folder">That objects/ stands in.</param>
    public bool IsIn(string folder) => new FileInfo(System.IO.Path.Combine(folder, Path)) is { Exists: true } file && file.Length == Length;
}

/// <summary>A database as it was at one moment, and what it says of itself.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly SqliteConnection connection;

    /// <param name="folder">That hub.db stands in.</param>
    public Snapshot(string folder) => connection = new DatabaseFile(folder).OpenReader();

    public int Schema => (int)Number("SELECT coalesce(max(number), 0) FROM migration");

    public long AuditEntries => Number("SELECT coalesce(max(num), 0) FROM audit");

    public long Objects => Number("SELECT count(DISTINCT digest) FROM imaging_instance WHERE in_row = 0");

    /// <summary>Fingerprint of the key in force; null where there is none.</summary>
    public byte[]? WrappingKey
    {
        get
        {
            using var row = new Statement(connection.Handle!, "SELECT fingerprint FROM wrapping_key WHERE retired_at IS NULL");
            return row.Step() ? row.Blob(0).ToArray() : null;
        }
    }

    /// <summary>Writes what the store of a data directory holds at this moment into a file that needs no other; a hub may go on writing meanwhile.</summary>
    /// <exception cref="SqliteException">There is no store, or the copy cannot be written.</exception>
    public static void Write(string dataDirectory, string path)
    {
        using (var store = new DatabaseFile(dataDirectory).OpenReader())
        using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            copy.Open();
            // Flushed once, when it is whole.
            DatabaseFile.Execute(copy, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
            // In one step: one moment of the store, and no start anew when the hub commits.
            store.BackupDatabase(copy);
            // The copy says, as the store does, that a log belongs to it; nothing could read it where nothing can be written.
            DatabaseFile.Execute(copy, "PRAGMA journal_mode=DELETE");
        }

        LastingName.Flush(path);
    }

    /// <summary>The objects that it names as files, each once.</summary>
    /// <param name="progress">Told after each that is done with.</param>
    public IEnumerable<NamedObject> NamedObjects(IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var (done, all) = (0L, Objects);
        using var rows = new Statement(connection.Handle!, "SELECT digest, max(length) FROM imaging_instance WHERE in_row = 0 GROUP BY digest");
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Named(rows.Blob(0), rows.Int64(1));
            done++;
            progress?.Report(new(done, all));
        }
    }

    /// <summary>The registered sources, and the newest that each has sent.</summary>
    public IReadOnlyList<BackedUpSource> Sources()
    {
        using var rows = new Statement(connection.Handle!, """
            SELECT source.id, d.received_at, d.control_id, (SELECT max(newest_at) FROM imaging_gathering g WHERE g.source = symbol.num)
            FROM source LEFT JOIN symbol ON symbol.value = source.id LEFT JOIN deposit d ON d.id = (SELECT max(id) FROM deposit WHERE deposit.source = symbol.num)
            ORDER BY source.id
            """);
        var sources = new List<BackedUpSource>();
        while (rows.Step()) sources.Add(new(rows.Text(0), Time.At(rows.Int64OrNull(1)), rows.TextOrNull(2), Time.At(rows.Int64OrNull(3))));
        return sources;
    }

    /// <returns>What the engine finds wrong with the file's structure; empty where nothing is.</returns>
    public IReadOnlyList<string> Check()
    {
        using var rows = new Statement(connection.Handle!, "PRAGMA quick_check(10)");
        var found = new List<string>();
        while (rows.Step()) found.Add(rows.Text(0));
        return found is ["ok"] ? [] : found;
    }

    public void Dispose() => connection.Dispose();

    private static NamedObject Named(ReadOnlySpan<byte> name, long length)
    {
        var text = Convert.ToHexStringLower(name);
        return new(BinaryPrimitives.ReadUInt128BigEndian(name), $"objects/{text[..2]}/{text}", ObjectCipher.SealedBytes(length));
    }

    private long Number(string sql)
    {
        using var row = new Statement(connection.Handle!, sql);
        row.Step();
        return row.Int64(0);
    }
}
