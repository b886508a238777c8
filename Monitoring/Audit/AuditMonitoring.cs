using EHealthPlus.Monitoring.Audit.Checkpoints;
using EHealthPlus.Monitoring.Audit.Syslog;
using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Monitoring.Audit;

/// <summary>Watches over the audit trail: it reads through IAuditReader, and changes nothing.</summary>
public static class AuditMonitoring
{
    /// <param name="checkpoints">Folder of the signed checkpoints.</param>
    public static IServiceCollection AddAuditMonitoring(this IServiceCollection services, string checkpoints)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new CheckpointFolder(checkpoints)).AddSingleton<Checkpointing>();
        services.AddSingleton<IReadinessCheck>(rooms => rooms.GetRequiredService<Checkpointing>());
        services.AddHostedService(rooms => rooms.GetRequiredService<Checkpointing>());
        return services;
    }

    /// <summary>Sends the trail to a security operations centre as well.</summary>
    public static IServiceCollection AddSyslog(this IServiceCollection services, SyslogCollector collector)
    {
        services.AddSingleton(collector).AddSingleton<SyslogForwarding>();
        services.AddSingleton<IReadinessCheck>(rooms => rooms.GetRequiredService<SyslogForwarding>());
        services.AddHostedService(rooms => rooms.GetRequiredService<SyslogForwarding>());
        return services;
    }
}
