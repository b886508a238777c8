using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class AuditInMemory(CallOrder order) : IAuditTrail, IAuditReader
{
    public List<AuditEntry> Entries { get; } = [];

    /// <summary>Thrown at each entry while it is set.</summary>
    public Exception? Fault { get; set; }

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        order.Note("audit");
        if (Fault is not null) throw Fault;
        lock (Entries) Entries.Add(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. Entries.Where(entry => personId is null || entry.PersonId == personId).Reverse().Take(count)]);

    public Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken)
    {
        order.Note("trail");
        return Task.FromResult<IReadOnlyList<AuditRecord>>([.. Entries.Select((entry, at) => new AuditRecord(at + 1, entry)).Reverse()
            .Where(record => search.PersonId is null || record.Entry.PersonId == search.PersonId)
            .Where(record => search.Actor is null || record.Entry.Actor == search.Actor)
            .Where(record => search.Actions?.Contains(record.Entry.Action) is not false)
            .Where(record => search.Permitted is null || record.Entry.Permitted == search.Permitted)
            .Where(record => !(record.Entry.At < search.From) && !(record.Entry.At >= search.Until) && !(record.Number >= search.Before))
            .Take(search.Count)]);
    }

    public Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken) =>
        Task.FromResult(number >= 1 && number <= Entries.Count ? new AuditRecord(number, Entries[(int)number - 1]) : null);
}
