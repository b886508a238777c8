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
        List<ResourceRow> rows = new(commit.Resources.Count);
        List<ReadOnlyMemory<byte>> bodies = new(commit.Resources.Count);
        foreach (var resource in commit.Resources)
        {
            if (resource.Mode == WriteMode.MessageOnly) continue;
            var json = ResourceMeta.Strip(resource.Json);
            rows.Add(ResourceRow.Of(resource, json.Span, commit.PersonId, store.Keys));
            bodies.Add(json);
        }

        var body = rows.Count == 0 ? [] : DepositBody.Pack(bodies);
        var acknowledgement = commit.Acknowledgement is { IsEmpty: false } answer ? Packed.Pack(answer.Span) : null;

        // What waits for the disk holds no resource: the bodies of hundreds of deposits would outlive each collection meanwhile.
        return WriteAsync(commit with { Resources = [], Acknowledgement = null }, acknowledgement, body, rows);
    }

    private Task<Result<DepositId>> WriteAsync(DepositCommit decision, byte[]? acknowledgement, byte[] body, List<ResourceRow> rows) =>
        store.Writer.WriteAsync<DepositId>(
            session =>
            {
                if (decision.Generation is { } generation && generation != session.Generation.Value) return Overtaken("The person index or a joining consent was changed meanwhile");
                if (decision.Rejection?.Code == RejectionCode.IdentityUnderReview && !session.Reviews.IsAwaitedBy(decision.Saga.DepositId))
                    return Overtaken("The review that it would wait for was decided meanwhile");
                int firstEntry;
                try
                {
                    if (session.Sagas.Save(decision, acknowledgement, body, out firstEntry) is { } rejection) return rejection;
                }
                catch (RejectedException refused)
                {
                    return refused.Rejection;
                }

                for (var at = 0; at < rows.Count; at++) session.Resources.Write(rows[at], decision.Saga.DepositId, firstEntry + at, session.Now);
                session.Gathering.Decide(decision, rows);
                foreach (var entry in decision.Audit) session.Audit.Append(entry);
                return decision.Saga.DepositId;
            },
            body.Length + rows.Count * RowOverhead + RowOverhead);

    private static Rejection Overtaken(string detail) => new(RejectionCode.VersionConflict, detail);

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
