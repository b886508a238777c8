using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Adapters.OAuth;

/// <summary>
/// The token endpoint (RFC 6749 section 4.4): client credentials, proven by a signed assertion (RFC 7523 section 2.2). A refusal is told as
/// RFC 6749 section 5.2 writes it, with the hub's rejection number in its description.
/// </summary>
internal static class TokenEndpoint
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int MostBytes = 16 * 1024;

    private static readonly FormOptions Limits = new() { ValueCountLimit = 16, KeyLengthLimit = 64, ValueLengthLimit = MostBytes, BufferBodyLengthLimit = MostBytes };

    public static async Task AnswerAsync(HttpContext http)
    {
        // A token is for its client alone (RFC 6749 section 5.1).
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        var form = await ReadAsync(http);
        if (!form.Accepted)
        {
            await RefuseAsync(http, form.Rejection, "invalid_request");
            return;
        }

        if (Problem(form.Value) is var (error, detail))
        {
            await RefuseAsync(http, new(RejectionCode.TokenRequestInvalid, detail), error);
            return;
        }

        var issued = await http.RequestServices.GetRequiredService<IMachineTokens>().IssueAsync(
            form.Value["client_assertion"].ToString(), form.Value["scope"].ToString(), http.RequestServices.GetRequiredService<OAuthOptions>().TokenEndpoint,
            AuditOrigin.Of(http.Connection.RemoteIpAddress, http.Connection.ClientCertificate), http.RequestAborted);
        if (!issued.Accepted)
        {
            await RefuseAsync(http, issued.Rejection, issued.Rejection.Code == RejectionCode.ScopeNotGranted ? "invalid_scope" : "invalid_client");
            return;
        }

        var (token, scopes, lifetime) = issued.Value;
        await WriteAsync(http, StatusCodes.Status200OK, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["access_token"] = token, ["token_type"] = "bearer", ["expires_in"] = (int)lifetime.TotalSeconds, ["scope"] = scopes,
        });
    }

    private static async Task<Result<FormCollection>> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return new Rejection(RejectionCode.TokenRequestInvalid, "Send application/x-www-form-urlencoded");
        }

        try
        {
            return (FormCollection)await http.Request.ReadFormAsync(Limits, http.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return new Rejection(RejectionCode.TokenRequestInvalid, "The form cannot be read, or is too long");
        }
    }

    /// <returns>The error of RFC 6749 and what is wrong; null where the request is complete.</returns>
    private static (string Error, string Detail)? Problem(FormCollection form)
    {
        // A parameter that is sent twice makes the request invalid (RFC 6749 section 3.2).
        if (form.Any(field => field.Value.Count > 1)) return ("invalid_request", "A parameter is there twice");
        if (form["grant_type"] != "client_credentials") return ("unsupported_grant_type", "grant_type is client_credentials");
        if (form["client_assertion_type"] != AssertionType) return ("invalid_client", $"client_assertion_type is {AssertionType}");
        if (form["client_assertion"].Count == 0) return ("invalid_client", "client_assertion is missing");
        return form["scope"].Count == 0 ? ("invalid_scope", "scope is missing") : null;
    }

    private static Task RefuseAsync(HttpContext http, Rejection rejection, string error) => WriteAsync(
        http, RejectionTable.Of(rejection.Code).HttpStatus, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["error"] = error,
            ["error_description"] = string.Create(CultureInfo.InvariantCulture, $"{(int)rejection.Code} {rejection.Code}: {rejection.Detail}"),
        });

    private static Task WriteAsync(HttpContext http, int status, Dictionary<string, object> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, body, cancellationToken: http.RequestAborted);
    }
}
