using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Watching;

/// <summary>
/// What auditors do with cases. Each act is audited in its own commit. Rejections of all: RoleNotPermitted, CaseReasonMissing,
/// OwnCase (nobody looks into the own conduct), ResourceNotFound, CaseClosed.
/// </summary>
public interface ICaseDesk
{
    /// <param name="to">Name of an auditor's account; null for the one who asks.</param>
    /// <returns>The case; rejection AssigneeUnfit as well.</returns>
    Task<Result<CaseDetail>> AssignAsync(long number, string? to, string reason, AccessPrincipal by, CancellationToken cancellationToken);

    /// <param name="reason">What was found.</param>
    Task<Result<CaseDetail>> CloseAsync(long number, string reason, AccessPrincipal by, CancellationToken cancellationToken);
}
