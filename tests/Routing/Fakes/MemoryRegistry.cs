using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Two hospitals and a laboratory of synthetic names.</summary>
internal sealed class MemoryRegistry : IRegistry
{
    public static readonly Provider Hospital = new("hospital", "Synthetic Hospital", "", ProviderKind.PrivateHospital);
    public static readonly Source Laboratory = new("lab", "hospital", "main", "LIS", "HOSPITAL", MayEnrol: true);
    public static readonly Source Clinic = new("clinic", "hospital", "main", "LIS", "CLINIC");

    private readonly Dictionary<string, Provider> providers = new() { ["hospital"] = Hospital };
    private readonly Dictionary<string, Source> sources = new() { ["lab"] = Laboratory, ["clinic"] = Clinic };

    public IReadOnlyList<Provider> Providers => [.. providers.Values];

    public IReadOnlyList<ServiceLocation> ServiceLocations => [];

    public IReadOnlyList<Source> Sources => [.. sources.Values];

    public Source? FindSource(string sendingApplication, string sendingFacility) =>
        sources.Values.FirstOrDefault(source => source.SendingApplication == sendingApplication && source.SendingFacility == sendingFacility);

    public Source? GetSource(string id) => sources.GetValueOrDefault(id);

    public Provider? GetProvider(string id) => providers.GetValueOrDefault(id);

    public ServiceLocation? GetServiceLocation(string id) => null;

    public Task SaveAsync(Provider provider, CancellationToken cancellationToken)
    {
        providers[provider.Id] = provider;
        return Task.CompletedTask;
    }

    public Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(Source source, CancellationToken cancellationToken)
    {
        sources[source.Id] = source;
        return Task.CompletedTask;
    }
}
