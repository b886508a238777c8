using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>One provider, one place, one source, in memory.</summary>
public sealed class FakeRegistry : IRegistry
{
    private readonly List<Provider> providers = [new("synthetic-hospital", "Synthetic Hospital", "模擬醫院", ProviderKind.PrivateHospital)];
    private readonly List<ServiceLocation> locations = [new("main", "synthetic-hospital", "Main building", "主樓")];
    private readonly List<Source> sources = [new("his", "synthetic-hospital", "main", "HIS", "SYN", "UNICODE UTF-8")];

    public IReadOnlyList<Provider> Providers => providers;

    public IReadOnlyList<ServiceLocation> ServiceLocations => locations;

    public IReadOnlyList<Source> Sources => sources;

    public Source? FindSource(string sendingApplication, string sendingFacility) =>
        sources.Find(source => source.SendingApplication == sendingApplication && source.SendingFacility == sendingFacility);

    public Source? GetSource(string id) => sources.Find(source => source.Id == id);

    public Provider? GetProvider(string id) => providers.Find(provider => provider.Id == id);

    public ServiceLocation? GetServiceLocation(string id) => locations.Find(location => location.Id == id);

    public Task SaveAsync(Provider provider, CancellationToken cancellationToken)
    {
        providers.Add(provider);
        return Task.CompletedTask;
    }

    public Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken)
    {
        locations.Add(location);
        return Task.CompletedTask;
    }

    public Task SaveAsync(Source source, CancellationToken cancellationToken)
    {
        sources.Add(source);
        return Task.CompletedTask;
    }
}
