using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;

/// <inheritdoc/>
internal sealed class WorklistStore(SqliteStore store) : IWorklistStore
{
    private static readonly string ByNumber = StoredRows.Current("r.num = ?1");

    // A source tells of a patient under each of his numbers: the one it spoke of last.
    private static readonly string PatientOf = StoredRows.Current("""
        r.num = (SELECT p.num FROM resource p JOIN deposit d ON d.id = p.deposit
          WHERE p.person = (SELECT person FROM resource WHERE num = ?1) AND p.type = (SELECT num FROM symbol WHERE value = 'Patient') AND d.source = ?2
          ORDER BY p.deposit DESC LIMIT 1)
        """);

    /// <exception cref="EHealthPlus.Routing.Contracts.Rejections.RejectedException">Sealed content of an order does not open.</exception>
    public async Task<IReadOnlyList<OpenOrder>> OpenAsync(
        IReadOnlyList<string> sourceIds, DateTimeOffset from, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        if (sourceIds.Count == 0) return [];
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"""
            SELECT w.resource, w.source, w.study_uid, w.state, w.start, w.step_id FROM worklist w JOIN resource r ON r.num = w.resource
            WHERE w.state < 3 AND w.start >= ?1 AND w.start < ?2 AND r.person > 0 AND r.status = (SELECT num FROM symbol WHERE value = 'active')
              AND w.source IN (SELECT num FROM symbol WHERE value IN ({string.Join(", ", sourceIds.Select((_, at) => $"?{at + 4}"))}))
            ORDER BY w.start, w.resource, w.step_id LIMIT ?3
            """).Bind(1, Time.Of(from)).Bind(2, Time.Of(until)).Bind(3, most);
        for (var at = 0; at < sourceIds.Count; at++) rows.BindId(at + 4, sourceIds[at]);
        var found = new List<(long Order, long Source, string? Step, string Study, StepState State, DateTimeOffset Start)>();
        while (rows.Step()) found.Add((rows.Int64(0), rows.Int64(1), rows.Text(5) is { Length: > 0 } number ? number : null, rows.Text(2), (StepState)rows.Int32(3), Time.At(rows.Int64(4))));

        var resources = new StoredRows(reader, store.Keys);
        var orders = new List<OpenOrder>(found.Count);
        foreach (var (order, source, step, study, state, start) in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(resources, reader.Prepare(ByNumber).Bind(1, order)) is not { } request) continue;
            orders.Add(new(request, Read(resources, reader.Prepare(PatientOf).Bind(1, order).Bind(2, source)), step, study, state, start));
        }

        return orders;
    }

    private static StoredResource? Read(StoredRows resources, Statement row)
    {
        var resource = row.Step() ? resources.Read(row) : null;
        row.Reset();
        return resource;
    }
}
