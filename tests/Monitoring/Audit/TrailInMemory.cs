using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Tests.Monitoring.Audit;

/// <summary>A trail whose entries the test writes.</summary>
internal sealed class TrailInMemory : IAuditReader
{
    private readonly List<AuditRecord> records = [];

    /// <summary>What the next reading of entries meets, once.</summary>
    public Exception? Fault { get; set; }

    public void Add(AuditEntry entry)
    {
        lock (records) records.Add(new(records.Count + 1, entry));
    }

    public Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken)
    {
        lock (records) return Task.FromResult(new AuditCheckpoint(records.Count, new byte[32], DateTimeOffset.UnixEpoch));
    }

    public Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }

        lock (records)
            return Task.FromResult<IReadOnlyList<AuditRecord>>([.. records.Where(record => record.Number > number && !but.Contains(record.Entry.Action)).Take(count)]);
    }

    public Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken) => throw new NotSupportedException();
}
