using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>Why a person must look at it. Stored as numbers.</summary>
public enum ReviewCause
{
    /// <summary>No identity card number, and no local number that is linked.</summary>
    NoNumber = 1,

    /// <summary>A number that nobody has, one slip from that of a citizen with the same other fields.</summary>
    NearNumber = 2,

    /// <summary>The number is a citizen's, and another field differs.</summary>
    Conflict = 3,

    /// <summary>The source says that two of its numbers are one patient, or are not, and the index knows otherwise.</summary>
    DisputedNumbers = 4,
}

public enum ReviewState
{
    Open = 1,

    /// <summary>What was stated is the person chosen.</summary>
    Linked = 2,

    /// <summary>It is none of the candidates.</summary>
    Dismissed = 3,
}

/// <summary>What a source stated of one patient, as a reviewer sees it.</summary>
/// <param name="Fingerprint">Equal for the same numbers, names, sex and date of birth: what was decided once holds for each message that states the same.</param>
/// <param name="LocalNumbers">Are linked with the person chosen.</param>
public sealed record StatedIdentity(
    string SourceId, string Fingerprint, IReadOnlyList<StatedIdentifier> Identifiers, IReadOnlyList<StatedName> Names, string BirthDate, string Sex, IReadOnlyList<PatientAlias> LocalNumbers);

/// <summary>A question for a registrar.</summary>
/// <param name="Deposits">Which wait for the answer, oldest first.</param>
/// <param name="Candidates">Ids of persons and what each weighed when the question arose, the heaviest first.</param>
public sealed record IdentityReview(
    long Id, ReviewCause Cause, ReviewState State, DateTimeOffset OpenedAt, StatedIdentity Stated, IReadOnlyList<ReviewCandidate> Candidates, IReadOnlyList<DepositId> Deposits,
    ReviewDecision? Decision);

public sealed record ReviewCandidate(string PersonId, double Weight);

/// <param name="PersonId">Null where it is nobody of the index.</param>
/// <param name="Reason">In the registrar's words.</param>
public sealed record ReviewDecision(string? PersonId, string By, DateTimeOffset At, string Reason);

/// <summary>A review that was decided just now.</summary>
/// <param name="Reopened">The deposits that waited for it, oldest first: they are unfinished again.</param>
public sealed record DecidedReview(IdentityReview Review, IReadOnlyList<UnfinishedDeposit> Reopened);

/// <summary>Keeps the review queue.</summary>
public interface IIdentityReviews
{
    /// <summary>Opens a review; where one of that source and fingerprint is there, the deposit is added to it.</summary>
    /// <returns>False where the source has as many open ones as are kept of one.</returns>
    Task<bool> OpenAsync(ReviewCause cause, StatedIdentity stated, IReadOnlyList<ReviewCandidate> candidates, DepositId? deposit, AuditEntry audit, CancellationToken cancellationToken);

    /// <returns>The review of what that source stated so, or null.</returns>
    Task<IdentityReview?> FindAsync(string sourceId, string fingerprint, CancellationToken cancellationToken);

    Task<IdentityReview?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    /// <param name="after">Only those with a greater id.</param>
    Task<IReadOnlyList<IdentityReview>> ListAsync(ReviewState state, long after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Decides. In the same commit the numbers are linked where a person was chosen, even where they were unlinked from that person before; and the deposits
    /// that wait, refused or in quarantine, are unfinished again.
    /// </summary>
    /// <returns>The review as decided; null where it is not open.</returns>
    Task<DecidedReview?> DecideAsync(long id, string? personId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken);

    Task<long> CountAsync(ReviewState state, CancellationToken cancellationToken);
}
