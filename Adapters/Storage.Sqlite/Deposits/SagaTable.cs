using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <summary>Writes saga instances with their decision, and the list of unfinished deposits.</summary>
internal sealed class SagaTable(sqlite3 connection, Symbols symbols, Tallies tallies, Sealer sealer, KeyRing ring)
{
    // A save makes the version 1 higher: what is only journaled is at version 0.
    private const int BeforeJournal = -1;

    private readonly Statement enlist = new(connection, """
        INSERT INTO unfinished (deposit, state, due_at) VALUES (?1, ?2, ?3) ON CONFLICT (deposit) DO UPDATE SET state = excluded.state, due_at = excluded.due_at
        """);
    private readonly Statement finish = new(connection, "DELETE FROM unfinished WHERE deposit = ?1");
    private readonly Statement journaled = new(connection, "SELECT coalesce(source, 0), received_at FROM deposit WHERE id = ?1");
    private readonly Statement load = new(connection, "SELECT state, version, rejection, body FROM saga WHERE deposit = ?1");
    private readonly Statement save = new(connection, """
        INSERT INTO saga (deposit, state, version, attempts, due_at, rejection, rejection_text, person, mapped, carried, dropped, timeline, acknowledgement, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (deposit) DO UPDATE SET state = excluded.state, version = excluded.version, attempts = excluded.attempts, due_at = excluded.due_at,
          rejection = excluded.rejection, rejection_text = excluded.rejection_text, person = excluded.person, mapped = excluded.mapped,
          carried = excluded.carried, dropped = excluded.dropped, timeline = excluded.timeline,
          acknowledgement = coalesce(excluded.acknowledgement, acknowledgement), body = coalesce(excluded.body, body)
        """);

    private readonly Statement decided = new(connection, """
        SELECT (SELECT value FROM symbol WHERE num = d.source), d.patient_key, d.received_at, s.state, s.rejection, s.timeline, coalesce(d.source, 0)
        FROM deposit d JOIN saga s ON s.deposit = d.id WHERE d.id = ?1
        """);
    private readonly Statement reopen = new(connection, "UPDATE saga SET state = ?2, version = version + 1, attempts = 0, due_at = NULL, rejection = NULL, rejection_text = NULL, timeline = ?3 WHERE deposit = ?1");

    /// <summary>Makes a decided deposit unfinished again.</summary>
    /// <param name="from">The states that it may be in.</param>
    /// <returns>Null where it is in none of them: nothing is changed.</returns>
    public UnfinishedDeposit? Reopen(DepositId id, DateTimeOffset at, string note, params ReadOnlySpan<DepositState> from)
    {
        UnfinishedDeposit? reopened = null;
        if (decided.Bind(1, id.Value).Step() && (DepositState)decided.Int32(3) is var state && from.Contains(state))
        {
            var receivedAt = decided.Int64(2);
            List<DepositTransition> timeline = [.. Timeline.Read(decided.Blob(5), receivedAt), new(DepositState.Received, at, note)];
            reopened = new(id, decided.IsNull(0) ? "" : decided.Id(0), decided.Text(1), DepositState.Received, null);
            reopen.Bind(1, id.Value).Bind(2, (int)DepositState.Received).Bind(3, Timeline.Write(timeline, receivedAt)).Run();
            tallies.Count(receivedAt, decided.Int64(6), state, (RejectionCode?)decided.Int64OrNull(4), -1);
            tallies.Count(receivedAt, decided.Int64(6), DepositState.Received, null, 1);
            Await(id, DepositState.Received, null);
        }

        decided.Reset();
        return reopened;
    }

    /// <summary>Puts a deposit on the list of unfinished ones.</summary>
    public void Await(DepositId id, DepositState state, DateTimeOffset? dueAt) =>
        enlist.Bind(1, id.Value).Bind(2, (int)state).Bind(3, Time.Of(dueAt)).Run();

