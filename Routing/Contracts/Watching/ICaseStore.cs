using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Watching;

/// <summary>Conduct that broke a rule just now.</summary>
/// <param name="Evidence">Numbers of the audit entries, ascending; at least one.</param>
/// <param name="From">Earliest time of an entry.</param>
/// <param name="Until">Latest time of an entry.</param>
public sealed record Suspicion(
    int Rule, SuspectKind Kind, string Suspect, string? ProviderId, IReadOnlyList<long> Evidence, DateTimeOffset From, DateTimeOffset Until);

/// <summary>How far the audit trail is judged.</summary>
/// <param name="Judged">Number of the last entry that was judged.</param>
/// <param name="Remembered">Number of the oldest entry that some rule still counts on; one more than Judged where there is none.</param>
public sealed record WatchPosition(long Judged, long Remembered);

/// <summary>Keeps the cases, and how far the trail is judged.</summary>
public interface ICaseStore
{
    /// <summary>Entries that a case names; those beyond are only counted.</summary>
    public const int MostEvidence = 1000;

    /// <summary>A store that never watched begins behind the entries that it has.</summary>
    Task<WatchPosition> PositionAsync(CancellationToken cancellationToken);

    /// <summary>The last entry that each suspect's cases of each rule rest on, of the cases with entries from a number on.</summary>
    Task<IReadOnlyDictionary<(int Rule, string Suspect), long>> LastEvidenceAsync(long from, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps position and suspicions in one commit, each new case with its audit entry. A suspicion goes to the case of the same rule and
    /// suspect that is not closed, and makes a new one where there is none.
    /// </summary>
    /// <exception cref="IOException">The store could not write it: nothing was kept.</exception>
    Task KeepAsync(WatchPosition position, IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken);

    /// <param name="state">Null for all that are not closed.</param>
    /// <param name="before">Cases with lower numbers; null for the newest.</param>
    /// <returns>Newest first.</returns>
    Task<IReadOnlyList<Case>> ListAsync(CaseState? state, long? before, int count, CancellationToken cancellationToken);

    Task<long> CountAsync(CaseState state, CancellationToken cancellationToken);

    Task<CaseDetail?> GetAsync(long number, CancellationToken cancellationToken);

    /// <summary>Keeps the act with its audit entry, in one commit.</summary>
    /// <returns>Rejections ResourceNotFound and CaseClosed.</returns>
    /// <exception cref="IOException">The store could not write it.</exception>
    Task<Result<bool>> ActAsync(long number, CaseAct act, AuditEntry audit, CancellationToken cancellationToken);
}
