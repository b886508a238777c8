using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>
/// Gives rows that study_of_a_source.sql parted from a first source's row their content, sealed for their own place. What does not open stays noted, and is told as
/// damage where it is read. For the writer's thread only.
/// </summary>
internal static class CopiedContent
{
    /// <summary>Seals all that is noted; in a store that is through, one question.</summary>
    public static void Seal(sqlite3 connection, KeyRing ring, Sealer sealer)
    {
        var noted = Noted(connection);
        if (noted.Count == 0) return;
        foreach (var (column, row, original) in noted) Seal(connection, ring, sealer, column, row, original);
        // A series of which the first source sent nothing was kept for its content only.
        using var empty = new Statement(connection, "DELETE FROM imaging_series WHERE instances = 0 AND num NOT IN (SELECT original FROM imaging_copied WHERE sealed_column = 9)");
        empty.Run();
    }

    private static List<(SealedColumn Column, long Row, long Original)> Noted(sqlite3 connection)
    {
        using var rows = new Statement(connection, "SELECT sealed_column, num, original FROM imaging_copied");
        var noted = new List<(SealedColumn, long, long)>();
        while (rows.Step()) noted.Add(((SealedColumn)rows.Int32(0), rows.Int64(1), rows.Int64(2)));
        return noted;
    }

    private static void Seal(sqlite3 connection, KeyRing ring, Sealer sealer, SealedColumn column, long row, long original)
    {
        var (table, name) = column switch
        {
            SealedColumn.StudyPatient => ("imaging_study", "patient"),
            SealedColumn.StudyAttributes => ("imaging_study", "attributes"),
            SealedColumn.SeriesAttributes => ("imaging_series", "attributes"),
            _ => throw new InvalidOperationException("A column that was not parted"),
        };
        using var read = new Statement(connection, $"SELECT o.{name}, c.source FROM {table} o, {table} c WHERE o.num = ?1 AND c.num = ?2");
        if (!read.Bind(1, original).Bind(2, row).Step()) return;
        try
        {
            var packed = ring.OpenPacked(connection, new(column, original), read.Blob(0));
            using var write = new Statement(connection, $"UPDATE {table} SET {name} = ?2 WHERE num = ?1");
            write.Bind(1, row).Bind(2, sealer.Seal(new(column, row), read.Int64(1), packed)).Run();
            using var done = new Statement(connection, "DELETE FROM imaging_copied WHERE sealed_column = ?1 AND num = ?2");
            done.Bind(1, (long)column).Bind(2, row).Run();
        }
        catch (RejectedException)
        {
            // Told by the ring. The others must not wait for it.
        }
    }
}
