using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

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
            (_, SopClassKind.Find or SopClassKind.Get or SopClassKind.Move or SopClassKind.Worklist) when !peer.Entity.MayQuery =>
                new RefusedOperation(operation, new(RejectionCode.DicomPeerMayNotQuery, "The application entity may not query")),
            (CommandField.FindRequest, SopClassKind.Find) => new FindOperation(operation, peer, services),
            (CommandField.FindRequest, SopClassKind.Worklist) => new WorklistOperation(operation, peer, services),
            (CommandField.GetRequest, SopClassKind.Get) => new GetOperation(operation, peer, services),
            (CommandField.MoveRequest, SopClassKind.Move) => new MoveOperation(operation, peer, services),
            (CommandField.ActionRequest, SopClassKind.StorageCommitment) => new CommitmentOperation(operation, peer, services),
            (CommandField.CreateRequest or CommandField.SetRequest, SopClassKind.PerformedStep) when !peer.Entity.MayStore =>
                new RefusedOperation(operation, new(RejectionCode.DicomPeerMayNotStore, "The application entity may not report procedure steps")),
            (CommandField.CreateRequest or CommandField.SetRequest, SopClassKind.PerformedStep) => new PerformedStepOperation(operation, peer, services),
            (CommandField.GetAttributesRequest, SopClassKind.PerformedStepRetrieve) when !peer.Entity.MayStore && !peer.Entity.MayQuery =>
                new RefusedOperation(operation, new(RejectionCode.DicomPeerMayNotQuery, "The application entity may not read procedure steps")),
            (CommandField.GetAttributesRequest, SopClassKind.PerformedStepRetrieve) => new StepRetrieveOperation(operation, peer, services),
            _ => null,
        };
    }
}
