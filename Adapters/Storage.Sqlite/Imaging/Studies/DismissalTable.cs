using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <summary>Writes what was taken off the desk. For the writer's thread only.</summary>
internal sealed class DismissalTable(sqlite3 connection)
{
    private const int Known = 10;

    private readonly Statement dismiss = new(connection, "INSERT OR REPLACE INTO imaging_dismissal (mismatch, entry, known, at, actor, reason, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    private readonly Statement bringBack = new(connection, "DELETE FROM imaging_dismissal WHERE mismatch = ?1 AND entry = ?2");

    /// <returns>ResourceNotFound, VersionConflict; null when it is written.</returns>
    public Rejection? Dismiss(ImagingMismatch mismatch, long number, string known, ImagingDismissal dismissal)
    {
        // Asked once in a while by a person: prepared for that.
        using var line = DeskLines.One(mismatch) is { } one ? new Statement(connection, one) : null;
        if (line is null || !line.Bind(1, Time.Of(DateTimeOffset.MaxValue)).BindNull(2).Bind(3, 1).Bind(4, number).Step())
            return new(RejectionCode.ResourceNotFound, "There is no such open line", null, "沒有此待處理項目");
        if (line.Text(Known) != known) return new(RejectionCode.VersionConflict, "Something new came for it meanwhile: look at it again", null, "此項目期間有新資料，請再次查看");
        dismiss.Bind(1, (long)mismatch).Bind(2, number).Bind(3, known).Bind(4, Time.Of(dismissal.At)).Bind(5, dismissal.By).Bind(6, (long)dismissal.Reason).Bind(7, dismissal.Note).Run();
        return null;
    }

    /// <returns>False where it was not dismissed.</returns>
    public bool BringBack(ImagingMismatch mismatch, long number) => bringBack.Bind(1, (long)mismatch).Bind(2, number).Run() > 0;
}
