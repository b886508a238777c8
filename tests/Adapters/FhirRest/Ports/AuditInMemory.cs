using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class AuditInMemory(CallOrder order) : IAuditTrail
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
}
