using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>A decision with what it was taken on.</summary>
/// <param name="Person">Null where no such person is known: the decision is then a refusal that tells nothing of it.</param>
/// <param name="Consents">All of the person, ended ones too. Not for every reader's eyes.</param>
public sealed record RecordAccess(Person? Person, IReadOnlyList<Consent> Consents, AccessDecision Decision);

/// <summary>
/// Decides on one read of one citizen's record: gathers person, consents, care relation and authority anew each time, so that a withdrawal
/// holds from the next read on, and asks the policy. It records nothing: write the audit entry before data leaves.
/// </summary>
public interface IRecordAccess
{
    /// <param name="personId">Null where nobody is known.</param>
    ValueTask<RecordAccess> DecideAsync(AccessPrincipal principal, string? personId, CancellationToken cancellationToken);
}
