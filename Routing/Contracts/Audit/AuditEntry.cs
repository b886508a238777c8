namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>Who did what to whose data, why, and with what answer. Holds no clinical content.</summary>
/// <param name="Actor">Name of the principal, or source:ID for a sending system.</param>
/// <param name="Action">deposit, read, search, history, everything, enrol, consent-give, consent-revoke, register, view-message, repair, replay, upload.</param>
/// <param name="Target">Resource asked for, such as Observation/ID, or deposit:NUMBER.</param>
/// <param name="Permitted">The decision.</param>
/// <param name="Reason">The rule, or the refusal.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string Actor, string Role, string Action, string? PersonId, string Target, bool Permitted, string Reason);

/// <summary>The audit trail. An entry is durable before its task completes: write it before data leaves.</summary>
public interface IAuditTrail
{
    Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken);
}
