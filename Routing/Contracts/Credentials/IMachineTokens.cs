using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>An access token (RFC 6749 section 5.1).</summary>
/// <param name="Scopes">What it is good for, separated by spaces.</param>
public sealed record MachineToken(string Token, string Scopes, TimeSpan Lifetime);

/// <summary>Gives machines access tokens for signed assertions (RFC 7523, SMART App Launch 2.2 Asymmetric Authentication).</summary>
public interface IMachineTokens
{
    /// <param name="assertion">A JWT in compact form (RFC 7515), signed RS384 or ES384.</param>
    /// <param name="scopes">As asked for, separated by spaces.</param>
    /// <param name="audience">The address of the token endpoint: what aud must say.</param>
    /// <returns>Rejections 541 to 545 and 561 to 568.</returns>
    Task<Result<MachineToken>> IssueAsync(string assertion, string scopes, string audience, AuditOrigin? origin, CancellationToken cancellationToken);

    /// <summary>Checks a client that is about to be registered.</summary>
    /// <returns>What is wrong with its scopes or keys; null where they can be used.</returns>
    string? ProblemOf(string scopes, string keySet);
}
