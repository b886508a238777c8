using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Adapters.Storage.Sqlite.Terminology;

/// <inheritdoc/>
internal sealed class UnmappedCodes(SqliteStore store) : IUnmappedCodes
{
    private const int RowBytes = 128;

    private const string Columns = "SELECT (SELECT value FROM symbol WHERE num = u.source), u.field, u.v2_table, u.code, u.system, u.count, u.first_seen, u.last_seen, u.example FROM unmapped_code u ";

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task AddAsync(IReadOnlyCollection<UnmappedCodeCount> counts, CancellationToken cancellationToken) =>
        WriteAsync(session => session.UnmappedCodes.Add(counts), counts.Count, cancellationToken);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task ForgetAsync(string sourceId, IReadOnlyCollection<UnmappedCode> codes, CancellationToken cancellationToken) =>
        WriteAsync(session => session.UnmappedCodes.Forget(sourceId, codes), codes.Count, cancellationToken);

    public async Task<IReadOnlyList<UnmappedCodeCount>> ListAsync(string? sourceId, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = sourceId is null
            ? reader.Prepare(Columns + "ORDER BY u.count DESC, u.source, u.field, u.code LIMIT ?1").Bind(1, count)
            : reader.Prepare(Columns + "WHERE u.source = (SELECT num FROM symbol WHERE value = ?2) ORDER BY u.count DESC, u.field, u.code LIMIT ?1").Bind(1, count).BindId(2, sourceId);
        return ReadAll(rows);
    }

    private static List<UnmappedCodeCount> ReadAll(Statement rows)
    {
        var counts = new List<UnmappedCodeCount>();
        while (rows.Step())
            counts.Add(new(
                rows.Id(0), new(rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4)), rows.Int64(5), Time.At(rows.Int64(6)), Time.At(rows.Int64(7)),
                new DepositId(rows.Int64(8))));
        return counts;
    }

    private async Task WriteAsync(Action<WriteSession> write, int rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                write(session);
                return true;
            },
            rows * RowBytes);
        written.OrThrow();
    }
}
