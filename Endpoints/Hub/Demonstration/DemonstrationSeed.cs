using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Endpoints.Hub.Demonstration;

/// <summary>Registers the demonstration providers at the first start.</summary>
internal sealed class DemonstrationSeed(IRegistry registry, IProfessionals professionals, IDicomPeers peers, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => DemonstrationRegistry.SeedAsync(registry, professionals, peers, time.GetUtcNow(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
