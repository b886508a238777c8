using EHealthPlus.Monitoring.Telemetry.Exposition;
using EHealthPlus.Monitoring.Telemetry.Metrics;
using EHealthPlus.Monitoring.Telemetry.Windows;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Monitoring.Telemetry;

/// <summary>Registers the listener to the hub's instruments, and the scrape endpoint.</summary>
public static class TelemetrySetup
{
    private static readonly string[] Asking = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddFlowTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FlowWindow>();
        services.AddSingleton<IFlowStatistics>(provider => provider.GetRequiredService<FlowWindow>());
        services.AddSingleton<FlowListener>();
        // First, so that nothing which later services measure while they start is missed.
        services.Insert(0, ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService>(provider => provider.GetRequiredService<FlowListener>()));
        return services;
    }

    /// <summary>GET and HEAD /metrics for Prometheus. Holds no patient data; open to whoever reaches the port.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/metrics", Asking, Answer).AllowAnonymous();

    private static Task Answer(HttpContext http)
    {
        var listener = http.RequestServices.GetRequiredService<FlowListener>();
        var text = new MetricText();
        foreach (var metric in listener.Metrics) text.Write(metric);
        text.Write(
            "ehealthplus_telemetry_overflow_total", "Measurements summed under the label other because an instrument had too many series",
            MetricKind.Counter, listener.Metrics.Sum(metric => metric.Overflowed));
        ProcessMetrics.Write(text);
        http.Response.ContentType = MetricText.ContentType;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }
}
