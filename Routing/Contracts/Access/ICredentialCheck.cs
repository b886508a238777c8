using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>Tells who bears a token. Asked at every request: what was revoked a moment ago is refused.</summary>
public interface ICredentialCheck
{
    /// <returns>Rejections CredentialInvalid, and 551 to 558 for a token that was good once.</returns>
    Result<Bearer> Check(string token);

    /// <summary>Whom a token was given to, whether or not it is good for anything now: for the audit of what is refused.</summary>
    /// <returns>Null for a token that this hub never gave, or whose account is gone.</returns>
    AccessPrincipal? GivenTo(string token);
}

/// <summary>Whom a token stands for, and what it is good for.</summary>
/// <param name="Scopes">SMART scopes (system/Observation.rs) of a machine's token; null where the role alone decides.</param>
public sealed record Bearer(AccessPrincipal Principal, IReadOnlyList<string>? Scopes = null);

/// <summary>The console's sign-in cookie: holds the bearer token, HttpOnly and SameSite=Strict.</summary>
public static class ConsoleCookie
{
    public const string Name = "ehealthplus-console";

    /// <summary>The browser forgets it after so long without a page, and the hub takes it no more; a session ends by itself at its own time all the same.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);
}
