using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Routing.Contracts.Consents;

/// <summary>Why somebody else decides.</summary>
public enum SubstitutionGround
{
    /// <summary>The citizen is under 16: it ends by itself on the 16th birthday.</summary>
    Minor = 1,

    /// <summary>The citizen, of any age from 16, cannot give consent: it ends when it is ended.</summary>
    LackingCapacity = 2,
}

/// <summary>
/// Somebody who gives consents and reads on behalf of a citizen who cannot (Cap. 625: substitute decision maker). Each act is recorded as
/// on behalf of the citizen.
/// </summary>
/// <param name="Id">32 hexadecimal characters; id of the FHIR RelatedPerson.</param>
/// <param name="PersonId">On whose behalf.</param>
/// <param name="DocumentNumber">Identity document of the one who acts, normalised; need not be an eHealth account.</param>
/// <param name="Name">As on that document.</param>
/// <param name="Relationship">HL7 v3 RoleCode: MTH, FTH, PRN, GUARD, SPS, CHILD, SIB, FAMMEMB.</param>
/// <param name="Until">First moment at which it no longer holds: for a minor the 16th birthday in Hong Kong; null for until ended.</param>
/// <param name="EndedAt">When it was ended by an act; null where it was not.</param>
public sealed record SubstituteDecisionMaker(
    string Id, string PersonId, string DocumentNumber, string Name, string Relationship, SubstitutionGround Ground,
    DateTimeOffset From, DateTimeOffset? Until, DateTimeOffset? EndedAt)
{
    public bool ActsAt(DateTimeOffset at) => From <= at && !(Until <= at) && !(EndedAt <= at);
}

/// <summary>Keeps substitute decision makers. A change is durable, and seen by every read that begins later, when its task completes.</summary>
public interface ISubstituteDecisionMakerStore
{
    Task AddAsync(SubstituteDecisionMaker maker, AuditEntry audit, CancellationToken cancellationToken);

    /// <returns>As ended; null where there is none with that id.</returns>
    Task<SubstituteDecisionMaker?> EndAsync(string id, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken);

    Task<SubstituteDecisionMaker?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>All of one citizen, newest first; ended ones too.</summary>
    Task<IReadOnlyList<SubstituteDecisionMaker>> ForPersonAsync(string personId, CancellationToken cancellationToken);
}
