using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.Tickets;

namespace EHealthPlus.Routing.Credentials.Machines;

/// <inheritdoc/>
internal sealed class MachineTokens(
    IMachineClients clients, IRegistry registry, ICertificateCheck certificates, TicketSeal seal, IAuditTrail audit, TimeProvider time) : IMachineTokens
{
    /// <summary>Of tokens, and the longest of assertions (SMART App Launch 2.2, Asymmetric Authentication: five minutes).</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A client's clock may be ahead by this much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    public async Task<Result<MachineToken>> IssueAsync(
        string assertion, string scopes, string audience, AuditOrigin? origin, CancellationToken cancellationToken)
    {
        var read = Assertion.Parse(assertion);
        var client = read is null ? null : clients.Get(read.Subject);
        var issued = read is null
            ? new Rejection(RejectionCode.AssertionInvalid, "It is not a JWT with alg, kid, iss, sub, aud, exp and jti")
            : await IssueAsync(read, client, scopes, audience, origin, cancellationToken);

        // A client id that is not registered is the sender's own text: it is not written down.
        await audit.RecordAsync(
            new(
                time.GetUtcNow(), client is null ? "unknown" : client.Id, client is null ? "none" : AccessPrincipal.KeyOf(client.Role),
                issued.Accepted ? AuditAction.SignIn : AuditAction.SignInRefused, null, client is null ? "client" : $"client/{client.Id}", issued.Accepted,
                issued.Accepted ? $"signed assertion: {issued.Value.Scopes}" : issued.Rejection.ToString(), Origin: origin, ProviderId: client?.ProviderId),
            cancellationToken);
        return issued;
    }

    public string? ProblemOf(string scopes, string keySet)
    {
        var unfit = Split(scopes).FirstOrDefault(scope => scope != SmartScope.Upload && SmartScope.Parse(scope) is null);
        if (unfit is not null) return $"scope {unfit} is not written as system/Observation.rs";
        return Split(scopes).Length == 0 ? "scopes is empty" : KeySet.Read(keySet).Problem;
    }

    private async Task<Result<MachineToken>> IssueAsync(
        Assertion assertion, MachineClient? client, string scopes, string audience, AuditOrigin? origin, CancellationToken cancellationToken)
    {
        // The same answer for a client that is not there and for a signature that is not its own: nobody learns who is registered.
        if (client is null || assertion.Issuer != client.Id || KeySet.Read(client.KeySet).Keys is not { } keys
            || !keys.Verifies(assertion.Algorithm, assertion.KeyId, assertion.Signed, assertion.Signature))
        {
            return new Rejection(RejectionCode.ClientUnknown, "iss and sub name no client whose registered key (kid, RS384 or ES384) made this signature");
        }

        if (!client.Active) return new Rejection(RejectionCode.ClientSuspended, $"Client {client.Id} is suspended");
        if (WrongTime(assertion) is { } untimely) return untimely;
        if (!assertion.Audiences.Contains(audience, StringComparer.Ordinal)) return new Rejection(RejectionCode.AssertionAudienceWrong, $"aud must be {audience}");
        if (LocationOf(client) is { } location && certificates.RefusalFor(location, origin?.Certificate) is { } unproven) return unproven;
        if (!await clients.UseAssertionAsync(client.Id, assertion.Id, assertion.ExpiresAt, cancellationToken))
        {
            return new Rejection(RejectionCode.AssertionReplayed, "This jti was used before");
        }

        var granted = Granted(client, scopes);
        if (granted.Count == 0) return new Rejection(RejectionCode.ScopeNotGranted, $"Registered for this client: {client.Scopes}");
        var text = string.Join(' ', granted);
        return new MachineToken(seal.Seal(new(TicketKind.Machine, client.Id, client.Stamp, client.ProviderId, text, time.GetUtcNow() + Lifetime)), text, Lifetime);
    }

    private Rejection? WrongTime(Assertion assertion)
    {
        var now = time.GetUtcNow();
        if (assertion.ExpiresAt <= now) return new(RejectionCode.AssertionExpired, "exp has passed");
        if (assertion.ExpiresAt > now + Lifetime + Skew) return new(RejectionCode.AssertionExpired, "exp is more than five minutes ahead");
        return assertion.NotBefore > now + Skew || assertion.IssuedAt > now + Skew ? new(RejectionCode.AssertionExpired, "nbf or iat is still to come") : null;
    }

    private string? LocationOf(MachineClient client) =>
        client.ServiceLocationId ?? (client.SourceId is null ? null : registry.GetSource(client.SourceId)?.ServiceLocationId);

    /// <summary>What is asked for and registered. A scope that is wider than what is registered is not given in part.</summary>
    private static List<string> Granted(MachineClient client, string scopes)
    {
        var registered = Split(client.Scopes);
        var covering = registered.Select(SmartScope.Parse).OfType<SmartScope>().ToList();
        return [.. Split(scopes).Distinct(StringComparer.Ordinal).Where(scope =>
            SmartScope.Parse(scope) is { } asked ? covering.Any(held => held.Covers(asked)) : scope == SmartScope.Upload && registered.Contains(scope))];
    }

    private static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
