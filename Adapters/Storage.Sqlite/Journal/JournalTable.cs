using EHealthPlus.Adapters.Storage.Sqlite.Deposits;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Journal;

/// <summary>Writes journal rows and tells repeats.</summary>
internal sealed class JournalTable(sqlite3 connection, Symbols symbols, SagaTable sagas, Tallies tallies, Sealer sealer, KeyRing ring)
{
    // Deposits are numbered from 1.
    private const long NoDeposit = 0;

    private readonly Statement insert = new(connection, """
        INSERT INTO deposit (source, control_id, keyed, message_type, patient_key, character_set, peer, received_at, size, sha256, acknowledgement, bytes, id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, x'', ?10, ?11, ?12) ON CONFLICT (source, control_id) WHERE keyed = 1 DO NOTHING
        """);
    private readonly Statement findKey = new(connection, """
        SELECT d.id, d.size, s.acknowledgement, coalesce(s.state, 1), d.acknowledgement, d.bytes
        FROM deposit d LEFT JOIN saga s ON s.deposit = d.id WHERE d.source = ?1 AND d.control_id = ?2 AND d.keyed = 1
        """);
    private readonly Statement countRepeat = new(connection, """
        INSERT INTO repeat (deposit, count) VALUES (?1, 1) ON CONFLICT (deposit) DO UPDATE SET count = count + 1
        """);
    private readonly Statement repair = new(connection, """
        INSERT INTO repair (deposit, bytes) VALUES (?1, ?2) ON CONFLICT (deposit) DO UPDATE SET bytes = excluded.bytes
        """);
    private readonly Statement newest = new(connection, "SELECT coalesce(max(id), 0) FROM deposit");
    private readonly Statement sourceOf = new(connection, "SELECT coalesce(source, 0) FROM deposit WHERE id = ?1");
    private readonly Statement removeRepair = new(connection, "DELETE FROM repair WHERE deposit = ?1");

    // Content is bound to its row by the number, so it must be known before the row is there. 0 where it is to be asked for.
    private long last;

    public void RolledBack() => last = 0;

    /// <exception cref="RejectedException">The bytes of the first message of the key cannot be opened: nobody can say whether this is the same.</exception>
    public JournalReceipt Append(JournalRow row)
    {
        if (!row.HasKey) return Add(row, keyed: false);
        if (Insert(row, keyed: true) is { } id) return Added(row, id);
        var first = FindFirst(row, out var sameBytes);
        if (sameBytes)
        {
            countRepeat.Bind(1, first.DepositId.Value).Run();
            return first;
        }

        // A refusal is kept too, but the key stays with the first message.
        return row.Entry.Rejection is null ? first with { Verdict = JournalVerdict.KeyReused } : Add(row, keyed: false);
    }

    public void Repair(DepositId id, byte[] packed)
    {
        sourceOf.Bind(1, id.Value).Step();
        var source = sourceOf.Int64(0);
        sourceOf.Reset();
        repair.Bind(1, id.Value).Bind(2, sealer.Seal(new(SealedColumn.RepairBytes, id.Value), source, packed)).Run();
    }

    /// <summary>Takes some pages and gives them back: shows whether the store has room again.</summary>
    public bool TryRoom()
    {
        repair.Bind(1, NoDeposit).Bind(2, new byte[1 << 16]).Run();
        removeRepair.Bind(1, NoDeposit).Run();
        return true;
    }

    private JournalReceipt Add(JournalRow row, bool keyed) =>
        Added(row, Insert(row, keyed) ?? throw new InvalidOperationException("A row without key was taken for a repeat"));

    private JournalReceipt Added(JournalRow row, long id)
    {
        var entry = row.Entry;
        tallies.Received(Time.Of(entry.ReceivedAt), entry.SourceId);
        var deposit = new DepositId(id);
        if (entry.Rejection is null)
        {
            sagas.Await(deposit, DepositState.Received, null);
            return new(JournalVerdict.New, deposit, DepositState.Received, entry.Acknowledgement);
        }

        sagas.Refuse(deposit, entry);
        return new(JournalVerdict.New, deposit, DepositState.Refused, entry.Acknowledgement);
    }

    private JournalReceipt FindFirst(JournalRow row, out bool sameBytes)
    {
        findKey.Bind(1, symbols.Of(row.Entry.SourceId!)).Bind(2, row.Entry.ControlId).Step();
        try
        {
            var id = findKey.Int64(0);
            sameBytes = findKey.Int64(1) == row.Entry.Bytes.Length
                && ring.Open(connection, new(SealedColumn.DepositBytes, id), findKey.Blob(5)).AsSpan().SequenceEqual(row.Entry.Bytes.Span);
            var answer = findKey.IsNull(2)
                ? ring.OpenOptional(connection, new(SealedColumn.DepositAcknowledgement, id), findKey.Blob(4))
                : ring.Open(connection, new(SealedColumn.SagaAcknowledgement, id), findKey.Blob(2));
            return new(JournalVerdict.Repeat, new(id), (DepositState)findKey.Int32(3), answer);
        }
        finally
        {
            findKey.Reset();
        }
    }

    private long? Insert(JournalRow row, bool keyed)
    {
        var entry = row.Entry;
        var id = (last == 0 ? Newest() : last) + 1;
        insert.Bind(1, symbols.OfOptional(entry.SourceId)).Bind(2, entry.ControlId).Bind(3, keyed ? 1 : 0)
            .Bind(4, symbols.Of(entry.MessageType)).Bind(5, entry.PatientKey).Bind(6, symbols.OfOptional(entry.CharacterSet))
            .Bind(7, entry.Peer).Bind(8, Time.Of(entry.ReceivedAt)).Bind(9, entry.Bytes.Length).Bind(12, id)
            .Bind(11, sealer.Seal(new(SealedColumn.DepositBytes, id), entry.SourceId, row.Bytes));
        if (row.Acknowledgement is { } answer) insert.Bind(10, sealer.Seal(new(SealedColumn.DepositAcknowledgement, id), entry.SourceId, answer));
        else insert.BindNull(10);
        if (insert.Run() == 0) return null;
        last = id;
        return id;
    }

    private long Newest()
    {
        newest.Step();
        var id = newest.Int64(0);
        newest.Reset();
        return id;
    }
}
