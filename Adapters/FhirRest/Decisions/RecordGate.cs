using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.FhirRest.Decisions;

/// <summary>
/// Decides on every read, and records the decision before anything leaves. Consents are read anew each time,
/// so that a revocation holds from the next read on. What is refused to a stranger and what does not exist look the same from outside.
/// </summary>
internal sealed class RecordGate(
    IAccessPolicy policy, IPersonStore persons, IConsentStore consents, IRegistry registry, IAuditTrail audit, TimeProvider clock, ILogger<RecordGate> logger)
{
    private static readonly HashSet<SharingCategory> Nothing = [];
    private static readonly HashSet<SharingCategory> Desk = [SharingCategory.PersonalParticulars];

    /// <returns>The permit; or the refusal as the client may read it.</returns>
    public async Task<Result<Grant>> DecideAsync(Ask ask, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var person = ask.PersonId is null ? null : await persons.GetAsync(ask.PersonId, cancellationToken);
        var given = person is null ? [] : await consents.ForPersonAsync(person.Id, cancellationToken);
        var decision = ask.Scope == DataScope.Directory ? DecideDirectory(ask.Principal) : Decide(ask, person, given, at);
        if (decision.Granted && ask.Categories is { } asked && !asked.Any(decision.Permitted.Contains))
        {
            decision = decision with { Refusal = new(RejectionCode.CategoryOutOfScope, "The role may not see this category") };
        }

        var unaudited = await RecordAsync(ask, person, decision, at, cancellationToken);
        if (unaudited is not null) return unaudited;
        if (decision.Refusal is { } refusal) return AsToldOutside(refusal);
        if (ask.Scope == DataScope.Directory) return new Grant(null, null, []);
        return person is null
            ? new Rejection(RejectionCode.ResourceNotFound, "No such person")
            : new Grant(person, decision.Permitted, VisibleTo(ask.Principal, given));
    }

    /// <summary>Records a decision that was taken elsewhere: on enrolment and on consents.</summary>
    /// <returns>Rejection StoreUnavailable where it could not be recorded: then nothing may leave.</returns>
    public async Task<Rejection?> RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await audit.RecordAsync(entry, cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            FhirRestLog.AuditNotWritten(logger, fault.GetType().Name, entry.Action);
            return new Rejection(RejectionCode.StoreUnavailable, "The audit trail cannot be written: nothing is returned");
        }
    }

    private async Task<Rejection?> RecordAsync(Ask ask, Person? person, AccessDecision decision, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var reason = decision.Refusal is { } refusal ? $"{(int)refusal.Code} {refusal.Code} ({decision.Rule})" : decision.Rule;
        if (ask.Scope != DataScope.Directory && person is null) reason += "; no such person or resource";
        var entry = AuditEntry.By(ask.Principal, at, ask.Action, person?.Id, ask.Target, decision.Granted, reason);
        var unaudited = await RecordAsync(entry, cancellationToken);
        FlowMeter.Reads.Add(1, new("interaction", ask.Action), new("granted", decision.Granted && unaudited is null));
        return unaudited;
    }

    private AccessDecision Decide(Ask ask, Person? person, IReadOnlyList<Consent> given, DateTimeOffset at)
    {
        var principal = ask.Principal;
        if (principal.Role == Role.Registrar && ask.Scope is (DataScope.IndexPatient or DataScope.Consents))
        {
            return new(null, "registration: the registrar sees index and consents", Desk);
        }

        if (principal.Role == Role.Citizen && ask.Scope == DataScope.Consents && person is not null && person.DocumentNumber == principal.DocumentNumber)
        {
            return new(null, "own consents", Nothing);
        }

        return DecideByPolicy(principal, person, given, at);
    }

    // Nobody of that id is decided on as a person who has consented to nothing: the answer then tells nothing about who exists.
    private AccessDecision DecideByPolicy(AccessPrincipal principal, Person? person, IReadOnlyList<Consent> given, DateTimeOffset at) =>
        policy.MayObtain(new(
            principal, principal.ProviderId is null ? null : registry.GetProvider(principal.ProviderId),
            person ?? new Person("", "", "", "", "", AdministrativeSex.Unknown, DateOnly.MinValue, at), given, at));

    private static AccessDecision DecideDirectory(AccessPrincipal principal) => principal.Role is Role.Clinician or Role.Citizen or Role.Registrar
        ? new(null, "directory: no patient data", Nothing)
        : new(new(RejectionCode.RoleNotPermitted, "Only clinicians, citizens and registrars read the directory"), "directory", Nothing);

    // Never consented, left eHealth, and never existed must read alike. A consent that ended was known to the provider it was given to.
    private static Rejection AsToldOutside(Rejection refusal) => refusal.Code is
        RejectionCode.JoiningConsentMissing or RejectionCode.JoiningConsentWithdrawn or RejectionCode.SharingConsentMissing or RejectionCode.PersonUnknown
            ? new(RejectionCode.SharingConsentMissing, "No consent of such a person that lets this provider obtain data is in force")
            : refusal;

    private static List<Consent> VisibleTo(AccessPrincipal principal, IReadOnlyList<Consent> given) => principal.Role == Role.Clinician
        ? [.. given.Where(consent => consent.Kind == ConsentKind.Joining || consent.ProviderId == principal.ProviderId)]
        : [.. given];
}
