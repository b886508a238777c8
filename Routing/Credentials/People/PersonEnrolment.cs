using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Credentials.People;

/// <inheritdoc/>
internal sealed partial class PersonEnrolment(IPersonAccounts accounts, IProfessionals professionals, Secrets secrets, TimeProvider time) : IPersonEnrolment
{
    private static readonly TimeSpan InvitationLength = TimeSpan.FromHours(72);

    public async Task<Result<Invitation>> InviteAsync(string name, Role role, string? professionalId, CancellationToken cancellationToken)
    {
        if (!AccountName().IsMatch(name)) return Unfit("name is not 1 to 64 lower-case letters, digits, dots and hyphens");
        if (!PersonAccount.IsFor(role)) return Unfit("People have no account of this role");
        if (role == Role.Clinician && professionalId is null) return Unfit("A clinician's account names a professional");
        if (professionalId is not null && professionals.Get(professionalId) is null) return Unfit("professionalId is not registered");

        while (true)
        {
            var token = Secrets.NewToken();
            var endsAt = time.GetUtcNow() + InvitationLength;
            var account = new PersonAccount(
                name, role, professionalId, Secrets.NewStamp(), CodeSecret: secrets.NewCodeSecret(), InvitationHash: Secrets.HashOf(token), InvitationEndsAt: endsAt,
                Version: accounts.Get(name)?.Version ?? 0);
            if (await accounts.SaveAsync(account, cancellationToken)) return new Invitation(name, $"{name}:{token}", endsAt);
        }
    }

    public Result<CodeEnrolment> Open(string invitation)
    {
        if (Invited(invitation) is not { } account || secrets.CodeSecretOf(account) is not { } secret) return Unknown();
        var typed = string.Join(' ', OneTimeCode.Base32Of(secret).Chunk(4).Select(group => new string(group)));
        return new CodeEnrolment(account.Name, OneTimeCode.UriOf(account.Name, secret), typed);
    }

    public async Task<Result<string>> AcceptAsync(string invitation, string password, string code, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Invited(invitation) is not { } account || secrets.CodeSecretOf(account) is not { } secret) return Unknown();
            if (Secrets.IsTooWeak(password, account.Name))
            {
                return new Rejection(
                    RejectionCode.PasswordTooWeak, $"A password has {Secrets.ShortestPassword} to {Secrets.LongestPassword} characters, at least five different ones, and not the account's name");
            }

            if (OneTimeCode.StepOf(secret, code.Trim(), time.GetUtcNow(), account.LastCodeStep) is not { } step)
            {
                return new Rejection(RejectionCode.SignInRefused, "The code is not the one that the authenticator shows at this time");
            }

            var ready = account with { PasswordHash = secrets.HashPassword(password), LastCodeStep = step, InvitationHash = null, InvitationEndsAt = null };
            if (await accounts.SaveAsync(ready, cancellationToken)) return account.Name;
        }
    }

    public async Task<bool> SetActiveAsync(string name, bool active, CancellationToken cancellationToken)
    {
        while (accounts.Get(name) is { } account)
        {
            var changed = account with { Active = active, Stamp = Secrets.NewStamp(), Failures = 0, LockedUntil = null };
            if (await accounts.SaveAsync(changed, cancellationToken)) return true;
        }

        return false;
    }

    private PersonAccount? Invited(string invitation)
    {
        var colon = invitation.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || accounts.Get(invitation[..colon].Trim()) is not { Active: true, InvitationHash: { } hash } account) return null;
        var given = Secrets.HashOf(invitation[(colon + 1)..].Trim());
        return account.InvitationEndsAt > time.GetUtcNow() && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(given))
            ? account
            : null;
    }

    private static Rejection Unknown() => new(RejectionCode.InvitationInvalid, "Ask the administrator for a new one");

    private static Rejection Unfit(string detail) => new(RejectionCode.BodyInvalid, detail);

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?\\z")]
    private static partial Regex AccountName();
}
