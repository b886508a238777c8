using Microsoft.Extensions.Hosting;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>Closes the flow as soon as the hub begins to stop, before the sagas and the listeners do.</summary>
internal sealed class FlowClosing(DepositScheduler scheduler) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        scheduler.Close();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
