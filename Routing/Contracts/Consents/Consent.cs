using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Routing.Contracts.Consents;

public enum ConsentKind
{
    /// <summary>Opens the account: data may be deposited (Cap. 625 section 6).</summary>
    Joining = 1,

    /// <summary>Lets one provider obtain data (Cap. 625 section 12): for one year or without end.</summary>
    Sharing = 2,
}

/// <summary>One consent, as given. It ends when it is revoked, or on the day it expires.</summary>
/// <param name="Id">32 hexadecimal characters; id of the FHIR Consent.</param>
/// <param name="ProviderId">Whom a sharing consent is given to; null for joining.</param>
/// <param name="ExpiresAt">Null for an indefinite consent.</param>
/// <param name="SubstituteDecisionMakerId">Who gave it on behalf of the citizen; null where the citizen did.</param>
public sealed record Consent(
    string Id, string PersonId, ConsentKind Kind, string? ProviderId, DateTimeOffset GivenAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    string? SubstituteDecisionMakerId = null)
{
    public bool InForceAt(DateTimeOffset at) => GivenAt <= at && !(ExpiresAt <= at) && !(RevokedAt <= at);
}

/// <summary>Keeps consents. A change is durable, and seen by every read that begins later, when its task completes.</summary>
public interface IConsentStore
{
    Task AddAsync(Consent consent, AuditEntry audit, CancellationToken cancellationToken);

    /// <returns>The consent as revoked; null where there is none with that id.</returns>
    Task<Consent?> RevokeAsync(string consentId, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken);

    Task<Consent?> GetAsync(string consentId, CancellationToken cancellationToken);

    /// <summary>All of one person, newest first; ended ones too.</summary>
    Task<IReadOnlyList<Consent>> ForPersonAsync(string personId, CancellationToken cancellationToken);
}
