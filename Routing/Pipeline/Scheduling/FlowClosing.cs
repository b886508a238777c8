using Microsoft.Extensions.Hosting;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>Closes the flow when the hub stops. Register it after the bus: hosted services stop in the reverse order.</summary>
internal sealed class FlowClosing(DepositScheduler scheduler) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        scheduler.Close();
        return Task.CompletedTask;
    }
}
