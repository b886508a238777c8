using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>Gives and revokes consents, once each however often it is asked.</summary>
internal sealed class ConsentDesk(IConsentStore consents, RecordGate gate, TimeProvider clock)
{
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(HongKong).DateTime);

    /// <summary>May this principal act for this person? The refusal is recorded.</summary>
    /// <param name="person">Null where nobody is known: a citizen is then told the same as for another's.</param>
    /// <returns>Null where it may.</returns>
    public async Task<Rejection?> RefuseAsync(AccessPrincipal principal, string? documentNumber, Person? person, string action, string target, CancellationToken cancellationToken)
    {
        var refusal = principal.Role switch
        {
            Role.Registrar => null,
            Role.Citizen when documentNumber is not null && string.Equals(documentNumber, principal.DocumentNumber, StringComparison.OrdinalIgnoreCase) => null,
            Role.Citizen => new Rejection(RejectionCode.NotOwnRecord, "A citizen acts for nobody else here"),
            _ => new Rejection(RejectionCode.RoleNotPermitted, "Registrars and citizens record enrolments and consents"),
        };
        if (refusal is null) return null;
        return await RecordRefusalAsync(principal, action, person?.Id, target, refusal, cancellationToken) ?? refusal;
    }

    /// <returns>Rejection StoreUnavailable where it could not be recorded.</returns>
    public Task<Rejection?> RecordRefusalAsync(
        AccessPrincipal principal, string action, string? personId, string target, Rejection refusal, CancellationToken cancellationToken) =>
        gate.RecordAsync(Entry(principal, action, personId, target, $"{(int)refusal.Code} {refusal.Code}") with { Permitted = false }, cancellationToken);

    /// <summary>Records an answer that changed nothing: it tells data all the same.</summary>
    /// <returns>Rejection StoreUnavailable where it could not be recorded.</returns>
    public Task<Rejection?> RecordUnchangedAsync(
        AccessPrincipal principal, string action, string personId, string target, CancellationToken cancellationToken) =>
        gate.RecordAsync(Entry(principal, action, personId, target, "changed nothing: it was so already"), cancellationToken);

    /// <summary>A consent of the same kind, provider and end that is in force already is that consent.</summary>
    /// <returns>The consent, and whether it is new. Rejection StoreUnavailable.</returns>
    public async Task<Result<(Consent Consent, bool Created)>> GiveAsync(
        AccessPrincipal principal, Person person, ConsentBody body, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        DateTimeOffset? expires = body.OneYear ? new DateTimeOffset(Today.AddYears(1).ToDateTime(TimeOnly.MinValue), HongKong) : null;
        var given = await consents.ForPersonAsync(person.Id, cancellationToken);
        if (given.FirstOrDefault(consent => IsSame(consent, body.Kind, body.ProviderId) && consent.InForceAt(at) && consent.ExpiresAt == expires) is { } standing)
        {
            var unaudited = await RecordUnchangedAsync(principal, "consent-give", person.Id, $"Consent/{standing.Id}", cancellationToken);
            return unaudited is not null ? unaudited : (standing, false);
        }

        var consent = new Consent(Guid.NewGuid().ToString("N"), person.Id, body.Kind, body.ProviderId, at, expires, null);
        var target = $"Consent/{consent.Id}";
        await consents.AddAsync(
            consent, Entry(principal, "consent-give", person.Id, target, $"{ConsentResource.CodeOf(body.Kind)} consent recorded"), cancellationToken);
        return (consent, true);
    }

    /// <summary>
    /// Revokes. A citizen who revokes means the provider, not one of several papers: every other consent in force
    /// of that kind to that provider goes first, so that a failure between leaves the named one to be revoked again.
    /// </summary>
    /// <returns>The consent as revoked. Rejection StoreUnavailable.</returns>
    public async Task<Result<Consent>> RevokeAsync(AccessPrincipal principal, Consent named, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var standing = (await consents.ForPersonAsync(named.PersonId, cancellationToken))
            .Where(consent => IsSame(consent, named.Kind, named.ProviderId) && consent.InForceAt(at))
            .OrderBy(consent => consent.Id == named.Id)
            .ToList();
        if (standing.Count == 0 && await RecordUnchangedAsync(principal, "consent-revoke", named.PersonId, $"Consent/{named.Id}", cancellationToken) is { } unaudited)
        {
            return unaudited;
        }

        foreach (var consent in standing)
        {
            var entry = Entry(principal, "consent-revoke", consent.PersonId, $"Consent/{consent.Id}", $"{ConsentResource.CodeOf(consent.Kind)} consent revoked");
            await consents.RevokeAsync(consent.Id, at, entry, cancellationToken);
        }

        return await consents.GetAsync(named.Id, cancellationToken) ?? named;
    }

    private static bool IsSame(Consent consent, ConsentKind kind, string? providerId) => consent.Kind == kind && consent.ProviderId == providerId;

    private AuditEntry Entry(AccessPrincipal principal, string action, string? personId, string target, string reason) =>
        AuditEntry.By(principal, clock.GetUtcNow(), action, personId, target, true, reason);
}
