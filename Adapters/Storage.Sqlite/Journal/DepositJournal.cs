using System.Runtime.CompilerServices;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Journal;

/// <inheritdoc/>
internal sealed class DepositJournal(SqliteStore store, SharedTexts texts) : IDepositJournal
{
    private const int RowOverhead = 256;
    private const int PageOfUnfinished = 500;

    public Task<Result<JournalReceipt>> AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = JournalRow.Of(entry);
        return store.Writer.WriteAsync<JournalReceipt>(
            session =>
            {
                try
                {
                    return session.Journal.Append(row);
                }
                catch (RejectedException refused)
                {
                    return refused.Rejection;
                }
            },
            row.Bytes.Length + RowOverhead, urgent: true);
    }

    /// <summary>Bytes as repaired where they were; source and control id are empty where they could not be told.</summary>
    /// <exception cref="RejectedException">The bytes cannot be opened.</exception>
    public async Task<JournaledDeposit?> ReadAsync(DepositId id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("""
            SELECT source, control_id, message_type, patient_key, character_set, (SELECT bytes FROM repair WHERE deposit = id), received_at, bytes
            FROM deposit WHERE id = ?1
            """);
        if (!row.Bind(1, id.Value).Step()) return null;
        var bytes = row.IsNull(5)
            ? store.Keys.Open(reader.Connection.Handle!, new(SealedColumn.DepositBytes, id.Value), row.Blob(7))
            : store.Keys.Open(reader.Connection.Handle!, new(SealedColumn.RepairBytes, id.Value), row.Blob(5));
        return new(
            id, texts.OfOptional(reader, row.Int64OrNull(0)) ?? "", row.TextOrNull(1) ?? "", texts.Of(reader, row.Int64(2)), row.Text(3),
            texts.OfOptional(reader, row.Int64OrNull(4)), bytes, Time.At(row.Int64(6)));
    }

    public async IAsyncEnumerable<UnfinishedDeposit> UnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Page by page: one long read would keep the write-ahead log from starting again.
        for (long after = 0; ;)
        {
            var page = await UnfinishedPageAsync(after, cancellationToken);
            foreach (var deposit in page) yield return deposit;
            if (page.Count < PageOfUnfinished) yield break;
            after = page[^1].DepositId.Value;
        }
    }

    private async Task<List<UnfinishedDeposit>> UnfinishedPageAsync(long after, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare("""
            SELECT u.deposit, coalesce((SELECT value FROM symbol WHERE num = d.source), ''), d.patient_key, u.state, u.due_at
            FROM unfinished u JOIN deposit d ON d.id = u.deposit WHERE u.deposit > ?1 ORDER BY u.deposit LIMIT ?2
            """).Bind(1, after).Bind(2, PageOfUnfinished);
        var page = new List<UnfinishedDeposit>();
        while (rows.Step())
            page.Add(new(new(rows.Int64(0)), rows.Text(1), rows.Text(2), (DepositState)rows.Int32(3), Time.At(rows.Int64OrNull(4))));
        return page;
    }
}
