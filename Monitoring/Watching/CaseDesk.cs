using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Watching;

/// <inheritdoc/>
internal sealed class CaseDesk(ICaseStore cases, IPersonAccounts accounts, TimeProvider clock) : ICaseDesk
{
    private const int LongestReason = 500;

    public async Task<Result<CaseDetail>> AssignAsync(long number, string? to, string reason, AccessPrincipal by, CancellationToken cancellationToken)
    {
        var name = string.IsNullOrWhiteSpace(to) ? by.Name : to.Trim();
        if (name != by.Name && accounts.Get(name) is not { Active: true, Role: Role.Auditor })
        {
            return new Rejection(RejectionCode.AssigneeUnfit, "No account of an auditor in use has this name", null, "沒有使用中的審計人員帳戶使用此名稱");
        }

        return await ActAsync(number, name, CaseState.Assigned, AuditAction.CaseAssign, reason, by, cancellationToken);
    }

    public Task<Result<CaseDetail>> CloseAsync(long number, string reason, AccessPrincipal by, CancellationToken cancellationToken) =>
        ActAsync(number, null, CaseState.Closed, AuditAction.CaseClose, reason, by, cancellationToken);

    private async Task<Result<CaseDetail>> ActAsync(
        long number, string? to, CaseState state, string action, string reason, AccessPrincipal by, CancellationToken cancellationToken)
    {
        if (by.Role != Role.Auditor) return new Rejection(RejectionCode.RoleNotPermitted, "Auditors look into cases", null, "個案由審計人員跟進");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return new Rejection(RejectionCode.CaseReasonMissing, $"A reason has 1 to {LongestReason} characters", null, $"原因須有 1 至 {LongestReason} 個字");
        }

        if (await cases.GetAsync(number, cancellationToken) is not { } found) return new Rejection(RejectionCode.ResourceNotFound, "No such case", null, "沒有此個案");
        if (found.Case.Kind == SuspectKind.Account && (found.Case.Suspect == by.Name || found.Case.Suspect == to))
        {
            return new Rejection(RejectionCode.OwnCase, "The case is about this account", null, "個案涉及此帳戶");
        }

        var at = clock.GetUtcNow();
        var act = new CaseAct(at, by.Name, state, to ?? found.Case.AssignedTo, reason.Trim());
        // The note stays with the case: what people write does not belong into a trail that is sent elsewhere.
        var audit = AuditEntry.By(by, at, action, null, $"case/{number}", true, to is null ? "closed" : $"assigned to {to}");
        var acted = await cases.ActAsync(number, act, audit, cancellationToken);
        if (!acted.Accepted) return acted.Rejection;
        return (await cases.GetAsync(number, cancellationToken))!;
    }
}
