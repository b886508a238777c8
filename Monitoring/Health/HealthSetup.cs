using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Monitoring.Health;

/// <summary>GET /health/live: the process answers. GET /health/ready: each vital <see cref="IReadinessCheck"/> agrees.</summary>
public static class HealthSetup
{
    private static readonly string[] Asking = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointConventionBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health").AllowAnonymous();
        // Load balancers ask with HEAD as well.
        health.MapMethods("/live", Asking, Live);
        health.MapMethods("/ready", Asking, Ready);
        return health;
    }

    private static Task Live(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync("""{"status":"live"}""", http.RequestAborted);
    }

    private static async Task Ready(HttpContext http)
    {
        var checks = http.RequestServices.GetServices<IReadinessCheck>();
        var time = http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var findings = await Task.WhenAll(checks.Select(check => ReadinessFinding.AskAsync(check, time, http.RequestAborted)));
        var ready = findings.All(finding => finding.Ready || !finding.Vital);
        http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new Readiness(ready ? "ready" : "not-ready", findings), http.RequestAborted);
    }

    private sealed record Readiness(string Status, IReadOnlyList<ReadinessFinding> Checks);
}
