using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Watching.Judging;

/// <summary>What one suspect did of what one rule counts, within its window; never empty between two calls but after <see cref="Forget"/>.</summary>
internal sealed class Tally
{
    private readonly List<(long Number, DateTimeOffset At, string? PersonId, string? ProviderId)> entries = [];

    public int Count => entries.Count;

    public long Oldest => entries[0].Number;

    public string? ProviderId => entries[0].ProviderId;

    public IReadOnlyList<long> Numbers => [.. entries.Select(entry => entry.Number)];

    public DateTimeOffset From => entries.Min(entry => entry.At);

    public DateTimeOffset Until => entries.Max(entry => entry.At);

    /// <param name="eachPersonOnce">The last entry of each citizen counts.</param>
    public void Add(AuditRecord record, TimeSpan within, bool eachPersonOnce)
    {
        var entry = record.Entry;
        Forget(entry.At, within);
        if (eachPersonOnce) entries.RemoveAll(each => each.PersonId == entry.PersonId);
        entries.Add((record.Number, entry.At, entry.PersonId, entry.ProviderId));
    }

    // A clock that was set back leaves entries ahead of it: they are as far away as those behind, and nothing stays forever.
    public void Forget(DateTimeOffset now, TimeSpan within) => entries.RemoveAll(entry => (now - entry.At).Duration() >= within);
}
