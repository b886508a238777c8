using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>Writes an answer: status, headers (RFC 9110; FHIR R4 3.1.0.5 to 3.1.0.6), and the body straight into the response.</summary>
internal static class AnswerWriting
{
    /// <summary>Seconds after which a client may try again what failed for a passing reason.</summary>
    private const string RetryAfter = "5";

    public static async Task WriteAsync(HttpContext context, FhirAnswer answer, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.Vary = "Accept, Accept-Language";
        if (answer.VersionId is not null) response.Headers.ETag = $"W/\"{answer.VersionId}\"";
        if (answer.LastModified is { } at) response.Headers.LastModified = at.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
        if (answer.Location is not null) response.Headers.Location = answer.Location;
        if (answer.Allow is not null) response.Headers.Allow = string.Join(", ", answer.Allow);
        if (answer.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (response.Headers.RetryAfter.Count == 0 && answer.Issues.Any(issue => RejectionTable.Of(issue.Rejection.Code).Transient)) response.Headers.RetryAfter = RetryAfter;
        if (IsUnchanged(context.Request, answer))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = answer.Body;
        if (answer.Issues.Count > 0)
        {
            var language = AnswerLanguage.Of(context.Request);
            response.Headers.ContentLanguage = language;
            body = json => OperationOutcome.Write(json, answer.Issues, language);
        }

        if (body is null) return;
        response.ContentType = $"{ContentNegotiation.FhirJson}; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await using (var json = new Utf8JsonWriter(response.BodyWriter, ServedResource.WriterOptions)) body(json);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    public static void SecureHeaders(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    // Conditional read, FHIR R4 3.1.0.2.1: If-None-Match goes before If-Modified-Since (RFC 9110 13.2.2).
    private static bool IsUnchanged(HttpRequest request, FhirAnswer answer)
    {
        if (answer.Status != StatusCodes.Status200OK || answer.VersionId is null || answer.Joined || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))) return false;
        var headers = request.GetTypedHeaders();
        if (headers.IfNoneMatch.Count > 0)
        {
            var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{answer.VersionId}\"", isWeak: true);
            return headers.IfNoneMatch.Any(known => known.Equals(Microsoft.Net.Http.Headers.EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
        }

        // The header counts whole seconds.
        return headers.IfModifiedSince is { } since && answer.LastModified is { } changed && changed < since.AddSeconds(1);
    }
}
