using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Routing.Contracts.Flow;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>Which operation of the hub a request of a peer is for.</summary>
internal sealed class ProvidedOperations(ProvidedServices services, Peer connection, string callingAeTitle) : IRequestHandler
{
    public async ValueTask<IIncomingMessage?> BeginAsync(Operation operation, CancellationToken cancellationToken)
    {
        var known = services.Check.Check(callingAeTitle, connection);
        if (!known.Accepted) return new RefusedOperation(operation, known.Rejection);
        var peer = known.Value;
        return (operation.Command.Field, operation.Context.Kind) switch
        {
            (CommandField.EchoRequest, SopClassKind.Verification) => new EchoOperation(operation),
            (CommandField.StoreRequest, SopClassKind.Storage) => await StoreOperation.BeginAsync(operation, peer, services, cancellationToken),
            _ => null,
        };
    }
}
