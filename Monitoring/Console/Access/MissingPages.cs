using EHealthPlus.Monitoring.Console.Api;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>
/// Answers for addresses that nothing stands at, and for methods that an address does not take: a page for browsers, problem+json for programs.
/// Whatever has a body of its own goes out as it is.
/// </summary>
internal static class MissingPages
{
    public static Task AnswerAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when WantsPage(http.Request) => PageFrame.NotFoundAsync(new(http)),
        StatusCodes.Status404NotFound => Problem.WriteAsync(http, RejectionCode.ResourceNotFound, "Nothing stands at this address"),
        StatusCodes.Status405MethodNotAllowed => Problem.WriteAsync(http, RejectionCode.InteractionUnsupported, $"Methods here: {http.Response.Headers.Allow}"),
        _ => Task.CompletedTask,
    };

    private static bool WantsPage(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
