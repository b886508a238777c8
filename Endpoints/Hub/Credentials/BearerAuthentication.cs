using System.Security.Claims;
using System.Text.Encodings.Web;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>
/// Reads the bearer token of the Authorization header (RFC 6750 section 2.1), or of the console's cookie, and looks at the client
/// certificate of the connection: at every request, so that what was revoked a moment ago is refused.
/// </summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ICredentialCheck credentials,
    ICertificateCheck certificates, IConsoleSessions sessions, IRegistry registry, IAuditTrail audit, LapsedTokens lapsed)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const int LongestPath = 128;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        var token = header is not null
            ? header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null
            : Request.Cookies[ConsoleCookie.Name];
        if (string.IsNullOrEmpty(token))
        {
            return header is null ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("Only bearer tokens are taken");
        }

        var bearer = credentials.Check(token);
        var origin = AuditOrigin.Of(Context.Connection.RemoteIpAddress, Context.Connection.ClientCertificate);
        if (!bearer.Accepted)
        {
            await RecordLapsedAsync(bearer.Rejection, token, origin);
            return Refuse(bearer.Rejection);
        }

        if (header is null && !sessions.GoesOn(token)) return Refuse(new(RejectionCode.SessionEnded, "The session was idle for too long"));
        if (RefusalOf(bearer.Value, origin) is { } refusal) return Refuse(refusal);
        var identity = (bearer.Value.Principal with { Origin = origin }).ToIdentity(SchemeName);
        foreach (var scope in bearer.Value.Scopes ?? []) identity.AddClaim(new(SmartScope.Claim, scope));
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>Who may no longer act and tries to go on is written down, once a minute: the watching rules look at it. Expired tokens are everybody's.</summary>
    private async Task RecordLapsedAsync(Rejection refusal, string token, AuditOrigin origin)
    {
        if (refusal.Code is not (RejectionCode.AffiliationEnded or RejectionCode.ProfessionalNotRegistered or RejectionCode.AccountSuspended or RejectionCode.ClientSuspended)) return;
        if (Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) || credentials.GivenTo(token) is not { } bearer) return;
        if (!lapsed.IsDue(token)) return;
        var path = Request.Path.Value ?? "";
        await audit.RecordAsync(
            AuditEntry.By(
                bearer with { Origin = origin }, TimeProvider.GetUtcNow(), AuditAction.LapsedCredential, null,
                $"{Request.Method} {path[..Math.Min(path.Length, LongestPath)]}", false, refusal.ToString()),
            Context.RequestAborted);
    }

    private AuthenticateResult Refuse(Rejection refusal)
    {
        // Whoever answers says why, in the form of its own interface.
        Context.User = CredentialRefusal.UserOf(refusal);
        return AuthenticateResult.Fail(refusal.Detail);
    }

    private Rejection? RefusalOf(Bearer bearer, AuditOrigin origin)
    {
        var principal = bearer.Principal;
        // /fhir and /dicomweb look at the scope of each request themselves.
        if (bearer.Scopes is { } scopes && !Request.Path.StartsWithSegments("/fhir", StringComparison.Ordinal) && !Request.Path.StartsWithSegments("/dicomweb", StringComparison.Ordinal)
            && !(Request.Path.StartsWithSegments("/uploads", StringComparison.Ordinal) && scopes.Contains(SmartScope.Upload)))
        {
            return new(RejectionCode.ScopeInsufficient, $"A token with scopes is good for /fhir and /dicomweb, and for /uploads with {SmartScope.Upload}");
        }

        // A machine speaks for its location; a person may sit at any workstation of the provider.
        var location = principal.ServiceLocationId ?? (principal.SourceId is { } source ? registry.GetSource(source)?.ServiceLocationId : null);
        if (location is not null) return certificates.RefusalFor(location, origin.Certificate);
        if (origin.Certificate is not { } shown) return null;
        var owner = certificates.LocationOf(shown);
        if (!owner.Accepted) return owner.Rejection;
        return principal.ProviderId is { } provider && registry.GetServiceLocation(owner.Value)?.ProviderId is { } other && other != provider
            ? new(RejectionCode.CertificateOfAnotherLocation, $"The certificate is that of service location {owner.Value} of {other}, and the token is for {provider}")
            : null;
    }
}
