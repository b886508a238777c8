using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Flow;
using MassTransit.Mediator;
using Microsoft.Extensions.Hosting;

namespace EHealthPlus.Routing.Sagas.Dispatch;

/// <summary>
/// Moves deposits to their sagas within this process. The flow limits how many are under way; what is, ends before the store closes.
/// </summary>
internal sealed class DepositDispatch(IMediator mediator) : IDepositDispatch, IHostedService, IDisposable
{
    private readonly CancellationTokenSource giveUp = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The one more is the running hub itself, until it stops.
    private int underWay = 1;

    /// <returns>Ends when the deposit was handled, however that ended.</returns>
    public async Task DispatchAsync(DepositId id)
    {
        Interlocked.Increment(ref underWay);
        // The flow hands deposits over one by one, and each is worked on until its first wait: without this, one core would do all the work.
        await Task.Yield();
        try
        {
            await mediator.Send(new DepositReceived(id.Value), giveUp.Token).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for what is under way, as long as the host allows; what takes longer is left to the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Leave();
        using var limit = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), giveUp);
        await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => giveUp.Dispose();

    private void Leave()
    {
        if (Interlocked.Decrement(ref underWay) == 0) ended.TrySetResult();
    }
}
