using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>Who did what to whose data, why, from where and on whose behalf, and with what answer. Holds no clinical content.</summary>
/// <param name="Actor">Name of the principal, or source:ID for a sending system.</param>
/// <param name="Action">One of <see cref="AuditAction"/>.</param>
/// <param name="PersonId">Whose data.</param>
/// <param name="Target">Resource asked for, such as Observation/ID, or deposit:NUMBER.</param>
/// <param name="Permitted">The decision.</param>
/// <param name="Reason">The rule, or the refusal.</param>
/// <param name="PurposeOfUse">Code of HL7 v3 PurposeOfUse, such as TREAT or PATRQT; null where none was stated.</param>
/// <param name="Origin">From where; null for the hub's own acts.</param>
/// <param name="ProviderId">The provider that the actor worked for.</param>
/// <param name="OnBehalfOf">Whom a substitute decision maker acted for: id of the person. Null where the actor acted for themself.</param>
/// <param name="CareRelation">Whether a care relation of provider and citizen was known; null where none was asked for.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string Actor, string Role, string Action, string? PersonId, string Target, bool Permitted, string Reason,
    string? PurposeOfUse = null, AuditOrigin? Origin = null, string? ProviderId = null, string? OnBehalfOf = null, bool? CareRelation = null)
{
    /// <summary>An act of somebody who is signed in: role, provider and origin are the principal's.</summary>
    public static AuditEntry By(
        AccessPrincipal principal, DateTimeOffset at, string action, string? personId, string target, bool permitted, string reason) => new(
            at, principal.Name, AccessPrincipal.KeyOf(principal.Role), action, personId, target, permitted, reason,
            Origin: principal.Origin is null && principal.SourceId is null ? null : new(principal.Origin?.Address, principal.SourceId, principal.Origin?.Certificate),
            ProviderId: principal.ProviderId);

    /// <summary>A decision on what somebody who is signed in asked to read of a citizen's record.</summary>
    /// <param name="personId">Whose record; null where there is no such person.</param>
    /// <param name="absent">What the reason says then, such as "no such person"; null where the read is about nobody.</param>
    public static AuditEntry OfRead(
        AccessPrincipal principal, DateTimeOffset at, string action, AccessDecision decision, string? personId, string target, string? absent) =>
        By(principal, at, action, personId, target, decision.Granted, personId is null && absent is not null ? $"{decision.Reason}; {absent}" : decision.Reason) with
        {
            PurposeOfUse = decision.Purpose is { } purpose ? PurposeCode.Of(purpose) : null,
            OnBehalfOf = decision.OnBehalfBy is null ? null : personId,
            CareRelation = decision.WithoutCareRelation ? false : decision.CareRelation is null ? null : true,
        };
}

/// <summary>The audit trail. An entry is durable before its task completes: write it before data leaves.</summary>
public interface IAuditTrail
{
    Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken);
}
