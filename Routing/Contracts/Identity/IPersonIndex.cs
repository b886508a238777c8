using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>Matches patients as stated to persons. By rule only: it never links on a conflict, and what is merely likely waits for a person.</summary>
public interface IPersonIndex
{
    /// <summary>
    /// Finds the person that all four index fields agree on, or whom an earlier message linked to the local number, or whom a registrar
    /// chose for exactly this statement. Where it cannot tell and somebody could, a review is opened.
    /// </summary>
    /// <param name="deposit">Is added to the review; null where none may be opened.</param>
    /// <returns>Rejections 401 to 406, 409 where a registrar will decide, 410.</returns>
    Task<Result<Person>> MatchAsync(string sourceId, PatientAsStated stated, DepositId? deposit, CancellationToken cancellationToken);

    /// <summary>Opens an account and records the joining consent, in one commit.</summary>
    /// <param name="actor">Who did it, for the audit.</param>
    /// <param name="role">In which role.</param>
    /// <returns>
    /// Rejections 402, 404 to 407. Enrolling the same person with the same four fields again gives that person (407 only where joining consent
    /// stands and <paramref name="repeatAccepted"/> is false). One field may differ where it is better assured now: it is replaced.
    /// </returns>
    Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, Role role, bool repeatAccepted, CancellationToken cancellationToken);

    /// <summary>Takes the better assured fields that a source states of a person who has an account; opens none.</summary>
    /// <returns>Rejections 402, 403, 404.</returns>
    Task<Result<Person>> AmendAsync(Enrolment enrolment, string actor, CancellationToken cancellationToken);

    /// <summary>The patient as stated, read as an enrolment (ADT^A28).</summary>
    Result<Enrolment> ReadEnrolment(PatientAsStated stated);

    /// <summary>Whom numbers alone name, as those of an MRG. They link nothing.</summary>
    /// <returns>The person; null where no number is known. Rejection IdentityConflict where they name different persons.</returns>
    Task<Result<Person?>> FindAsync(string sourceId, IReadOnlyList<StatedIdentifier> numbers, CancellationToken cancellationToken);

    /// <summary>Moves prior numbers (MRG-1) to the surviving persons: all of them, or none.</summary>
    /// <returns>Rejection MergeConflict where some belong to another person; null when done.</returns>
    Task<Rejection?> MergeAsync(string sourceId, IReadOnlyList<NumberMerge> merges, CancellationToken cancellationToken);

    /// <summary>
    /// Links the local numbers of a statement that names no card number to a person whom its source says it is (ADT^A24). A review that is open
    /// about the same statement closes with it. May be repeated: what a crash left half done is done then.
    /// </summary>
    /// <returns>False, and nothing is linked, where it names a card number, or name, sex or date of birth do not agree.</returns>
    Task<bool> LinkAsync(string sourceId, PatientAsStated stated, Person person, CancellationToken cancellationToken);

    /// <summary>
    /// Takes apart what a source linked (ADT^A37): a statement that names no card number, and shares its person with the other, loses its
    /// local numbers. Where both or neither name the card number, a registrar decides.
    /// </summary>
    /// <returns>Rejection IdentityUnderReview; null when done, or when there was nothing to do.</returns>
    Task<Rejection?> UnlinkAsync(string sourceId, IReadOnlyList<(PatientAsStated Stated, Person Person)> patients, DepositId deposit, CancellationToken cancellationToken);

    /// <summary>Who could be meant, the likeliest first. Links nothing, and opens no review.</summary>
    Task<IReadOnlyList<Candidate>> FindCandidatesAsync(PatientAsStated stated, int most, CancellationToken cancellationToken);

    /// <summary>Compares a statement with one person, for a reviewer.</summary>
    Candidate Compare(StatedIdentity stated, Person person);
}
