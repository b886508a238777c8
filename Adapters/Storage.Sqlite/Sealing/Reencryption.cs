using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// A pass over all deposits, reviews, studies, series, instances and performed steps that seals anew what stands under a retired key, or was never sealed. It goes in steps of one
/// transaction each; the place it reached is part of the transaction, so that a pass cut off at any moment goes on there. Objects of images
/// stay as they are: the key of each, which stands in its row, is sealed anew. For the writer's thread only.
/// </summary>
internal sealed class Reencryption(sqlite3 connection, Sealer sealer, KeyRing ring, Symbols symbols, ResourceKeyTable keys)
{
    // What a step takes: a few milliseconds of the writer, so that a message which comes meanwhile waits no longer.
    private const int RowsOfStep = 64;
    private const int BytesOfStep = 256 << 10;

    // Deposits, reviews, studies, series, instances, performed steps: in this order.
    private const int Parts = 6;

    private readonly Statement unfinished = new(connection, """
        SELECT num, plain, failed, next_deposit, last_deposit, next_review, last_review, next_study, last_study, next_series, last_series, next_instance, last_instance,
          next_step, last_step
        FROM reencryption WHERE finished_at IS NULL
        """);
    private readonly Statement save = new(connection, """
        UPDATE reencryption SET failed = ?2, next_deposit = ?3, next_review = ?4, next_study = ?5, next_series = ?6, next_instance = ?7, next_step = ?8 WHERE num = ?1
        """);
    private readonly Statement finish = new(connection, "UPDATE reencryption SET finished_at = ?2 WHERE num = ?1");
    private readonly Statement destroy = new(connection, "UPDATE data_key SET state = 4, wrapped = NULL WHERE state = 3");
    private readonly Statement retired = new(connection, "SELECT num FROM data_key WHERE state = 3");
    private readonly Statement deposit = new(connection, """
        SELECT coalesce(d.source, 0), d.bytes, d.acknowledgement, s.acknowledgement, s.body, r.bytes, length(d.sha256)
        FROM deposit d LEFT JOIN saga s ON s.deposit = d.id LEFT JOIN repair r ON r.deposit = d.id WHERE d.id = ?1
        """);
    private readonly Statement review = new(connection, "SELECT source, stated FROM identity_review WHERE id = ?1");
    private readonly Statement study = new(connection, "SELECT source, patient, attributes FROM imaging_study WHERE num = ?1");
    private readonly Statement series = new(connection, "SELECT source, attributes FROM imaging_series WHERE num = ?1");
    private readonly Statement instance = new(connection, "SELECT source, attributes FROM imaging_instance WHERE num = ?1");
    private readonly Statement step = new(connection, "SELECT source, content FROM performed_step WHERE num = ?1");
    private readonly Statement forgetSha256 = new(connection, "UPDATE deposit SET sha256 = x'' WHERE id = ?1");
    private readonly Statement rehash = new(connection, "UPDATE resource SET hash = ?2 WHERE num = ?1 AND deposit = ?3 AND entry = ?4");
    private readonly Dictionary<SealedColumn, Statement> replace = new()
    {
        [SealedColumn.DepositBytes] = new(connection, "UPDATE deposit SET bytes = ?2 WHERE id = ?1"),
        [SealedColumn.DepositAcknowledgement] = new(connection, "UPDATE deposit SET acknowledgement = ?2 WHERE id = ?1"),
        [SealedColumn.SagaAcknowledgement] = new(connection, "UPDATE saga SET acknowledgement = ?2 WHERE deposit = ?1"),
        [SealedColumn.SagaBody] = new(connection, "UPDATE saga SET body = ?2 WHERE deposit = ?1"),
        [SealedColumn.RepairBytes] = new(connection, "UPDATE repair SET bytes = ?2 WHERE deposit = ?1"),
        [SealedColumn.ReviewStated] = new(connection, "UPDATE identity_review SET stated = ?2 WHERE id = ?1"),
        [SealedColumn.StudyPatient] = new(connection, "UPDATE imaging_study SET patient = ?2 WHERE num = ?1"),
        [SealedColumn.StudyAttributes] = new(connection, "UPDATE imaging_study SET attributes = ?2 WHERE num = ?1"),
        [SealedColumn.SeriesAttributes] = new(connection, "UPDATE imaging_series SET attributes = ?2 WHERE num = ?1"),
        [SealedColumn.InstanceAttributes] = new(connection, "UPDATE imaging_instance SET attributes = ?2 WHERE num = ?1"),
        [SealedColumn.StepContent] = new(connection, "UPDATE performed_step SET content = ?2 WHERE num = ?1"),
    };

    private readonly HashSet<long> retiredKeys = [];
    private long bytes;
    private long failed;

