using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>Handed to the person by the administrator. Whoever has it chooses the password: it is shown once, and kept as a hash.</summary>
public sealed record Invitation(string Name, string Token, DateTimeOffset EndsAt);

/// <summary>What the person's authenticator needs.</summary>
/// <param name="Uri">otpauth: URI, also shown as a QR code.</param>
/// <param name="Secret">The same secret to be typed by hand: base 32 (RFC 4648) in groups of four.</param>
public sealed record CodeEnrolment(string Name, string Uri, string Secret);

/// <summary>Gives people their accounts: an administrator invites, the person sets up password and authenticator. Nobody else ever knows them.</summary>
public interface IPersonEnrolment
{
    /// <summary>Makes an account, or sets up an existing one anew: its password, codes and sessions end.</summary>
    /// <returns>Rejection BodyInvalid where name, role and professional do not make an account.</returns>
    Task<Result<Invitation>> InviteAsync(string name, Role role, string? professionalId, CancellationToken cancellationToken);

    /// <returns>Rejection InvitationInvalid.</returns>
    Result<CodeEnrolment> Open(string invitation);

    /// <summary>Sets the password, once a code has shown that the authenticator holds the secret. The invitation is then used up.</summary>
    /// <returns>The name of the account; rejections InvitationInvalid, PasswordTooWeak, SignInRefused for a wrong code.</returns>
    Task<Result<string>> AcceptAsync(string invitation, string password, string code, CancellationToken cancellationToken);

    /// <summary>Lets an account in again, or ends it with all its sessions.</summary>
    /// <returns>False where there is no such account.</returns>
    Task<bool> SetActiveAsync(string name, bool active, CancellationToken cancellationToken);
}
