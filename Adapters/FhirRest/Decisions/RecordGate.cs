using System.Diagnostics;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.FhirRest.Decisions;

/// <summary>
/// Decides on every read, and records the decision before anything leaves. What is refused to a stranger and what does not exist look the same from outside.
/// </summary>
internal sealed class RecordGate(
    IRecordAccess access, IAuditTrail audit, TimeProvider clock, ILogger<RecordGate> logger)
{
    private static readonly HashSet<SharingCategory> Nothing = [];
    private static readonly Rejection OutsideNeed = new(RejectionCode.CategoryOutOfScope, "This reader may not see this category", null, "此使用者不可取覽此類別");
    private static readonly HashSet<SharingCategory> Desk = [SharingCategory.PersonalParticulars];

    /// <returns>The permit; or the refusal as the client may read it.</returns>
    public async Task<Result<Grant>> DecideAsync(Ask ask, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var at = clock.GetUtcNow();
        var (person, given, decision) = ask.Scope == DataScope.Directory
            ? new(null, [], DecideDirectory(ask.Principal))
            : await access.DecideAsync(ask.Principal, ask.PersonId, cancellationToken);
        if (ask.Scope != DataScope.Directory) decision = OfTheDesk(ask, person) ?? decision;
        if (decision.Granted && ask.Categories is { } asked && !asked.Any(decision.Permitted.Contains))
        {
            decision = decision with { Refusal = OutsideNeed };
        }

        var unaudited = await RecordAsync(ask, person, decision, at, cancellationToken);
        FlowMeter.ReadDecisionSeconds.Record(FlowMeter.SecondsSince(began), new KeyValuePair<string, object?>("granted", decision.Granted && unaudited is null));
        if (unaudited is not null) return unaudited;
        if (decision.ToldRefusal is { } refusal) return refusal;
        if (ask.Scope == DataScope.Directory) return new Grant(null, null, []);
        return person is null
            ? new Rejection(RejectionCode.ResourceNotFound, "No such person")
            : new Grant(person, decision.Permitted, VisibleTo(ask.Principal, given), ask.Principal.Role != Role.Clinician);
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
        // The directory is about nobody.
        var absent = ask.Scope == DataScope.Directory ? null : "no such person or resource";
        var entry = AuditEntry.OfRead(ask.Principal, at, ask.Action, decision, person?.Id, ask.Target, absent);
        var unaudited = await RecordAsync(entry, cancellationToken);
        FlowMeter.Reads.Add(1, new("interaction", ask.Action), new("granted", decision.Granted && unaudited is null));
        return unaudited;
    }

    /// <summary>What registration and the own consents need beside the policy; null leaves it to the policy.</summary>
    private static AccessDecision? OfTheDesk(Ask ask, Person? person)
    {
        var principal = ask.Principal;
        if (principal.Role == Role.Registrar && ask.Scope is (DataScope.IndexPatient or DataScope.Consents))
        {
            return new(null, "registration: the registrar sees index and consents", Desk);
        }

        return principal.Role == Role.Citizen && ask.Scope == DataScope.Consents && person is not null
            && string.Equals(person.DocumentNumber, principal.DocumentNumber, StringComparison.OrdinalIgnoreCase)
            ? new(null, "own consents", Nothing)
            : null;
    }

    private static AccessDecision DecideDirectory(AccessPrincipal principal) => principal.Role is Role.Clinician or Role.Citizen or Role.Registrar
        ? new(null, "directory: no patient data", Nothing)
        : new(new(RejectionCode.RoleNotPermitted, "Only clinicians, citizens and registrars read the directory", null, "只有醫護人員、市民及登記人員可查閱目錄"), "directory", Nothing);

    private static List<Consent> VisibleTo(AccessPrincipal principal, IReadOnlyList<Consent> given) => principal.Role == Role.Clinician
        ? [.. given.Where(consent => consent.Kind == ConsentKind.Joining || consent.ProviderId == principal.ProviderId)]
        : [.. given];
}
