using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <inheritdoc/>
internal sealed class DepositQueries(SqliteStore store, DepositStore sagas, ResourceNumbers numbers) : IDepositQueries
{
    public async Task<IReadOnlyList<DepositSummary>> ListAsync(DepositFilter filter, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return DepositList.Read(reader, filter);
    }

    /// <exception cref="RejectedException">Content of the deposit cannot be opened.</exception>
    public async Task<DepositDetail?> GetAsync(DepositId id, CancellationToken cancellationToken)
    {
        var saga = await sagas.LoadSagaAsync(id, cancellationToken);
        using var reader = await store.ReadAsync(cancellationToken);
        var row = await reader.Connection.QuerySingleOrDefaultAsync<DepositRow>(new CommandDefinition(DepositRow.Detail, new { Id = id.Value }, cancellationToken: cancellationToken));
        if (row is null) return null;
        ReadOnlyMemory<byte>? Open(SealedColumn column, byte[]? stored) => store.Keys.OpenOptional(reader.Connection.Handle!, new(column, id.Value), stored);
        var bytes = store.Keys.Open(reader.Connection.Handle!, new(SealedColumn.DepositBytes, id.Value), row.Bytes);
        IReadOnlyList<DepositedResource> resources = row.Body is null
            ? [] : ReadResources(reader, id, DepositBody.Read(store.Keys.Open(reader.Connection.Handle!, new(SealedColumn.SagaBody, id.Value), row.Body)));
        return new(
            row.Summary(), bytes, Open(SealedColumn.RepairBytes, row.Repaired), row.CharacterSet, Convert.ToHexStringLower(SHA256.HashData(bytes)), row.Peer,
            row.RejectionText, Open(SealedColumn.SagaAcknowledgement, row.Decided) ?? Open(SealedColumn.DepositAcknowledgement, row.Acknowledgement), saga, row.PersonId,
            resources);
    }

    /// <summary>Counts whole minutes: those that the period touches. A deposit counts where it was received.</summary>
    public async Task<IReadOnlyList<SourceCounts>> CountAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare("""
            SELECT (SELECT value FROM symbol WHERE num = t.source), sum(received), sum(delivered), sum(refused), sum(quarantined)
            FROM tally t WHERE minute >= ?1 AND minute < ?2 GROUP BY t.source ORDER BY 1
            """);
        BindMinutes(rows, from, until);
        var counts = new List<SourceCounts>();
        while (rows.Step())
        {
            var (received, delivered, refused, quarantined) = (rows.Int64(1), rows.Int64(2), rows.Int64(3), rows.Int64(4));
            counts.Add(new(
                rows.IsNull(0) ? null : rows.Id(0), received, delivered, refused, quarantined, received - delivered - refused - quarantined));
        }

        return counts;
    }

    /// <inheritdoc cref="CountAsync"/>
    public async Task<IReadOnlyDictionary<RejectionCode, long>> CountRefusalsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare("SELECT code, sum(count) FROM refusal_tally WHERE minute >= ?1 AND minute < ?2 GROUP BY code HAVING sum(count) > 0");
        BindMinutes(rows, from, until);
        var counts = new Dictionary<RejectionCode, long>();
        while (rows.Step()) counts[(RejectionCode)rows.Int32(0)] = rows.Int64(1);
        return counts;
    }

    private static void BindMinutes(Engine.Statement statement, DateTimeOffset from, DateTimeOffset until) =>
        statement.Bind(1, Tallies.MinuteOf(Time.Of(from))).Bind(2, Tallies.MinuteOf(Time.Of(until) + 59_999));

    private List<DepositedResource> ReadResources(Reader reader, DepositId id, DepositBody body)
    {
        var find = reader.Prepare("""
            SELECT coalesce(
              (SELECT version FROM resource WHERE num = ?1 AND deposit = ?2 AND entry = ?3),
              (SELECT version FROM resource_version WHERE resource = ?1 AND deposit = ?2 AND entry = ?3))
            """);
        var resources = new List<DepositedResource>();
        for (var entry = 0; entry < body.Count; entry++)
        {
            var (type, resourceId) = (ResourceName.TypeOf(body[entry].Span), ResourceName.IdOf(body[entry].Span));
            // An entry that equalled the version before made none.
            if (find.Bind(1, numbers.Find(reader, type, resourceId)).Bind(2, id.Value).Bind(3, entry).Step() && !find.IsNull(0))
                resources.Add(new(type, resourceId, find.Int32(0)));
            find.Reset();
        }

        return resources;
    }
}
