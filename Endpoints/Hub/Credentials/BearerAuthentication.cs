using System.Security.Claims;
using System.Text.Encodings.Web;
using EHealthPlus.Routing.Contracts.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>Reads the bearer token of the Authorization header (RFC 6750 section 2.1), or of the console's cookie.</summary>
public sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ICredentialCheck credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        var token = header is not null
            ? header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null
            : Request.Cookies[ConsoleCookie.Name];
        if (string.IsNullOrEmpty(token))
        {
            return Task.FromResult(header is null ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("Only bearer tokens are taken"));
        }

        return Task.FromResult(credentials.Check(token) is { } principal
            ? AuthenticateResult.Success(new(new ClaimsPrincipal((principal with { Origin = RequestOrigin.Of(Context) }).ToIdentity(SchemeName)), SchemeName))
            : AuthenticateResult.Fail("The token is not known"));
    }
}
