using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <inheritdoc/>
internal sealed class AuditTrail(SqliteStore store) : IAuditTrail
{
    private const int RowOverhead = 128;
    private const int RowsAtOnce = 10_000;

    private const string Columns = """
        SELECT a.num, a.hash, a.at, (SELECT value FROM symbol WHERE num = a.actor), (SELECT value FROM symbol WHERE num = a.role),
          (SELECT value FROM symbol WHERE num = a.action), (SELECT value FROM symbol WHERE num = a.person), a.target, a.permitted,
          (SELECT value FROM symbol WHERE num = a.reason)
        FROM audit a
        """;

    /// <exception cref="IOException">The store could not write it: then no data may leave.</exception>
    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Audit.Append(entry);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = personId is null
            ? reader.Prepare(Columns + " ORDER BY a.num DESC LIMIT ?1").Bind(1, count)
            : reader.Prepare(Columns + " WHERE a.person = (SELECT num FROM symbol WHERE value = ?2) ORDER BY a.num DESC LIMIT ?1")
                .Bind(1, count).BindId(2, personId);
        var entries = new List<AuditEntry>();
        while (rows.Step()) entries.Add(Entry(rows));
        return entries;
    }

    /// <summary>Computes the whole chain again.</summary>
    /// <returns>Number of the first row that does not fit the rows before it; null where all fit.</returns>
    public async Task<long?> FindBreakAsync(CancellationToken cancellationToken)
    {
        var previous = AuditChain.Start;
        for (long after = 0; ;)
        {
            using var reader = await store.ReadAsync(cancellationToken);
            var rows = reader.Prepare(Columns + " WHERE a.num > ?1 ORDER BY a.num LIMIT ?2").Bind(1, after).Bind(2, RowsAtOnce);
            var first = after;
            while (rows.Step())
            {
                var number = rows.Int64(0);
                var hash = AuditChain.Next(previous, number, Entry(rows));
                if (number != after + 1 || !rows.Blob(1).SequenceEqual(hash))
                {
                    rows.Reset();
                    return after + 1;
                }

                (previous, after) = (hash, number);
            }

            if (after - first < RowsAtOnce) return null;
        }
    }

    private static AuditEntry Entry(Statement row) => new(
        Time.At(row.Int64(2)), row.Id(3), row.Id(4), row.Id(5), row.IsNull(6) ? null : row.Id(6), row.Text(7), row.Int64(8) == 1, row.Id(9));
}
