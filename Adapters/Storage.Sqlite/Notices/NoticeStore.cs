using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Adapters.Storage.Sqlite.Notices;

/// <inheritdoc/>
/// <exception cref="IOException">The store could not write it; the call can be made again.</exception>
internal sealed class NoticeStore(SqliteStore store) : INotices
{
    private const int RowOverhead = 256;
    private const string ChoiceColumns = "c.channel, c.mobile, c.email, c.postal_address, c.chinese";

    public async Task<IReadOnlyList<PendingNotice>> DueAsync(DateTimeOffset now, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"""
            SELECT n.num, n.key, (SELECT value FROM symbol WHERE num = n.person), (SELECT value FROM symbol WHERE num = n.provider), n.at, n.step, n.attempts, {ChoiceColumns}
            FROM notice n LEFT JOIN notice_choice c ON c.person = coalesce((SELECT q.person FROM person p JOIN notice_choice q ON q.person = p.merged_into WHERE p.num = n.person), n.person)
            WHERE n.sent_at IS NULL AND n.due_at <= ?1 ORDER BY n.due_at, n.num LIMIT ?2
            """).Bind(1, Time.Of(now)).Bind(2, count);
        var due = new List<PendingNotice>();
        while (rows.Step())
        {
            var person = rows.Id(2);
            due.Add(new(
                rows.Int64(0), Convert.ToHexStringLower(rows.Blob(1)), person, rows.Id(3), Time.At(rows.Int64(4)), rows.Int32(5), rows.Int32(6),
                rows.IsNull(7) ? NoticeChoice.Unmade(person) : Choice(rows, person, 7)));
        }

        return due;
    }

    public Task SentAsync(long number, NoticeChannel channel, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(session => session.Notices.Sent(number, channel, at), cancellationToken);

    public Task PostponeAsync(long number, int step, int attempts, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        WriteAsync(session => session.Notices.Postpone(number, step, attempts, dueAt), cancellationToken);

    public Task ChooseAsync(NoticeChoice choice, AuditEntry audit, CancellationToken cancellationToken) => WriteAsync(
        session =>
        {
            session.Notices.Choose(choice);
            session.Audit.Append(audit);
        },
        cancellationToken);

    public async Task<NoticeChoice?> ChoiceAsync(string personId, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"SELECT {ChoiceColumns} FROM notice_choice c WHERE c.person = (SELECT num FROM symbol WHERE value = ?1)").BindId(1, personId);
        return rows.Step() ? Choice(rows, personId, 0) : null;
    }

    public async Task<IReadOnlyList<NoticeStatus>> ListAsync(string personId, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"""
            SELECT (SELECT value FROM symbol WHERE num = n.provider), n.at, n.channel, n.sent_at FROM notice n
            WHERE n.person IN {MergedPersons.WithId} ORDER BY n.num DESC LIMIT ?2
            """).BindId(1, personId).Bind(2, count);
        var notices = new List<NoticeStatus>();
        while (rows.Step())
            notices.Add(new(rows.Id(0), Time.At(rows.Int64(1)), rows.IsNull(2) ? null : (NoticeChannel)rows.Int32(2), Time.At(rows.Int64OrNull(3))));
        return notices;
    }

    private static NoticeChoice Choice(Statement rows, string personId, int first) => new(
        personId, (NoticeChannel)rows.Int32(first), rows.TextOrNull(first + 1), rows.TextOrNull(first + 2), rows.TextOrNull(first + 3), rows.Int64(first + 4) == 1);

    private async Task WriteAsync(Action<WriteSession> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                write(session);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }
}
