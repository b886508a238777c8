using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Identity;

public enum AdministrativeSex { Unknown = 0, Female = 1, Male = 2, Other = 3 }

/// <summary>A citizen in the Person Master Index: the four index fields, and the names beside the first.</summary>
/// <param name="Id">Id of the citizen's Patient resource: 32 hexadecimal characters.</param>
/// <param name="DocumentNumber">HKID without brackets, A1234563.</param>
/// <param name="FamilyName">In Latin letters as on the document.</param>
/// <param name="ChineseName">Or empty.</param>
public sealed record Person(
    string Id, string DocumentNumber, string FamilyName, string GivenName, string ChineseName, AdministrativeSex Sex, DateOnly BirthDate,
    DateTimeOffset EnrolledAt);

/// <summary>What is stated when a citizen enrols.</summary>
public sealed record Enrolment(
    string DocumentNumber, string FamilyName, string GivenName, string ChineseName, AdministrativeSex Sex, DateOnly BirthDate);

/// <summary>A local patient number of a source, linked to a person when a message once named both.</summary>
public sealed record PatientAlias(string SourceId, string AssigningAuthority, string Value);

/// <summary>Numbers that go up in a person, as the MRG behind one PID states them.</summary>
public sealed record NumberMerge(Person Survivor, IReadOnlyList<StatedIdentifier> Prior);

/// <summary>Matches patients as stated to persons. Deterministic: it never links on a conflict.</summary>
public interface IPersonIndex
{
    /// <summary>Finds the person that all four index fields agree on, or whom an earlier message linked to the local number.</summary>
    /// <returns>Rejections 401 to 406.</returns>
    Task<Result<Person>> MatchAsync(string sourceId, PatientAsStated stated, CancellationToken cancellationToken);

    /// <summary>Opens an account and records the joining consent, in one commit.</summary>
    /// <param name="actor">Who did it, for the audit.</param>
    /// <returns>Rejections 402, 404 to 407. Enrolling the same person with the same four fields again gives that person (407 only where joining consent stands and <paramref name="repeatAccepted"/> is false).</returns>
    Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, bool repeatAccepted, CancellationToken cancellationToken);

    /// <summary>The patient as stated, read as an enrolment (ADT^A28).</summary>
    Result<Enrolment> ReadEnrolment(PatientAsStated stated);

    /// <summary>Whom numbers alone name, as those of an MRG. They link nothing.</summary>
    /// <returns>The person; null where no number is known. Rejection IdentityConflict where they name different persons.</returns>
    Task<Result<Person?>> FindAsync(string sourceId, IReadOnlyList<StatedIdentifier> numbers, CancellationToken cancellationToken);

    /// <summary>Moves prior numbers (MRG-1) to the surviving persons: all of them, or none.</summary>
    /// <returns>Rejection MergeConflict where some belong to another person; null when done.</returns>
    Task<Rejection?> MergeAsync(string sourceId, IReadOnlyList<NumberMerge> merges, CancellationToken cancellationToken);
}

/// <summary>Where persons and their local numbers are kept.</summary>
public interface IPersonStore
{
    Task<Person?> GetAsync(string id, CancellationToken cancellationToken);

    /// <returns>The person with that normalised document number, or null.</returns>
    Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken);

    Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken);

    /// <returns>False where the document number is taken already.</returns>
    Task<bool> AddAsync(Person person, Consents.Consent joining, Audit.AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Links; what is linked to that person already stays.</summary>
    Task LinkAsync(string personId, IReadOnlyList<PatientAlias> aliases, CancellationToken cancellationToken);

    Task<long> CountAsync(CancellationToken cancellationToken);
}
