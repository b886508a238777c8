using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
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
        var kept = await store.Writer.WriteAsync<Keeping>(session => session.Instances.Keep(row), row.Bytes, urgent: true, brief: row.Entry.AnswersAtOnce).ConfigureAwait(false);
        return kept.Accepted ? Receipt(row, kept.Value) : kept.Rejection;
    }

    public async Task<Result<InstanceReceipt>> KeepFileAsync(InstanceRow row, SafeFileHandle file, string incoming, CancellationToken cancellationToken)
    {
        using var place = await inFlight.EnterAsync(row.Key.SopInstanceUid, cancellationToken).ConfigureAwait(false);
        // Asked before the object takes its name: under the same name stands the object of the row, sealed with another key.
        if (await KnownAsync(row, cancellationToken).ConfigureAwait(false) is { } known)
        {
            if (known == Keeping.Repeat) return Receipt(row, known);
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

    private async Task<Result<InstanceReceipt>> PlaceAsync(InstanceRow row, SafeFileHandle file, string incoming)
    {
        Result<Keeping> kept;
        try
        {
            folder.Place(incoming, row.Name);
            await flush.FlushAsync(file, folder.FolderOf(row.Name)).ConfigureAwait(false);
            kept = await store.Writer.WriteAsync<Keeping>(session => session.Instances.Keep(row), row.Bytes, urgent: true).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Tidy(() => folder.Remove(row.Name));
            throw;
        }

        if (kept is { Accepted: true, Value: Keeping.New })
        {
            Tidy(() => folder.Placed(row.Name));
        }
        else if (kept is { Accepted: true, Value: Keeping.Conflict } or { Rejection.Code: RejectionCode.StorageFull })
        {
            // After another fault of the engine the row may still come back with its log: the next start sees, by what is pending.
            Tidy(() => folder.Remove(row.Name));
        }

        return kept.Accepted ? Receipt(row, kept.Value) : kept.Rejection;
    }

    private async ValueTask<Keeping?> KnownAsync(InstanceRow row, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        var known = reader.Prepare("SELECT digest FROM imaging_instance WHERE uid = ?1").Bind(1, row.Key.SopInstanceUid);
        return known.Step() ? known.Blob(0).SequenceEqual(row.Name) ? Keeping.Repeat : Keeping.Conflict : null;
    }

    private static Result<InstanceReceipt> Receipt(InstanceRow row, Keeping kept) => kept switch
    {
        Keeping.New => new InstanceReceipt(InstanceVerdict.New, row.Key, row.Summary.SopClassUid),
        Keeping.Repeat => new InstanceReceipt(InstanceVerdict.Repeat, row.Key, row.Summary.SopClassUid),
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
