using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Flow;
using MassTransit;

namespace EHealthPlus.Routing.Sagas.Bus;

/// <summary>Sends straight to the saga's queue: nobody else listens, so no topic is needed.</summary>
internal sealed class DepositDispatch(IBus bus) : IDepositDispatch
{
    private readonly Task<ISendEndpoint> queue = bus.GetSendEndpoint(DepositEndpoint.Address);

    public async Task DispatchAsync(DepositId id, CancellationToken cancellationToken)
    {
        var endpoint = await queue.ConfigureAwait(false);
        await endpoint.Send(new DepositReceived(id.Value), cancellationToken).ConfigureAwait(false);
    }
}
