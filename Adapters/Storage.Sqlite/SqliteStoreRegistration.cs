using EHealthPlus.Routing.Contracts.Flow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite;

/// <summary>Puts the embedded store behind the ports of Routing/Contracts.</summary>
public static class SqliteStoreRegistration
{
    /// <summary>Registers the store; it opens and migrates before any hosted service starts, and closes after all have stopped.</summary>
    /// <param name="dataDirectory">Folder of hub.db.</param>
    /// <param name="maximumBytes">Largest size of the file; null for as much as the disk holds.</param>
    /// <param name="keyFolder">Folder of the wrapping keys; keys in the data directory where it is not said.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string dataDirectory, long? maximumBytes = null, string? keyFolder = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SqliteStore(
            dataDirectory, maximumBytes, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteStore>>(), keyFolder));
        services.AddHostedService<StoreLifetime>();
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().StoredContent);
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().StoreKeys);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Deposits);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().DepositQueries);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Record);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Persons);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().PersonLinks);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().IdentityReviews);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Consents);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().SubstituteDecisionMakers);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().CareRelations);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Audit);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().AuditReader);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Notices);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Registry);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Professionals);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().LocationCertificates);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().PersonAccounts);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().MachineClients);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().UnmappedCodes);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Cases);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Instances);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().DicomPeers);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Studies);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().ImagingDesk);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Worklist);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().PerformedSteps);
        return services;
    }
}
