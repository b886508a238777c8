using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.Storage.Sqlite.Registry;

/// <inheritdoc/>
internal sealed class ProviderRegistry(SqliteStore store) : IRegistry
{
    private const int RowOverhead = 512;

    public IReadOnlyList<Provider> Providers => store.Registered.Providers;

    public IReadOnlyList<ServiceLocation> ServiceLocations => store.Registered.Locations;

    public IReadOnlyList<Source> Sources => store.Registered.Sources;

    public Source? FindSource(string sendingApplication, string sendingFacility) =>
        store.Registered.SourceBySender.GetValueOrDefault((sendingApplication, sendingFacility));

    public Source? GetSource(string id) => store.Registered.SourceById.GetValueOrDefault(id);

    public Provider? GetProvider(string id) => store.Registered.ProviderById.GetValueOrDefault(id);

    public ServiceLocation? GetServiceLocation(string id) => store.Registered.LocationById.GetValueOrDefault(id);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(Provider provider, CancellationToken cancellationToken) =>
        SaveAsync(session => session.Registry.Save(provider), cancellationToken);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken) =>
        SaveAsync(session => session.Registry.Save(location), cancellationToken);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(Source source, CancellationToken cancellationToken) =>
        SaveAsync(session => session.Registry.Save(source), cancellationToken);

    private async Task SaveAsync(Action<WriteSession> save, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                save(session);
                return true;
            },
            RowOverhead);
        written.OrThrow();
        // It is on disk: it must be in force too, whether or not its caller still waits.
        await store.ReadRegistryAsync(CancellationToken.None);
    }
}
