using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>
/// Writes a refusal. PS3.18 leaves its body open, so it is what the FHIR interface answers: an OperationOutcome (FHIR R4) with the hub's number,
/// in both languages.
/// </summary>
internal static class Refusal
{
    /// <summary>Seconds after which a client may try again what failed for a passing reason.</summary>
    private const string RetryAfter = "5";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext http, Rejection rejection, CancellationToken cancellationToken)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        var response = http.Response;
        response.StatusCode = meaning.HttpStatus;
        response.ContentType = "application/fhir+json; charset=utf-8";
        if (meaning.HttpStatus == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (meaning.Transient) response.Headers.RetryAfter = RetryAfter;
        await using (var json = new Utf8JsonWriter(response.BodyWriter, Plain)) OperationOutcome.Write(json, [new(rejection)], OperationOutcome.English);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
