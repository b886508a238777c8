using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Looks into, and lays hands on, the files of a store from outside.</summary>
internal static class StoreContent
{
    public static readonly IReadOnlyList<(string Table, string Row, string Column)> Columns =
    [
        ("deposit", "id", "bytes"), ("deposit", "id", "acknowledgement"), ("saga", "deposit", "acknowledgement"), ("saga", "deposit", "body"),
        ("repair", "deposit", "bytes"), ("identity_review", "id", "stated"), ("imaging_study", "num", "patient"), ("imaging_study", "num", "attributes"),
        ("imaging_series", "num", "attributes"), ("imaging_instance", "num", "attributes"), ("performed_step", "num", "content"),
    ];

    /// <summary>Files below the folder that hold the text as UTF-8, each with its name alone.</summary>
    public static List<string> FilesWith(string folder, string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        return [.. FilesOf(folder).Where(file => Read(file).AsSpan().IndexOf(sought) >= 0).Select(file => Path.GetFileName(file)!)];
    }

    public static string? Ask(string folder, string sql, params (string Name, object Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteScalar()?.ToString();
    }

    public static byte[] Blob(string folder, string table, string row, string column, long number) =>
        Convert.FromHexString(Ask(folder, $"SELECT hex({column}) FROM {table} WHERE {row} = {number.ToString(CultureInfo.InvariantCulture)}")!);

    /// <summary>Key and seal number of each piece of sealed content; a piece that is not sealed is a failure.</summary>
    public static List<(long Key, ulong Seal)> Seals(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False");
        connection.Open();
        var seals = new List<(long, ulong)>();
        foreach (var (table, row, column) in Columns)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {row}, {column} FROM {table} WHERE {column} IS NOT NULL";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var stored = (byte[])rows[1];
                Assert.True(stored[0] == 2, $"{table} {rows[0]}, {column} is not sealed");
                var at = 1;
                seals.Add(((long)Number(stored, ref at), Number(stored, ref at)));
            }
        }

        return seals;
    }

    /// <summary>The last 24 bytes of each piece of sealed content: enough to know it by, and seldom cut by the end of a page.</summary>
    public static List<byte[]> Sealed(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False");
        connection.Open();
        var pieces = new List<byte[]>();
        foreach (var (table, _, column) in Columns)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {column} FROM {table} WHERE length({column}) > 24";
            using var rows = command.ExecuteReader();
            while (rows.Read()) pieces.Add(((byte[])rows[0])[^24..]);
        }

        return pieces;
    }

    /// <summary>How many of the pieces stand in a file below the folder, wherever in it.</summary>
    public static int StillIn(string folder, IReadOnlyList<byte[]> pieces)
    {
        var files = FilesOf(folder).Select(Read).ToList();
        return pieces.Count(piece => files.Exists(file => file.AsSpan().IndexOf(piece) >= 0));
    }

    private static ulong Number(byte[] stored, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(stored[at] & 0x7F) << shift;
            if (stored[at++] < 0x80) return value;
        }
    }

    /// <summary>All files of a store but its lock, which is empty and cannot be opened while the store holds it.</summary>
    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not "hub.lock");

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
