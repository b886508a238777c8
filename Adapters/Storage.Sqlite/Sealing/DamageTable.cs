using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>Content that could not be opened, kept across restarts.</summary>
internal static class DamageTable
{
    /// <summary>
    /// What has not opened since. Of an image's object only that is looked at which costs nothing: whether its file is there, and as long as it was. Whether an
    /// altered one is mended shows when it is read.
    /// </summary>
    public static IReadOnlyList<(SealedPlace Place, Rejection Rejection)> Load(sqlite3 connection, ObjectFolder objects)
    {
        using var rows = new Statement(connection, $"""
            SELECT d.place, d.row, d.code, d.detail, i.in_row, i.digest, i.length
            FROM damaged_content d LEFT JOIN imaging_instance i ON d.place = {(int)SealedColumn.InstanceObject} AND i.num = d.row
            """);
        var found = new List<(SealedPlace, Rejection)>();
        while (rows.Step())
        {
            var place = new SealedPlace((SealedColumn)rows.Int32(0), rows.Int64(1));
            if (place.Column != SealedColumn.InstanceObject || IsGone(rows, objects)) found.Add((place, new((RejectionCode)rows.Int32(2), rows.Text(3))));
        }

        return found;
    }

    public static void Add(sqlite3 connection, SealedPlace place, Rejection rejection)
    {
        using var add = new Statement(connection, "INSERT OR REPLACE INTO damaged_content (place, row, code, detail) VALUES (?1, ?2, ?3, ?4)");
        add.Bind(1, (long)place.Column).Bind(2, place.Row).Bind(3, (long)rejection.Code).Bind(4, rejection.Detail).Run();
    }

    public static void Remove(sqlite3 connection, SealedPlace place)
    {
        using var remove = new Statement(connection, "DELETE FROM damaged_content WHERE place = ?1 AND row = ?2");
        remove.Bind(1, (long)place.Column).Bind(2, place.Row).Run();
    }

    private static bool IsGone(Statement row, ObjectFolder objects) =>
        row.Int64OrNull(4) == 0 && new FileInfo(objects.At(row.Blob(5))) is var file && (!file.Exists || file.Length != ObjectCipher.SealedBytes(row.Int64(6)));
}
