using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>Gives and revokes consents, once each however often it is asked.</summary>
internal sealed class ConsentDesk(IConsentStore consents, IPersonStore persons, ISubstituteDecisionMakerStore substitutes, RecordGate gate, TimeProvider clock)
{
    private const int AgeOfConsent = 16;

    public DateOnly Today => HongKongDay.Of(clock.GetUtcNow());

    public static DateOnly SixteenthBirthday(Person person) => HongKongDay.Anniversary(person.BirthDate, AgeOfConsent);

    /// <summary>Under 16: somebody else decides.</summary>
    public bool IsMinor(Person person) => Today < SixteenthBirthday(person);

    /// <summary>The citizen whom a body names: by Patient/ID of the index, or by identity card number. Of a merged person the survivor, whose consents count.</summary>
    public async Task<Person?> PersonAsync(FhirRequest request, string? reference, string? documentNumber, CancellationToken cancellationToken)
    {
        if (documentNumber is not null) return await persons.FindByDocumentAsync(documentNumber, cancellationToken);
        if (reference!.StartsWith(request.BaseUrl + "/", StringComparison.Ordinal)) reference = reference[(request.BaseUrl.Length + 1)..];
        var id = reference.StartsWith("Patient/", StringComparison.Ordinal) ? reference["Patient/".Length..] : "";
        var named = FhirRequest.IsId(id) ? await persons.GetAsync(id, cancellationToken) : null;
        return named?.MergedInto is { } survivor ? await persons.GetAsync(survivor, cancellationToken) : named;
    }

    /// <summary>By whose authority a principal gives or revokes a consent of this person. A refusal is recorded.</summary>
    /// <param name="substituteId">Whom the body names as the one who decides; null for the citizen.</param>
    /// <returns>
    /// The substitute decision maker, or none for the citizen's own act. Rejections NotOwnRecord, RoleNotPermitted, SubstituteDecisionMakerNeeded
    /// (the citizen is under 16), SubstituteDecisionMakerEnded, SubstituteDecisionMakerInvalid (it is nobody's, or another's).
    /// </returns>
    public async Task<Result<Authority>> AuthorityAsync(
        AccessPrincipal principal, Person person, string? substituteId, string action, string target, CancellationToken cancellationToken)
    {
        var own = string.Equals(principal.DocumentNumber, person.DocumentNumber, StringComparison.OrdinalIgnoreCase);
        var result = principal.Role switch
        {
            Role.Citizen when own => IsMinor(person) ? Needed : new Authority(null),
            Role.Citizen => Acting(await substitutes.ForPersonAsync(person.Id, cancellationToken), maker => string.Equals(maker.DocumentNumber, principal.DocumentNumber, StringComparison.OrdinalIgnoreCase), Elsewhere),
            Role.Registrar when substituteId is not null => Acting(await substitutes.ForPersonAsync(person.Id, cancellationToken), maker => maker.Id == substituteId, NotOfPerson),
            Role.Registrar => IsMinor(person) ? Needed : new Authority(null),
            _ => Stranger,
        };
        if (result.Accepted) return result;
        return await RecordRefusalAsync(principal, action, person.Id, target, result.Rejection, cancellationToken);
    }

    private Result<Authority> Acting(IReadOnlyList<SubstituteDecisionMaker> makers, Func<SubstituteDecisionMaker, bool> isMeant, Rejection nobody)
    {
        var at = clock.GetUtcNow();
        var meant = makers.Where(isMeant).ToList();
        if (meant.Find(maker => maker.ActsAt(at)) is { } acting) return new Authority(acting);
        return meant.Count == 0 ? nobody : new Rejection(RejectionCode.SubstituteDecisionMakerEnded, "The authority to act for this citizen has ended", null, "代表此市民的權限已終止");
    }

    /// <summary>May this principal act for this person? The refusal is recorded.</summary>
    /// <param name="person">Null where nobody is known: a citizen is then told the same as for another's.</param>
    /// <returns>Null where it may.</returns>
    public async Task<Rejection?> RefuseAsync(AccessPrincipal principal, string? documentNumber, Person? person, string action, string target, CancellationToken cancellationToken)
    {
        var refusal = principal.Role switch
        {
            Role.Registrar => null,
            Role.Citizen when documentNumber is not null && string.Equals(documentNumber, principal.DocumentNumber, StringComparison.OrdinalIgnoreCase) => null,
            Role.Citizen => Elsewhere,
            _ => Stranger,
        };
        return refusal is null ? null : await RecordRefusalAsync(principal, action, person?.Id, target, refusal, cancellationToken);
    }

    /// <returns>What to answer: the refusal, or StoreUnavailable where it could not be recorded.</returns>
    public async Task<Rejection> RecordRefusalAsync(
        AccessPrincipal principal, string action, string? personId, string target, Rejection refusal, CancellationToken cancellationToken) =>
        await gate.RecordAsync(Entry(principal, action, personId, target, $"{(int)refusal.Code} {refusal.Code}") with { Permitted = false }, cancellationToken) ?? refusal;

