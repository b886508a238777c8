using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class RegistryInMemory : IRegistry
{
    public List<Provider> All { get; } =
    [
        new("clinic-a", "Clinic A", "甲診所", ProviderKind.Clinic), new("clinic-b", "Clinic B", "", ProviderKind.Clinic),
        new("clinic-closed", "Closed clinic", "", ProviderKind.Clinic, Active: false),
    ];

    public IReadOnlyList<Provider> Providers => All;

    public IReadOnlyList<ServiceLocation> ServiceLocations => [];

    public IReadOnlyList<Source> Sources => [];

    public Source? FindSource(string sendingApplication, string sendingFacility) => null;

    public Source? GetSource(string id) => id == "lab-1" ? new("lab-1", "clinic-a", "a-1", "LIS", "LAB", "ASCII", null) : null;

    public Provider? GetProvider(string id) => All.Find(provider => provider.Id == id);

    public ServiceLocation? GetServiceLocation(string id) => null;

    public Task SaveAsync(Provider provider, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(Source source, CancellationToken cancellationToken) => throw new NotSupportedException();
}
