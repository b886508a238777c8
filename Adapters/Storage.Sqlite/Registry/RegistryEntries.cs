using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.Storage.Sqlite.Registry;

/// <summary>All that is registered, at one moment. Never changed: a change makes a new one.</summary>
internal sealed class RegistryEntries(IReadOnlyList<Provider> providers, IReadOnlyList<ServiceLocation> locations, IReadOnlyList<Source> sources)
{
    public IReadOnlyList<Provider> Providers { get; } = providers;

    public IReadOnlyList<ServiceLocation> Locations { get; } = locations;

    public IReadOnlyList<Source> Sources { get; } = sources;

    public FrozenDictionary<string, Provider> ProviderById { get; } = providers.ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);

    public FrozenDictionary<string, ServiceLocation> LocationById { get; } = locations.ToFrozenDictionary(location => location.Id, StringComparer.Ordinal);

    public FrozenDictionary<string, Source> SourceById { get; } = sources.ToFrozenDictionary(source => source.Id, StringComparer.Ordinal);

    // Where two sources state the same sender, the first by id is meant.
    public FrozenDictionary<(string Application, string Facility), Source> SourceBySender { get; } = sources
        .DistinctBy(source => (source.SendingApplication, source.SendingFacility))
        .ToFrozenDictionary(source => (source.SendingApplication, source.SendingFacility));
}