    /// <summary>The instance of a deposit that is refused as it is journaled. Its answer is in the journal row.</summary>
    public void Refuse(DepositId id, JournalEntry entry)
    {
        var state = new DepositSagaState(
            id, DepositState.Refused, BeforeJournal, 0, null,
            [new(DepositState.Received, entry.ReceivedAt, null), new(DepositState.Refused, entry.ReceivedAt, null)]);
        var receivedAt = Time.Of(entry.ReceivedAt);
        Save(new(state, entry.Rejection, null, [], null, null, []), 0, receivedAt, null, []);
        tallies.Count(receivedAt, entry.SourceId is null ? 0 : symbols.Of(entry.SourceId), DepositState.Refused, entry.Rejection?.Code, 1);
    }

    /// <summary>Saves the instance and its decision, if the version is the one it was loaded with.</summary>
    /// <param name="body">Resources written, packed; empty for none.</param>
    /// <param name="firstEntry">Number of the body's first entry within all that the deposit wrote.</param>
    /// <returns>What forbids it, with nothing written; null when saved.</returns>
    /// <exception cref="RejectedException">The body that is to be added to cannot be opened; nothing was written.</exception>
    public Rejection? Save(DepositCommit commit, byte[]? acknowledgement, byte[] body, out int firstEntry)
    {
        firstEntry = 0;
        var saga = commit.Saga;
        if (!journaled.Bind(1, saga.DepositId.Value).Step()) return new(RejectionCode.ResourceNotFound, $"There is no deposit {saga.DepositId}");
        var (source, receivedAt) = (journaled.Int64(0), journaled.Int64(1));
        journaled.Reset();

        if (load.Bind(1, saga.DepositId.Value).Step())
        {
            var (state, version, code) = ((DepositState)load.Int32(0), load.Int32(1), (RejectionCode?)load.Int64OrNull(2));
            try
            {
                if (version == saga.Version && body.Length > 0 && !load.IsNull(3))
                {
                    var before = DepositBody.Read(ring.Open(connection, new(SealedColumn.SagaBody, saga.DepositId.Value), load.Blob(3)));
                    firstEntry = before.Count;
                    body = DepositBody.Join(before, DepositBody.Read(Packed.Unpack(body)));
                }
            }
            finally
            {
                // Left open, it would take no values for the next deposit.
                load.Reset();
            }

            if (version != saga.Version) return Conflict(saga);
            tallies.Count(receivedAt, source, state, code, -1);
        }
        else if (saga.Version != 0)
        {
            return Conflict(saga);
        }

        Save(commit, source, receivedAt, acknowledgement, body);
        tallies.Count(receivedAt, source, saga.State, commit.Rejection?.Code, 1);
        if (saga.State is DepositState.Received or DepositState.AwaitingRetry) Await(saga.DepositId, saga.State, saga.DueAt);
        else finish.Bind(1, saga.DepositId.Value).Run();
        return null;
    }

    private static Rejection Conflict(DepositSagaState saga) =>
        new(RejectionCode.VersionConflict, $"Deposit {saga.DepositId} was saved by another meanwhile");

    private void Save(DepositCommit commit, long source, long receivedAt, byte[]? acknowledgement, byte[] body)
    {
        var saga = commit.Saga;
        save.Bind(1, saga.DepositId.Value).Bind(2, (int)saga.State).Bind(3, saga.Version + 1).Bind(4, saga.Attempts).Bind(5, Time.Of(saga.DueAt))
            .Bind(6, (long?)commit.Rejection?.Code).Bind(7, RejectionText.Write(commit.Rejection)).Bind(8, symbols.OfOptional(commit.PersonId))
            .Bind(9, commit.Ledger?.Mapped).Bind(10, commit.Ledger?.Carried).Bind(11, commit.Ledger?.Dropped)
            .Bind(12, Timeline.Write(saga.Timeline, receivedAt));
        if (acknowledgement is null) save.BindNull(13);
        else save.Bind(13, sealer.Seal(new(SealedColumn.SagaAcknowledgement, saga.DepositId.Value), source, acknowledgement));
        if (body.Length == 0) save.BindNull(14);
        else save.Bind(14, sealer.Seal(new(SealedColumn.SagaBody, saga.DepositId.Value), source, body));
        save.Run();
    }
}
