using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Endpoints.Hub.Defence;

/// <summary>
/// Stands before every HTTP interface. Each answer, also one that no interface gave, bears the headers that guard a browser; a fault is answered
/// without a word about the program, and logged without what its message may quote.
/// </summary>
internal sealed partial class AnswerGuard(RequestDelegate next, KnownHosts hosts, ILogger<AnswerGuard> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state => Guard((HttpContext)state), http);
        if (!hosts.Has(http.Request.Host.Host))
        {
            await AnswerAsync(http, new(RejectionCode.HostUnknown, "The request names a host that this hub is not: see Hub__PublicUrl and Hub__TlsNames"));
            return;
        }

        if (ForeignPage.Sent(http.Request))
        {
            await AnswerAsync(http, new(RejectionCode.PageOfAnotherSite, "Send it from a page of this hub, or from a program"));
            return;
        }

        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: there is nobody to answer.
            http.Abort();
        }
        catch (BadHttpRequestException fault)
        {
            await AnswerAsync(http, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new(RejectionCode.BodyTooLarge, "The body is larger than this address takes")
                : new(RejectionCode.BodyInvalid, "The body broke off, or was sent too slowly"));
        }
        catch (Exception fault)
        {
            Failed(logger, http.GetEndpoint()?.DisplayName, fault.GetType().FullName!, fault.StackTrace);
            await AnswerAsync(http, new(RejectionCode.InternalFault, "Try again; if it stays, tell the operator the time of this answer"));
        }
    }

    private static Task Guard(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Cache-Control", "no-store");
        // A browser that was here over TLS does not come back without (RFC 6797). It says nothing to addresses, and localhost has other servers.
        if (http.Request.IsHttps && !string.Equals(http.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase)) headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        return Task.CompletedTask;
    }

    internal static async Task AnswerAsync(HttpContext http, Rejection rejection)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        var meaning = RejectionTable.Of(rejection.Code);
        var wait = http.Response.Headers.RetryAfter;
        http.Response.Clear();
        http.Response.Headers.RetryAfter = wait;
        http.Response.StatusCode = meaning.HttpStatus;
        http.Response.ContentType = "application/problem+json";
        // What is left of the body is not read: it may be what was wrong.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true) http.Response.Headers.Connection = "close";
        await JsonSerializer.SerializeAsync(
            http.Response.Body,
            new { type = $"/rejections#{(int)rejection.Code}", title = meaning.English, status = meaning.HttpStatus, detail = rejection.Detail, rejection = (int)rejection.Code, code = rejection.Code.ToString() },
            cancellationToken: http.RequestAborted);
    }

    [LoggerMessage(5201, LogLevel.Error, "{Endpoint} failed with {ExceptionType}:\n{StackTrace}")]
    private static partial void Failed(ILogger logger, string? endpoint, string exceptionType, string? stackTrace);
}
