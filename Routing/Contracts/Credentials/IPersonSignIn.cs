using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>What a person states to get in.</summary>
/// <param name="Code">Six digits of the authenticator.</param>
/// <param name="ProviderId">On whose behalf they are going to work; null where they have one affiliation only, or need none.</param>
public sealed record SignInAttempt(string Name, string Password, string Code, string? ProviderId, AuditOrigin? Origin);

/// <summary>A session that has begun.</summary>
/// <param name="Token">Bearer token, also the console's cookie. Opaque.</param>
public sealed record SignedIn(string Token, AccessPrincipal Principal, DateTimeOffset EndsAt);

/// <summary>Lets people in with a password and a time-based one-time code, and out again.</summary>
public interface IPersonSignIn
{
    /// <returns>Rejection SignInRefused for whatever was wrong: the audit trail has the reason. AffiliationMissing, AffiliationEnded and
    /// ProfessionalNotRegistered only to whom has proven to be that person.</returns>
    Task<Result<SignedIn>> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken);

    /// <summary>Ends every session of the person who bears the token. Nothing happens for a token that is not a person's.</summary>
    Task SignOutAsync(string token, AuditOrigin? origin, CancellationToken cancellationToken);
}
