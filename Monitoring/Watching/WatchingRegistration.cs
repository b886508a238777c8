using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Monitoring.Watching;

/// <summary>Watches the audit trail by rules. The host registers IAuditReader, ICaseStore, IRegistry, IMachineClients and IPersonAccounts.</summary>
public static class WatchingRegistration
{
    /// <param name="rules">A file in place of the program's own rules; null for those.</param>
    /// <exception cref="InvalidDataException">The file does not hold rules.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IServiceCollection AddWatching(this IServiceCollection services, string? rules)
    {
        services.TryAddSingleton(TimeProvider.System);
        var inForce = new RulesInForce(RuleFile.Read(rules));
        return services.AddSingleton(inForce).AddSingleton<IWatchRules>(inForce).AddSingleton<ICaseDesk, CaseDesk>().AddHostedService<Watching>();
    }
}
