using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>
/// The last steps of an instance. A small object goes into the transaction of its row. A larger one is a file: it gets its name, bytes and name are
/// flushed, then the row is committed; so a row never names an object that is not whole on disk.
/// </summary>
internal sealed class InstanceKeeping(SqliteStore store, ObjectFolder folder, ObjectFlush flush, ILogger logger)
{
    /// <summary>
    /// Bytes of an object that is kept in the database, at most: one chunk. Measured (docs/benchmarks.md), 40 KB are kept three times as fast in the
    /// database as 60 KB in a file.
    /// </summary>
    public const int SmallObject = ObjectCipher.ChunkLength;

    public static readonly Rejection Conflict = new(RejectionCode.InstanceConflict, "Other bytes are kept under this SOP Instance UID; they stay");

    private readonly InFlight inFlight = new();

    public byte[] ContentHashKey => store.Keys.ContentHashKey;

    public async Task<Result<InstanceReceipt>> KeepSmallAsync(InstanceRow row)
    {
        var kept = await store.Writer.WriteAsync<KeptRow>(session => session.Instances.Keep(row), row.Bytes, urgent: true, brief: row.Entry.AnswersAtOnce).ConfigureAwait(false);
        if (!kept.Accepted) return kept.Rejection;
        if (kept.Value.Keeping == Keeping.Mended) store.Keys.Damaged.ClearInstance(kept.Value.Number);
        return Receipt(row, kept.Value.Keeping);
    }

    /// <param name="incoming">Where the bytes are so far; of a new instance, when it is kept, not any more.</param>
    public async Task<Result<InstanceReceipt>> KeepFileAsync(InstanceRow row, SafeFileHandle file, string incoming, CancellationToken cancellationToken)
    {
        using var place = await inFlight.EnterAsync(row.Key.SopInstanceUid, cancellationToken).ConfigureAwait(false);
        // Asked before the object takes its name: under the same name stands the object of the row, sealed with another key.
        if (await KnownAsync(row, cancellationToken).ConfigureAwait(false) is { } known)
        {
            if (known is { Keeping: Keeping.Repeat, InRow: false } && !IsWhole(row, known.Number)) return await MendAsync(row, known.Number, file, incoming).ConfigureAwait(false);
            if (known.Keeping == Keeping.Repeat) return Receipt(row, known.Keeping);
            var told = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    session.Instances.Conflict(row);
                    return true;
                },
                row.Bytes, urgent: true).ConfigureAwait(false);
            return told.Accepted ? Conflict : told.Rejection;
        }

        return await PlaceAsync(row, file, incoming).ConfigureAwait(false);
    }

    /// <summary>Takes the mark of a new object away: once its sender has the answer.</summary>
    public void Placed(byte[] name) => Tidy(() => folder.Placed(name));

    /// <summary>Takes away what was written and is not kept: the sender may have the answer already.</summary>
    public void Discarded(string incoming) => Tidy(() => File.Delete(incoming));

    private async Task<Result<InstanceReceipt>> PlaceAsync(InstanceRow row, SafeFileHandle file, string incoming)
    {
        Result<KeptRow> kept;
        try
        {
            folder.Place(incoming, row.Name);
            await flush.FlushAsync(file, folder.FolderOf(row.Name)).ConfigureAwait(false);
            kept = await store.Writer.WriteAsync<KeptRow>(session => session.Instances.Keep(row), row.Bytes, urgent: true).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Tidy(() => folder.Remove(row.Name));
            throw;
        }

        if (kept is { Accepted: true, Value.Keeping: Keeping.Conflict } or { Rejection.Code: RejectionCode.StorageFull })
        {
            // After another fault of the engine the row may still come back with its log: the next start sees, by what is pending.
            Tidy(() => folder.Remove(row.Name));
        }

        return kept.Accepted ? Receipt(row, kept.Value.Keeping) : kept.Rejection;
    }

    /// <summary>Whether the file of a row is there, as long as it was, and not known to be damaged. Who sends it again is the one that can mend it.</summary>
    private bool IsWhole(InstanceRow row, long number)
    {
        if (store.Keys.Damaged.IsOfInstance(number)) return false;
        var stored = new FileInfo(folder.At(row.Name));
        if (stored.Exists && stored.Length == ObjectCipher.SealedBytes(row.Length)) return true;
        var place = new SealedPlace(SealedColumn.InstanceObject, number);
        store.Keys.Damaged.Report(place, new(RejectionCode.ContentDamaged, $"{place}: the object is gone or cut off; it came again"));
        return false;
    }

    // What is left of the old file goes first, and the new one takes its name last: a crash between leaves a row without a file, which is seen; never a
    // row whose file another key sealed, which is as long as it should be.
    private async Task<Result<InstanceReceipt>> MendAsync(InstanceRow row, long number, SafeFileHandle file, string incoming)
    {
        folder.Remove(row.Name);
        await flush.FlushAsync(file, folder.FolderOf(row.Name)).ConfigureAwait(false);
        var mended = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Instances.Mend(number, row);
                return true;
            },
            row.Bytes, urgent: true).ConfigureAwait(false);
        if (!mended.Accepted) return mended.Rejection;
        folder.Name(incoming, row.Name);
        await flush.FlushAsync(file, folder.FolderOf(row.Name)).ConfigureAwait(false);
        store.Keys.Damaged.ClearInstance(number);
        return Receipt(row, Keeping.Mended);
    }

    private async ValueTask<(Keeping Keeping, long Number, bool InRow)?> KnownAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        var known = reader.Prepare("SELECT digest, num, in_row FROM imaging_instance WHERE uid = ?1").Bind(1, row.Key.SopInstanceUid);
        return known.Step() ? (known.Blob(0).SequenceEqual(row.Name) ? Keeping.Repeat : Keeping.Conflict, known.Int64(1), known.Int64(2) == 1) : null;
    }

    private static Result<InstanceReceipt> Receipt(InstanceRow row, Keeping kept) => kept switch
    {
        Keeping.New => new InstanceReceipt(InstanceVerdict.New, row.Key, row.Summary.SopClassUid),
        Keeping.Repeat or Keeping.Mended => new InstanceReceipt(InstanceVerdict.Repeat, row.Key, row.Summary.SopClassUid),
        _ => Conflict,
    };

    // What is left here the next start removes.
    private void Tidy(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            StoreLog.ObjectNotTidied(logger, fault.GetType().Name);
        }
    }
}
