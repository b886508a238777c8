using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>
/// Writes a refusal. PS3.18 leaves its body open, so it is what the FHIR interface answers: an OperationOutcome (FHIR R4) with the hub's number,
/// in both languages.
/// </summary>
internal static class Refusal
{
    private const string Translation = "http://hl7.org/fhir/StructureDefinition/translation";

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
        await using (var json = new Utf8JsonWriter(response.BodyWriter, Plain)) Write(json, rejection, meaning);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, Rejection rejection, RejectionMeaning meaning)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "OperationOutcome");
        json.WriteString("language", "en");
        json.WriteStartArray("issue");
        json.WriteStartObject();
        json.WriteString("severity", meaning.Code == RejectionCode.InternalFault ? "fatal" : "error");
        json.WriteString("code", meaning.IssueType);
        json.WriteStartObject("details");
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", FhirSystems.Rejection);
        json.WriteString("code", ((int)meaning.Code).ToString(CultureInfo.InvariantCulture));
        json.WriteString("display", meaning.Code.ToString());
        json.WriteEndObject();
        json.WriteEndArray();
        Both(json, "text", meaning.English, meaning.Chinese);
        json.WriteEndObject();
        Both(json, "diagnostics", rejection.Detail, rejection.DetailChinese);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Both(Utf8JsonWriter json, string name, string english, string? chinese)
    {
        json.WriteString(name, english);
        if (chinese is null) return;
        json.WriteStartObject("_" + name);
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", "lang");
        json.WriteString("valueCode", "zh-HK");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("url", "content");
        json.WriteString("valueString", chinese);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("url", Translation);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