    /// <summary>Seals the next rows anew.</summary>
    /// <returns>Rows that are left; 0 where nothing is.</returns>
    public long Step(long now)
    {
        if (!unfinished.Step()) return 0;
        var (number, plain) = (unfinished.Int64(0), unfinished.Int64(1) == 1);
        (bytes, failed) = (0, unfinished.Int64(2));
        Span<(long Next, long Last)> parts = stackalloc (long, long)[Parts];
        for (var part = 0; part < Parts; part++) parts[part] = (unfinished.Int64(3 + (2 * part)), unfinished.Int64(4 + (2 * part)));
        unfinished.Reset();
        Overwrite(true);
        ReadRetired();

        var (rows, left) = (0, 0L);
        save.Bind(1, number);
        for (var part = 0; part < Parts; part++)
        {
            ref var at = ref parts[part];
            for (; at.Next <= at.Last && rows < RowsOfStep && bytes < BytesOfStep; at.Next++, rows++) Seal(part, at.Next, plain);
            save.Bind(3 + part, at.Next);
            left += at.Last + 1 - at.Next;
        }

        save.Bind(2, failed).Run();
        FlowMeter.Resealed.Add(rows);
        if (left == 0) Finish(number, now);
        return left;
    }

    private void Seal(int part, long row, bool plain)
    {
        switch (part)
        {
            case 0: Deposit(row, plain); break;
            case 1: Rows(review, row, SealedColumn.ReviewStated); break;
            case 2: Rows(study, row, SealedColumn.StudyPatient, SealedColumn.StudyAttributes); break;
            case 3: Rows(series, row, SealedColumn.SeriesAttributes); break;
            case 4: Rows(instance, row, SealedColumn.InstanceAttributes); break;
            default: Rows(step, row, SealedColumn.StepContent); break;
        }
    }

    private void Finish(long number, long now)
    {
        finish.Bind(1, number).Bind(2, now).Run();
        // Content that could not be opened may be mended from a backup: then its key is needed.
        if (failed == 0) destroy.Run();
        Overwrite(false);
    }

    // What was sealed anew must not stay readable in free pages. Elsewhere nothing is freed that is worth the time.
    private void Overwrite(bool on)
    {
        var result = raw.sqlite3_exec(connection, on ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=OFF");
        SqliteException.ThrowExceptionForRC(result, connection);
    }

    private void ReadRetired()
    {
        retiredKeys.Clear();
        while (retired.Step()) retiredKeys.Add(retired.Int64(0));
    }

    private void Deposit(long id, bool plain)
    {
        if (!deposit.Bind(1, id).Step()) return;
        var source = deposit.Int64(0);
        var stale = new List<(SealedColumn Column, byte[] Stored)>();
        Note(SealedColumn.DepositBytes, 1);
        Note(SealedColumn.DepositAcknowledgement, 2);
        Note(SealedColumn.SagaAcknowledgement, 3);
        Note(SealedColumn.SagaBody, 4);
        Note(SealedColumn.RepairBytes, 5);
        var hashed = deposit.Int64(6) > 0;
        deposit.Reset();

        foreach (var (column, stored) in stale)
        {
            if (Reseal(new(column, id), source, stored) is { } packed && plain && column == SealedColumn.SagaBody) Rehash(id, packed);
        }

        if (hashed) forgetSha256.Bind(1, id).Run();

        void Note(SealedColumn column, int at)
        {
            var stored = deposit.Blob(at);
            if (IsStale(stored)) stale.Add((column, stored.ToArray()));
        }
    }

    /// <param name="select">Source, then the columns.</param>
    private void Rows(Statement select, long id, params ReadOnlySpan<SealedColumn> columns)
    {
        if (!select.Bind(1, id).Step()) return;
        var source = select.Int64(0);
        var stored = new byte[columns.Length][];
        for (var at = 0; at < columns.Length; at++) stored[at] = select.Blob(1 + at).ToArray();
        select.Reset();
        for (var at = 0; at < columns.Length; at++)
            if (IsStale(stored[at])) Reseal(new(columns[at], id), source, stored[at]);
    }

    private bool IsStale(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty) return false;
        if (!SealedContent.IsSealed(stored)) return true;
        try
        {
            return retiredKeys.Contains(SealedContent.Read(stored).Key);
        }
        catch (InvalidDataException)
        {
            // Too short to name its key: opening it will say so.
            return true;
        }
    }

    /// <returns>The packed content; null where it could not be opened, and was left as it is.</returns>
    private byte[]? Reseal(SealedPlace place, long source, byte[] stored)
    {
        try
        {
            var packed = ring.OpenPacked(connection, place, stored);
            replace[place.Column].Bind(1, place.Row).Bind(2, sealer.Seal(place, source, packed)).Run();
            bytes += stored.Length;
            return packed;
        }
        catch (RejectedException)
        {
            // Told by the ring. The pass goes on: one damaged row must not keep the others under an old key.
            failed++;
            return null;
        }
    }

    private void Rehash(long id, byte[] packed)
    {
        var body = DepositBody.Read(Packed.Unpack(packed));
        for (var entry = 0; entry < body.Count; entry++)
        {
            var json = body[entry].Span;
            if (keys.Find(symbols.Of(ResourceName.TypeOf(json)), ResourceName.IdOf(json)) is not { } number) continue;
            rehash.Bind(1, number).Bind(2, ContentHash.Of(ring.ContentHashKey, json)).Bind(3, id).Bind(4, entry).Run();
        }
    }
}
