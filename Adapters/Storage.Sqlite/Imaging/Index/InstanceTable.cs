using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>What became of an instance.</summary>
internal enum Keeping
{
    New,
    Repeat,

    /// <summary>Other bytes stand under the SOP Instance UID; the audit trail says so.</summary>
    Conflict,

    /// <summary>The same bytes as before, but what stood here of them was damaged: they took its place.</summary>
    Mended,
}

/// <param name="Number">Of the row; 0 of a conflict.</param>
internal readonly record struct KeptRow(Keeping Keeping, long Number);

/// <summary>Writes instances, and tells repeats and conflicts. For the writer's thread only.</summary>
internal sealed class InstanceTable(sqlite3 connection, Symbols symbols, StudyTable studies, AuditTable audit, Sealer sealer, KeyRing ring)
{
    private readonly Statement find = new(connection, "SELECT digest, num, in_row FROM imaging_instance WHERE uid = ?1");
    private readonly Statement newest = new(connection, "SELECT coalesce(max(num), 0) FROM imaging_instance");
    private readonly Statement insert = new(connection, """
        INSERT INTO imaging_instance (num, series, uid, sop_class, transfer_syntax, number, frames, length, source, provider, received_at, audit, in_row, digest, attributes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """);
    private readonly Statement insertObject = new(connection, "INSERT INTO imaging_object (instance, bytes) VALUES (?1, ?2)");
    private readonly Statement content = new(connection, "SELECT source, attributes FROM imaging_instance WHERE num = ?1");
    private readonly Statement changeContent = new(connection, "UPDATE imaging_instance SET attributes = ?2 WHERE num = ?1");
    private readonly Statement changeObject = new(connection, "INSERT OR REPLACE INTO imaging_object (instance, bytes) VALUES (?1, ?2)");
    private readonly DepositEntries entries = new(audit);

    // Content is bound to its row by the number, so it must be known before the row is there. 0 where it is to be asked for.
    private long last;

    public KeptRow Keep(InstanceRow row)
    {
        if (find.Bind(1, row.Key.SopInstanceUid).Step())
        {
            var (same, known, inRow) = (find.Blob(0).SequenceEqual(row.Name), find.Int64(1), find.Int64(2) == 1);
            find.Reset();
            if (!same)
            {
                Conflict(row);
                return new(Keeping.Conflict, 0);
            }

            if (!inRow || row.InRow is null || !ring.Damaged.IsOfInstance(known)) return new(Keeping.Repeat, known);
            Mend(known, row);
            return new(Keeping.Mended, known);
        }

        var summary = row.Summary;
        var place = studies.Place(row);
        var (number, source) = (Next(), symbols.Of(row.Entry.SourceId));
        insert.Bind(1, number).Bind(2, place.Series).Bind(3, row.Key.SopInstanceUid).Bind(4, symbols.Of(summary.SopClassUid))
            .Bind(5, symbols.Of(summary.TransferSyntaxUid)).Bind(6, (long?)summary.InstanceNumber).Bind(7, summary.NumberOfFrames).Bind(8, row.Length)
            .Bind(9, source).Bind(10, symbols.Of(row.Entry.ProviderId)).Bind(11, Time.Of(row.Entry.ReceivedAt)).Bind(12, entries.Of(place.Study, row.Entry.Audit))
            .Bind(13, row.InRow is null ? 0 : 1).Bind(14, row.Name).Bind(15, sealer.Seal(new(SealedColumn.InstanceAttributes, number), source, row.Content)).Run();
        if (row.InRow is not null) insertObject.Bind(1, number).Bind(2, row.InRow).Run();
        return new(Keeping.New, number);
    }

    /// <summary>The object of the row is from now on the one that came again: the same bytes, under another key. What else the row says stays, where it opens.</summary>
    public void Mend(long number, InstanceRow row)
    {
        content.Bind(1, number).Step();
        var source = content.Int64(0);
        var packed = row.Content;
        try
        {
            var before = InstanceContent.Read(ring.Open(connection, new(SealedColumn.InstanceAttributes, number), content.Blob(1)));
            var came = InstanceContent.Read(Packed.Unpack(packed));
            packed = Packed.Pack(InstanceContent.Write(came.ObjectKey.Span, came.Sha256.Span, before.FileMeta, before.Json.Span));
        }
        catch (RejectedException)
        {
            // Told by the ring; what came says the same.
        }

        content.Reset();
        changeContent.Bind(1, number).Bind(2, sealer.Seal(new(SealedColumn.InstanceAttributes, number), source, packed)).Run();
        if (row.InRow is not null) changeObject.Bind(1, number).Bind(2, row.InRow).Run();
    }

    /// <summary>Tells the audit trail of other bytes under a known UID.</summary>
    public void Conflict(InstanceRow row) => audit.Append(row.Entry.Audit with
    {
        Target = $"instance/{row.Key.SopInstanceUid}",
        Permitted = false,
        Reason = InstanceKeeping.Conflict.ToString(),
    });

    public void Committed() => entries.Committed();

    public void RolledBack()
    {
        last = 0;
        entries.RolledBack();
    }

    private long Next()
    {
        if (last == 0)
        {
            newest.Step();
            last = newest.Int64(0);
            newest.Reset();
        }

        return ++last;
    }
}
