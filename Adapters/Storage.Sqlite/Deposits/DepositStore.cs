using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <inheritdoc/>
internal sealed class DepositStore(SqliteStore store) : IDepositStore
{
    private const int RowOverhead = 512;

    public Task<Result<DepositId>> CommitAsync(DepositCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Hashing and packing are done here, on the caller's thread; the writer's thread only writes.
        var rows = commit.Resources.Where(resource => resource.Mode != WriteMode.MessageOnly).Select(resource => ResourceRow.Of(resource, commit.PersonId)).ToArray();
        var body = rows.Length == 0 ? [] : DepositBody.Pack([.. rows.Select(row => row.Json)]);
        var acknowledgement = commit.Acknowledgement is { IsEmpty: false } answer ? Packed.Pack(answer.Span) : null;
        return store.Writer.WriteAsync<DepositId>(
            session =>
            {
                if (session.Sagas.Save(commit, acknowledgement, body, out var firstEntry) is { } rejection) return rejection;
                for (var at = 0; at < rows.Length; at++) session.Resources.Write(rows[at], commit.Saga.DepositId, firstEntry + at, session.Now);
                foreach (var entry in commit.Audit) session.Audit.Append(entry);
                return commit.Saga.DepositId;
            },
            body.Length + rows.Length * RowOverhead + RowOverhead);
    }

    public async Task<DepositSagaState?> LoadSagaAsync(DepositId id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("""
            SELECT d.received_at, s.state, s.version, s.attempts, s.due_at, s.timeline FROM deposit d LEFT JOIN saga s ON s.deposit = d.id WHERE d.id = ?1
            """);
        if (!row.Bind(1, id.Value).Step()) return null;
        var receivedAt = row.Int64(0);
        if (row.IsNull(1)) return new(id, DepositState.Received, 0, 0, null, [new(DepositState.Received, Time.At(receivedAt), null)]);
        return new(
            id, (DepositState)row.Int32(1), row.Int32(2), row.Int32(3), Time.At(row.Int64OrNull(4)), Timeline.Read(row.Blob(5), receivedAt));
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, AuditEntry audit, CancellationToken cancellationToken)
    {
        var packed = Packed.Pack(bytes.Span);
        var written = await store.Writer.WriteAsync<DepositId>(
            session =>
            {
                session.Journal.Repair(id, packed);
                session.Audit.Append(audit);
                return id;
            },
            packed.Length + RowOverhead);
        written.OrThrow();
    }
}
