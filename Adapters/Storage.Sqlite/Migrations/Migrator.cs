using System.Globalization;
using System.Reflection;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Migrations;

/// <summary>Brings the database to the program's schema: numbered scripts, each in a transaction of its own, each once.</summary>
internal static class Migrator
{
    private const string Prefix = "EHealthPlus.Adapters.Storage.Sqlite.Migrations.";

    /// <summary>The scripts of this program, in order of their numbers.</summary>
    public static readonly IReadOnlyList<(int Number, string Name)> Scripts =
        [.. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Select(name => (int.Parse(name[..4], CultureInfo.InvariantCulture), name))
            .Order()];

    /// <returns>Number of the newest script.</returns>
    /// <exception cref="InvalidDataException">The database was written by a newer program.</exception>
    public static int Run(SqliteConnection connection, DateTimeOffset now)
    {
        DatabaseFile.Execute(connection, "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        var applied = Newest(connection);
        var newest = Scripts[^1].Number;
        if (applied > newest)
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"The database {connection.DataSource} is at schema {applied}; this program knows schemas up to {newest}. Run the program that wrote it, or a newer one."));

        foreach (var (number, name) in Scripts.Where(script => script.Number > applied)) Apply(connection, number, name, now);
        return newest;
    }

    private static void Apply(SqliteConnection connection, int number, string name, DateTimeOffset now)
    {
        DatabaseFile.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            DatabaseFile.Execute(connection, Read(name));
            using var record = new Statement(connection.Handle!, "INSERT INTO migration (number, name, applied_at) VALUES (?1, ?2, ?3)");
            record.Bind(1, number).Bind(2, name).Bind(3, Time.Of(now)).Run();
            DatabaseFile.Execute(connection, "COMMIT");
        }
        catch
        {
            DatabaseFile.RollBack(connection);
            throw;
        }
    }

    private static int Newest(SqliteConnection connection)
    {
        using var newest = new Statement(connection.Handle!, "SELECT coalesce(max(number), 0) FROM migration");
        newest.Step();
        return newest.Int32(0);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd();
    }
}
