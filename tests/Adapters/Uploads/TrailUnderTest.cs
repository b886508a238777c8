using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>An audit trail whose caller can hang up in the moment in which an entry is about to be written.</summary>
internal sealed class TrailUnderTest : IAuditTrail
{
    private readonly CancellationTokenSource caller = new();

    public List<AuditEntry> Entries { get; } = [];

    public bool CallerHangsUp { get; set; }

    public CancellationToken Caller => caller.Token;

    /// <summary>Called before each entry is written.</summary>
    public Action Recording { get; set; } = () => { };

    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (CallerHangsUp) await caller.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        Recording();
        Entries.Add(entry);
    }

    public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditEntry>>(Entries);
}
