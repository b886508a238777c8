using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>Which bodies are answered and taken: FHIR R4 JSON in UTF-8 (R4 3.1.0.1.10), and forms for POST searches.</summary>
internal static class ContentNegotiation
{
    public const string FhirJson = "application/fhir+json";
    public const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] FormatValues = ["json", "application/json", FhirJson, "application/fhir json"];

    /// <returns>Rejection NotAcceptable; null where FHIR JSON will do.</returns>
    public static Rejection? RefuseAnswer(HttpRequest request)
    {
        // _format goes before Accept (R4 3.1.0.1.11). An unescaped + in an address reads as a space.
        if (request.Query.TryGetValue("_format", out var format))
        {
            return format.All(value => FormatValues.Contains(value, StringComparer.OrdinalIgnoreCase)) ? null : Unacceptable("_format can only be json");
        }

        var headers = request.GetTypedHeaders();
        var ranges = headers.Accept;
        if (request.Headers.Accept.Count > 0 && !ranges.Any(Accepts)) return Unacceptable("Accept allows no application/fhir+json");
        var charsets = headers.AcceptCharset;
        if (charsets.Count > 0 && !charsets.Any(charset => charset.Quality is not 0 && (charset.Value == "*" || IsUtf8(charset.Value.Value))))
        {
            return Unacceptable("Accept-Charset allows no utf-8");
        }

        return null;
    }

    /// <returns>Rejection MediaTypeUnsupported; null where the body may be read.</returns>
    public static Rejection? RefuseBody(HttpRequest request, params string[] mediaTypes)
    {
        if (request.Headers.ContentEncoding.Count > 0) return Unsupported("Bodies are taken without Content-Encoding");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !mediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            return Unsupported($"Content-Type must be {string.Join(" or ", mediaTypes)}");
        }

        return type.Charset.HasValue && !IsUtf8(type.Charset.Value) ? Unsupported("The charset must be utf-8") : null;
    }

    private static bool Accepts(MediaTypeHeaderValue range)
    {
        if (range.Quality is 0) return false;
        if (range.Charset.HasValue && !IsUtf8(range.Charset.Value)) return false;
        var fhirVersion = range.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase));
        if (fhirVersion is not null && fhirVersion.GetUnescapedValue() != "4.0") return false;
        return range.MediaType.Value is { } type
            && (type.Equals("*/*", StringComparison.Ordinal) || type.Equals("application/*", StringComparison.OrdinalIgnoreCase)
                || type.Equals(FhirJson, StringComparison.OrdinalIgnoreCase) || type.Equals("application/json", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsUtf8(string? charset) => string.Equals(charset?.Trim('"'), Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);

    private static Rejection Unacceptable(string detail) => new(RejectionCode.NotAcceptable, detail);

    private static Rejection Unsupported(string detail) => new(RejectionCode.MediaTypeUnsupported, detail);
}
