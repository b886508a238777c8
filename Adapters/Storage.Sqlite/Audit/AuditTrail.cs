using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <inheritdoc/>
internal sealed class AuditTrail(SqliteStore store) : IAuditTrail
{
    private const int RowOverhead = 128;

    /// <exception cref="IOException">The store could not write it: then no data may leave.</exception>
    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Audit.Append(entry);
                session.Notices.Note(entry);
                return true;
            },
            RowOverhead, urgent: true);
        written.OrThrow();
    }

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = personId is null
            ? reader.Prepare(AuditRows.Select + " ORDER BY a.num DESC LIMIT ?1").Bind(1, count)
            : reader.Prepare(AuditRows.Select + " WHERE a.person = (SELECT num FROM symbol WHERE value = ?2) ORDER BY a.num DESC LIMIT ?1")
                .Bind(1, count).BindId(2, personId);
        var entries = new List<AuditEntry>();
        while (rows.Step()) entries.Add(AuditRows.Read(rows).Entry);
        return entries;
    }
}
