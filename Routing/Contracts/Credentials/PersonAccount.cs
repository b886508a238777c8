using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>The one account of a human being who works with the hub.</summary>
/// <param name="Name">What is typed at sign-in: lower-case letters, digits, dots and hyphens.</param>
/// <param name="ProfessionalId">Who it is in the registry of professionals; always there for a clinician. Access then lives and dies with the affiliations.</param>
/// <param name="PasswordHash">As the framework's PasswordHasher writes it; null until an invitation was accepted.</param>
/// <param name="CodeSecret">Secret of the one-time codes (RFC 6238), protected by the framework's Data Protection.</param>
/// <param name="LastCodeStep">Time step of the newest code that was used: no code up to it is taken again.</param>
/// <param name="Failures">Refused sign-ins since the last that succeeded.</param>
/// <param name="Stamp">Sessions and tokens name it: they end when it changes.</param>
/// <param name="InvitationHash">SHA-256 of an invitation that may still be accepted; null where there is none.</param>
/// <param name="Version">Counts the changes; a save that saw an older one is refused.</param>
public sealed record PersonAccount(
    string Name, Role Role, string? ProfessionalId, string Stamp, bool Active = true, string? PasswordHash = null, string? CodeSecret = null,
    long LastCodeStep = 0, int Failures = 0, DateTimeOffset? LockedUntil = null, string? InvitationHash = null, DateTimeOffset? InvitationEndsAt = null,
    int Version = 0)
{
    /// <summary>The roles that a human being has an account for. Citizens come through their own app; sources are machines.</summary>
    public static bool IsFor(Role role) => role is not (Role.Citizen or Role.Source) && Enum.IsDefined(role);
}

/// <summary>The accounts. Lookups answer from memory; changes are durable when the call returns, and seen by every lookup after it.</summary>
public interface IPersonAccounts
{
    PersonAccount? Get(string name);

    IReadOnlyList<PersonAccount> All { get; }

    /// <param name="account">With the version that was read; 0 for a new one.</param>
    /// <returns>False where it was changed meanwhile, so that nothing was written.</returns>
    Task<bool> SaveAsync(PersonAccount account, CancellationToken cancellationToken);
}
