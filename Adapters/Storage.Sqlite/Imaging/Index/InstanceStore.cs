using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <inheritdoc/>
internal sealed class InstanceStore(SqliteStore store, ObjectFolder folder, InstanceKeeping keeping) : IInstanceStore
{
    public ValueTask<Result<IInstanceObject>> BeginAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Result<IInstanceObject>>(
        store.IsOpen ? new InstanceObject(keeping, folder) : new Rejection(RejectionCode.StoreUnavailable, "The store is closed"));

    /// <exception cref="RejectedException">The row's sealed content does not open.</exception>
    public async ValueTask<KeptInstance?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare(KeptInstances.Select + " WHERE i.uid = ?1").Bind(1, sopInstanceUid);
        return row.Step() ? new KeptInstances(reader, store.Keys).Read(row) : null;
    }

    // By the UID of a series, not its row: what two sources sent of one series is one stack.
    /// <exception cref="RejectedException">Sealed content of a row does not open: part of a study looks like all of it.</exception>
    public async ValueTask<IReadOnlyList<KeptInstance>> SelectAsync(
        string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(
            $"{KeptInstances.Select} WHERE st.uid = ?1{(seriesInstanceUid is null ? "" : " AND s.uid = ?2")}{(sopInstanceUid is null ? "" : " AND i.uid = ?3")} ORDER BY s.number, s.uid, i.number, i.num");
        rows.Bind(1, studyInstanceUid);
        if (seriesInstanceUid is not null) rows.Bind(2, seriesInstanceUid);
        if (sopInstanceUid is not null) rows.Bind(3, sopInstanceUid);
        var (reading, instances) = (new KeptInstances(reader, store.Keys), new List<KeptInstance>());
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            instances.Add(reading.Read(rows));
        }

        return instances;
    }

    public async ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT num, length, in_row, digest, attributes, (SELECT bytes FROM imaging_object WHERE instance = num) FROM imaging_instance WHERE uid = ?1")
            .Bind(1, instance.Key.SopInstanceUid);
        if (!row.Step()) return null;
        var number = row.Int64(0);
        var content = Content(reader.Connection.Handle!, number, row.Blob(4));
        if (Stored(row) is not { } stored)
        {
            Damaged(number, "the object is gone");
            return null;
        }

        // What was cut off is not kept, though its beginning can still be read.
        if (stored.Length != ObjectCipher.SealedBytes(row.Int64(1)))
        {
            await stored.DisposeAsync();
            throw Damaged(number, "the object was cut off");
        }

        return new ObjectStream(stored, content.ObjectKey.Span, row.Int64(1), () => Damaged(number, "the object was altered, cut off or moved"));
    }

    /// <exception cref="RejectedException">The row's sealed content does not open.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT num, attributes FROM imaging_instance WHERE uid = ?1").Bind(1, instance.Key.SopInstanceUid);
        return row.Step() ? Content(reader.Connection.Handle!, row.Int64(0), row.Blob(1)).FileMeta : null;
    }

    public async ValueTask<Result<IReadOnlyList<ImagingMatch>>> QueryAsync(ImagingQuery query, CancellationToken cancellationToken)
    {
        var plan = QueryPlan.Of(query);
        if (!plan.Accepted) return plan.Rejection;
        using var reader = await store.ReadAsync(cancellationToken);
        try
        {
            return new QueryReading(reader, store.Keys, plan.Value).Run(query.Skip, query.Count, cancellationToken);
        }
        catch (RejectedException refused)
        {
            return refused.Rejection;
        }
    }

    private Stream? Stored(Statement row)
    {
        if (row.Int64(2) == 0) return OpenFile(folder.At(row.Blob(3)));
        return row.IsNull(5) ? null : new MemoryStream(row.Blob(5).ToArray(), writable: false);
    }

    private static FileStream? OpenFile(string path)
    {
        try
        {
            // Whole chunks are read: a buffer would only copy them.
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.None);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private InstanceContent Content(SQLitePCL.sqlite3 connection, long number, ReadOnlySpan<byte> attributes) =>
        InstanceContent.Read(store.Keys.Open(connection, new(SealedColumn.InstanceAttributes, number), attributes));

    private RejectedException Damaged(long number, string how)
    {
        var place = new SealedPlace(SealedColumn.InstanceObject, number);
        var rejection = new Rejection(RejectionCode.ContentDamaged, $"{place}: {how}");
        store.Keys.Damaged.Report(place, rejection);
        return new(rejection);
    }
}
