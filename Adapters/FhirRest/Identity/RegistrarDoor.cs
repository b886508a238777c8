using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Identity;

/// <summary>
/// Lets registrars alone look persons up by what is known of them: for anybody else such a search would tell who has an account.
/// Each answer and each refusal is in the audit trail before it leaves.
/// </summary>
internal sealed class RegistrarDoor(RecordGate gate, TimeProvider clock)
{
    private const string Rule = "registration: the registrar looks persons up";

    /// <returns>Null for a registrar.</returns>
    public async Task<Rejection?> RefuseAsync(AccessPrincipal principal, string action, CancellationToken cancellationToken)
    {
        if (principal.Role == Role.Registrar) return null;
        var refusal = new Rejection(RejectionCode.RoleNotPermitted, "Registrars look persons up");
        var entry = AuditEntry.By(principal, clock.GetUtcNow(), action, null, "Patient", false, $"{(int)refusal.Code} {refusal.Code}");
        return await gate.RecordAsync(entry, cancellationToken) ?? refusal;
    }

    /// <summary>Records whom an answer shows; that it shows nobody, too.</summary>
    /// <returns>Rejection StoreUnavailable where that could not be recorded: then nothing may leave.</returns>
    public async Task<Rejection?> RecordAsync(AccessPrincipal principal, string action, string target, IReadOnlyList<string> personIds, CancellationToken cancellationToken)
    {
        foreach (var personId in personIds.Cast<string?>().DefaultIfEmpty(null))
        {
            var entry = AuditEntry.By(principal, clock.GetUtcNow(), action, personId, target, true, personId is null ? $"{Rule}; nobody found" : Rule);
            if (await gate.RecordAsync(entry, cancellationToken) is { } unaudited) return unaudited;
        }

        return null;
    }
}
