namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>An entry with its place in the chain: 1, 2, 3 and so on.</summary>
public sealed record AuditRecord(long Number, AuditEntry Entry);

/// <summary>What entries are asked for; a condition that is null asks for all.</summary>
/// <param name="From">From this time on.</param>
/// <param name="Until">Before this time.</param>
/// <param name="Before">Entries with lower numbers: the last number of the page before.</param>
public sealed record AuditSearch(
    string? PersonId = null, string? Actor = null, string? ProviderId = null, IReadOnlyList<string>? Actions = null, bool? Permitted = null,
    DateTimeOffset? From = null, DateTimeOffset? Until = null, long? Before = null, int Count = 100);

/// <summary>Reads the audit trail for those who watch it.</summary>
public interface IAuditReader
{
    /// <summary>The newest entry's number and hash: what a checkpoint vouches for.</summary>
    Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Entries after a number, oldest first.</summary>
    /// <param name="but">Actions that are left out.</param>
    Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken);

    Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken);
}
