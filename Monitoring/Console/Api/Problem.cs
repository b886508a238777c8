using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>A refusal as RFC 9457 problem details, with the hub's rejection number.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    public static Task WriteAsync(HttpContext http, RejectionCode code, string? detail = null) => WriteAsync(http, new Rejection(code, detail ?? RejectionTable.Of(code).English));

    public static async Task WriteAsync(HttpContext http, Rejection rejection)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        http.Response.StatusCode = meaning.HttpStatus;
        http.Response.ContentType = ContentType;
        await JsonSerializer.SerializeAsync(
            http.Response.Body,
            new Details(
                $"/rejections#{(int)rejection.Code}", meaning.English, meaning.HttpStatus, rejection.Detail, http.Request.Path,
                (int)rejection.Code, rejection.Code.ToString(), rejection.Location?.ToString()),
            Json.Options, http.RequestAborted);
    }

    private sealed record Details(string Type, string Title, int Status, string Detail, string? Instance, int Rejection, string Code, string? Location);
}
