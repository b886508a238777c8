using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Adapters.OAuth;

/// <summary>Where clients reach the hub. Said by the operator and never taken from the Host header: an assertion for another server must not fit here.</summary>
/// <param name="PublicUrl">Scheme, host and port, without a slash at its end.</param>
public sealed record OAuthOptions(string PublicUrl)
{
    public string TokenEndpoint => $"{PublicUrl}/oauth/token";
}

/// <summary>OAuth 2.0 for machines: the token endpoint, and the document that tells where it is (SMART App Launch 2.2).</summary>
public static class OAuthRoutes
{
    public static IServiceCollection AddOAuth(this IServiceCollection services, OAuthOptions options) => services.AddSingleton(options);

    /// <summary>Needs the port IMachineTokens.</summary>
    public static IEndpointRouteBuilder MapOAuth(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<OAuthOptions>();
        endpoints.MapPost("/oauth/token", TokenEndpoint.AnswerAsync).AllowAnonymous();
        RequestDelegate describe = http => SmartConfiguration.WriteAsync(http, options);
        endpoints.MapGet("/.well-known/smart-configuration", describe).AllowAnonymous();
        endpoints.MapGet("/fhir/.well-known/smart-configuration", describe).AllowAnonymous();
        return endpoints;
    }
}
