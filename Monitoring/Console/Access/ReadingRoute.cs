using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>Routes that only give something: asked for with GET, and with HEAD for its headers alone (RFC 9110 9.3.2); the server leaves the body out.</summary>
internal static class ReadingRoute
{
    private static readonly string[] Asking = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointConventionBuilder MapReading(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate give) => endpoints.MapMethods(pattern, Asking, give);
}
