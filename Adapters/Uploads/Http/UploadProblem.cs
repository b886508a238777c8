using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.Uploads.Http;

/// <summary>JSON answers of the upload interface; a refusal is RFC 9457 problem details with the hub's rejection number.</summary>
internal static class UploadProblem
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static Task WriteAsync(HttpContext http, RejectionCode code, string? detail = null) =>
        WriteAsync(http, new Rejection(code, detail ?? RejectionTable.Of(code).English));

    public static Task WriteAsync(HttpContext http, Rejection rejection)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        if (meaning.HttpStatus == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (meaning.Transient) http.Response.Headers.RetryAfter = "10";
        return WriteAsync(
            http, meaning.HttpStatus, "application/problem+json",
            new Details($"/rejections#{(int)rejection.Code}", meaning.English, meaning.HttpStatus, rejection.Detail, (int)rejection.Code, rejection.Code.ToString()));
    }

    public static async Task WriteAsync<T>(HttpContext http, int status, string contentType, T value)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, Options, http.RequestAborted);
    }

    private sealed record Details(string Type, string Title, int Status, string Detail, int Rejection, string Code);
}
