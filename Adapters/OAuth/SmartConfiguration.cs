using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.OAuth;

/// <summary>What the hub offers to machines, for them to find (SMART App Launch 2.2, Conformance, .well-known/smart-configuration).</summary>
internal static class SmartConfiguration
{
    public static Task WriteAsync(HttpContext http, OAuthOptions options)
    {
        var document = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["token_endpoint"] = options.TokenEndpoint,
            ["grant_types_supported"] = new[] { "client_credentials" },
            ["token_endpoint_auth_methods_supported"] = new[] { "private_key_jwt" },
            ["token_endpoint_auth_signing_alg_values_supported"] = new[] { "RS384", "ES384" },
            ["scopes_supported"] = new[] { "system/*.rs", "system/*.cruds" },
            ["capabilities"] = new[] { "client-confidential-asymmetric", "permission-v2" },
        };
        http.Response.ContentType = "application/json";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return JsonSerializer.SerializeAsync(http.Response.Body, document, cancellationToken: http.RequestAborted);
    }
}