    /// <summary>Records an answer that changed nothing: it tells data all the same.</summary>
    /// <returns>Rejection StoreUnavailable where it could not be recorded.</returns>
    public Task<Rejection?> RecordUnchangedAsync(
        AccessPrincipal principal, string action, string personId, string target, CancellationToken cancellationToken) =>
        gate.RecordAsync(Entry(principal, action, personId, target, "changed nothing: it was so already"), cancellationToken);

    /// <summary>A consent of the same kind, provider and end that is in force already is that consent.</summary>
    /// <returns>The consent, and whether it is new. Rejection StoreUnavailable.</returns>
    public async Task<Result<(Consent Consent, bool Created)>> GiveAsync(
        AccessPrincipal principal, Person person, ConsentBody body, Authority authority, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        DateTimeOffset? expires = body.OneYear ? HongKongDay.StartOf(HongKongDay.Anniversary(Today, 1)) : null;
        var given = await consents.ForPersonAsync(person.Id, cancellationToken);
        if (given.FirstOrDefault(consent => IsSame(consent, body.Kind, body.ProviderId) && consent.InForceAt(at) && consent.ExpiresAt == expires) is { } standing)
        {
            var unaudited = await RecordUnchangedAsync(principal, AuditAction.ConsentGive, person.Id, $"Consent/{standing.Id}", cancellationToken);
            return unaudited is not null ? unaudited : (standing, false);
        }

        var consent = new Consent(Guid.NewGuid().ToString("N"), person.Id, body.Kind, body.ProviderId, at, expires, null, authority.Maker?.Id);
        var target = $"Consent/{consent.Id}";
        await consents.AddAsync(
            consent, OnBehalf(Entry(principal, AuditAction.ConsentGive, person.Id, target, $"{ConsentResource.CodeOf(body.Kind)} consent recorded"), authority), cancellationToken);
        return (consent, true);
    }

    /// <summary>
    /// Revokes. A citizen who revokes means the provider, not one of several papers: every other consent in force
    /// of that kind to that provider goes first, so that a failure between leaves the named one to be revoked again.
    /// </summary>
    /// <returns>The consent as revoked. Rejection StoreUnavailable.</returns>
    public async Task<Result<Consent>> RevokeAsync(AccessPrincipal principal, Consent named, Authority authority, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var standing = (await consents.ForPersonAsync(named.PersonId, cancellationToken))
            .Where(consent => IsSame(consent, named.Kind, named.ProviderId) && consent.InForceAt(at))
            .OrderBy(consent => consent.Id == named.Id)
            .ToList();
        if (standing.Count == 0 && await RecordUnchangedAsync(principal, AuditAction.ConsentRevoke, named.PersonId, $"Consent/{named.Id}", cancellationToken) is { } unaudited)
        {
            return unaudited;
        }

        foreach (var consent in standing)
        {
            var entry = Entry(principal, AuditAction.ConsentRevoke, consent.PersonId, $"Consent/{consent.Id}", $"{ConsentResource.CodeOf(consent.Kind)} consent revoked");
            await consents.RevokeAsync(consent.Id, at, OnBehalf(entry, authority), cancellationToken);
        }

        return await consents.GetAsync(named.Id, cancellationToken) ?? named;
    }

    public static readonly Rejection Needed = new(
        RejectionCode.SubstituteDecisionMakerNeeded, "The citizen is under 16: name the substitute decision maker who acts (performer RelatedPerson/ID)", null,
        "此市民未滿16歲：請註明作出同意的代決人（performer RelatedPerson/ID）");

    /// <summary>The same for a person who is there and one who is not.</summary>
    public static readonly Rejection Elsewhere = new(
        RejectionCode.NotOwnRecord, "A citizen acts for nobody else without being registered as the substitute decision maker", null, "市民未登記為代決人，不能代他人行事");

    private static readonly Rejection NotOfPerson = new(RejectionCode.SubstituteDecisionMakerInvalid, "No substitute decision maker of this citizen has that id", null, "此市民沒有此編號的代決人");

    private static readonly Rejection Stranger = new(RejectionCode.RoleNotPermitted, "Registrars and citizens record enrolments and consents", null, "登記及同意由登記人員及市民記錄");

    private static AuditEntry OnBehalf(AuditEntry entry, Authority authority) => authority.Maker is not { } maker ? entry : entry with
    {
        OnBehalfOf = entry.PersonId, Reason = $"{entry.Reason} on behalf of the citizen by RelatedPerson/{maker.Id}",
    };

    private static bool IsSame(Consent consent, ConsentKind kind, string? providerId) => consent.Kind == kind && consent.ProviderId == providerId;

    private AuditEntry Entry(AccessPrincipal principal, string action, string? personId, string target, string reason) =>
        AuditEntry.By(principal, clock.GetUtcNow(), action, personId, target, true, reason);
}

/// <summary>By whom a consent is given or revoked.</summary>
/// <param name="Maker">Null for the citizen's own act.</param>
internal readonly record struct Authority(SubstituteDecisionMaker? Maker);
