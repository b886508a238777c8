using System.Globalization;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <inheritdoc/>
/// <remarks>
/// The trail is as long as the hub is old, and only what concerns one person is indexed: an index more would be written with each deposit. Other
/// searches walk it part by part, newest first, and give the reader back after each: identification and consent need readers too.
/// </remarks>
internal sealed class AuditReader(SqliteStore store, TimeProvider clock) : IAuditReader
{
    // Some 50 ms.
    private const int RowsAtOnce = 50_000;

    // Searches that walk the trail at one time, so that most readers are left to the flow.
    private const int Walks = 2;

    // Entries get their time a moment before they get their number: a number belongs to a time by so much.
    private static readonly TimeSpan OutOfOrder = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim walks = new(Walks);

    public async Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT num, hash FROM audit ORDER BY num DESC LIMIT 1");
        return row.Step() ? new(row.Int64(0), row.Blob(1).ToArray(), clock.GetUtcNow()) : new(0, AuditChain.Start(), clock.GetUtcNow());
    }

    public async Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var sql = new StringBuilder(AuditRows.Select).Append(" WHERE a.num > ?1");
        for (var at = 0; at < but.Count; at++)
            sql.Append(CultureInfo.InvariantCulture, $" AND a.action IS NOT (SELECT num FROM symbol WHERE value = ?{at + 3})");
        var rows = reader.Prepare(sql.Append(" ORDER BY a.num LIMIT ?2").ToString()).Bind(1, number).Bind(2, count);
        for (var at = 0; at < but.Count; at++) rows.BindId(at + 3, but[at]);
        return ReadAll(rows);
    }

    public async Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken)
    {
        long first, end;
        AuditConditions? conditions;
        using (var reader = await store.ReadAsync(cancellationToken))
        {
            conditions = AuditConditions.Of(search, reader);
            if (conditions is null) return [];
            (first, end) = Range(search, reader);
            if (search.PersonId is not null) return ReadAll(conditions.Bind(reader, first, end, search.Count));
        }

        await walks.WaitAsync(cancellationToken);
        try
        {
            var found = new List<AuditRecord>();
            for (; first < end && found.Count < search.Count; end -= RowsAtOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var reader = await store.ReadAsync(cancellationToken);
                found.AddRange(ReadAll(conditions.Bind(reader, Math.Max(first, end - RowsAtOnce), end, search.Count - found.Count)));
            }

            return found;
        }
        finally
        {
            walks.Release();
        }
    }

    public async Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(AuditRows.Select + " WHERE a.num = ?1").Bind(1, number);
        return rows.Step() ? AuditRows.Read(rows) : null;
    }

    /// <returns>The first number that can be meant, and the one behind the last.</returns>
    private static (long First, long End) Range(AuditSearch search, Reader reader)
    {
        var newest = reader.Prepare("SELECT coalesce(max(num), 0) FROM audit");
        newest.Step();
        var end = newest.Int64(0) + 1;
        newest.Reset();
        var first = search.From is { } from ? FirstSince(reader, Time.Of(from) - (long)OutOfOrder.TotalMilliseconds, end) : 1;
        if (search.Until is { } until) end = FirstSince(reader, Time.Of(until) + (long)OutOfOrder.TotalMilliseconds, end);
        return (first, search.Before is { } before ? Math.Min(before, end) : end);
    }

    // Numbers follow each other without a gap, and time goes with them.
    private static long FirstSince(Reader reader, long milliseconds, long end)
    {
        var entry = reader.Prepare("SELECT at FROM audit WHERE num >= ?1 ORDER BY num LIMIT 1");
        long low = 1, high = end;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var earlier = entry.Bind(1, middle).Step() && entry.Int64(0) < milliseconds;
            entry.Reset();
            if (earlier) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static List<AuditRecord> ReadAll(Statement rows)
    {
        var records = new List<AuditRecord>();
        while (rows.Step()) records.Add(AuditRows.Read(rows));
        return records;
    }
}
