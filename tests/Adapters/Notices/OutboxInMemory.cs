using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Tests.Adapters.Notices;

internal sealed class OutboxInMemory : INotices
{
    private readonly Dictionary<long, (PendingNotice Notice, DateTimeOffset DueAt)> waiting = [];

    public List<(long Number, NoticeChannel Channel)> Sent { get; } = [];

    /// <summary>What the next look meets, once.</summary>
    public Exception? Fault { get; set; }

    public DateTimeOffset DueAt(long number) => waiting[number].DueAt;

    public void Add(PendingNotice notice) => waiting[notice.Number] = (notice, notice.AccessedAt);

    public Task<IReadOnlyList<PendingNotice>> DueAsync(DateTimeOffset now, int count, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }

        lock (waiting) return Task.FromResult<IReadOnlyList<PendingNotice>>([.. waiting.Values.Where(each => each.DueAt <= now).Select(each => each.Notice).Take(count)]);
    }

    public Task SentAsync(long number, NoticeChannel channel, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (waiting)
        {
            waiting.Remove(number);
            Sent.Add((number, channel));
        }

        return Task.CompletedTask;
    }

    public Task PostponeAsync(long number, int step, int attempts, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        lock (waiting) waiting[number] = (waiting[number].Notice with { Step = step, Attempts = attempts }, dueAt);
        return Task.CompletedTask;
    }

    public Task<NoticeChoice?> ChoiceAsync(string personId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ChooseAsync(NoticeChoice choice, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeStatus>> ListAsync(string personId, int count, CancellationToken cancellationToken) => throw new NotSupportedException();
}
