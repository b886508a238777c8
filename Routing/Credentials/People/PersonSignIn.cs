using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.Tickets;

namespace EHealthPlus.Routing.Credentials.People;

/// <inheritdoc/>
internal sealed class PersonSignIn(
    IPersonAccounts accounts, Standing standing, Secrets secrets, TicketSeal seal, TicketCheck tickets, IAuditTrail audit, TimeProvider time) : IPersonSignIn
{
    /// <summary>A shift, and no more than the 12 hours of NIST SP 800-63B 4.2.3.</summary>
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(8);

    /// <summary>Hashing takes a core for a tenth of a second: whoever floods the sign-in must not take them all.</summary>
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    private static readonly TimeSpan HashingWait = TimeSpan.FromSeconds(5);

    public async Task<Result<SignedIn>> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (!await Hashing.WaitAsync(HashingWait, cancellationToken)) return new Rejection(RejectionCode.BacklogFull, "Too many people are signing in; try again soon", null, "現時登入人數過多，請稍後再試");
        try
        {
            while (true)
            {
                var account = accounts.Get(attempt.Name.Trim().ToLowerInvariant());
                // Another attempt changed the account meanwhile: this one is weighed again, so that no failure goes uncounted and no code is used twice.
                if (await TryAsync(account, attempt, cancellationToken) is { } result) return result;
            }
        }
        finally
        {
            Hashing.Release();
        }
    }

    public async Task SignOutAsync(string token, AuditOrigin? origin, CancellationToken cancellationToken)
    {
        if (seal.Open(token) is not { Kind: TicketKind.Person } ticket || !tickets.Check(ticket).Accepted) return;
        while (accounts.Get(ticket.Subject) is { } account && account.Stamp == ticket.Stamp)
        {
            if (!await accounts.SaveAsync(account with { Stamp = Secrets.NewStamp() }, cancellationToken)) continue;
            await RecordAsync(account, AuditAction.SignOut, true, "all sessions of the account end", origin, ticket.ProviderId, cancellationToken);
            return;
        }
    }

    /// <returns>Null where the account changed meanwhile.</returns>
    private async Task<Result<SignedIn>?> TryAsync(PersonAccount? account, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var password = secrets.IsPassword(account?.PasswordHash, attempt.Password);
        if (account is null) return await RefuseAsync(null, "no such account", attempt, cancellationToken);
        if (Lockout.Holds(account, now)) return await RefuseAsync(account, "the account is locked", attempt, cancellationToken);
        if (!account.Active) return await RefuseAsync(account, new Rejection(RejectionCode.AccountSuspended, "the account is suspended").ToString(), attempt, cancellationToken);

        var step = secrets.CodeSecretOf(account) is { } secret ? OneTimeCode.StepOf(secret, attempt.Code.Trim(), now, account.LastCodeStep) : null;
        if (!password || step is null)
        {
            var after = Lockout.After(account, now);
            if (!await accounts.SaveAsync(after, cancellationToken)) return null;
            var reason = $"{(password ? "wrong or used code" : "wrong password")}, failure {after.Failures}{(Lockout.Holds(after, now) ? ", now locked" : "")}";
            return await RefuseAsync(account, reason, attempt, cancellationToken);
        }

        string? providerId = null;
        if (account.ProfessionalId is { } professionalId)
        {
            var chosen = standing.Choose(professionalId, attempt.ProviderId);
            if (!chosen.Accepted)
            {
                await RecordAsync(account, AuditAction.SignInRefused, false, chosen.Rejection.ToString(), attempt.Origin, attempt.ProviderId, cancellationToken);
                return chosen.Rejection;
            }

            providerId = chosen.Value;
        }

        var known = account with { Failures = 0, LockedUntil = null, LastCodeStep = step.Value };
        if (!await accounts.SaveAsync(known, cancellationToken)) return null;
        return await LetInAsync(known, providerId, attempt, now, cancellationToken);
    }

    private async Task<Result<SignedIn>> LetInAsync(
        PersonAccount account, string? providerId, SignInAttempt attempt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ticket = new Ticket(TicketKind.Person, account.Name, account.Stamp, providerId, null, now + SessionLength);
        var bearer = tickets.Check(ticket);
        if (!bearer.Accepted) return bearer.Rejection;
        await RecordAsync(account, AuditAction.SignIn, true, "password and one-time code", attempt.Origin, providerId, cancellationToken);
        return new SignedIn(seal.Seal(ticket), bearer.Value.Principal, ticket.EndsAt);
    }

    private async Task<Result<SignedIn>> RefuseAsync(PersonAccount? account, string reason, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        await RecordAsync(account, AuditAction.SignInRefused, false, reason, attempt.Origin, attempt.ProviderId, cancellationToken);
        return new Rejection(RejectionCode.SignInRefused, "Nobody was let in; after several failures an account waits, each time longer");
    }

    // A name that is not an account is not written down: it may be a password typed into the wrong field.
    private Task RecordAsync(
        PersonAccount? account, string action, bool permitted, string reason, AuditOrigin? origin, string? providerId, CancellationToken cancellationToken) =>
        audit.RecordAsync(
            new(
                time.GetUtcNow(), account?.Name ?? "unknown", account is null ? "none" : AccessPrincipal.KeyOf(account.Role), action, null,
                account is null ? "account" : $"account/{account.Name}", permitted, reason, Origin: origin, ProviderId: providerId),
            cancellationToken);
}
