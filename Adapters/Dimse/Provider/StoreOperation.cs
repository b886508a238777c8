using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>
/// C-STORE (PS3.7-2024 9.1.1, PS3.4-2024 annex B): the data set goes to the intake as it comes, and success is answered once it is flushed.
/// </summary>
internal sealed class StoreOperation : IIncomingMessage
{
    private readonly Operation operation;
    private readonly KnownPeer peer;
    private readonly ProvidedServices services;
    private readonly IInstanceReception reception;
    private Rejection? fault;

    private StoreOperation(Operation operation, KnownPeer peer, ProvidedServices services, IInstanceReception reception)
    {
        this.operation = operation;
        this.peer = peer;
        this.services = services;
        this.reception = reception;
    }

    public static async ValueTask<IIncomingMessage> BeginAsync(
        Operation operation, KnownPeer peer, ProvidedServices services, CancellationToken cancellationToken)
    {
        if (Refusal(operation, peer) is { } refusal) return Refused(operation, peer, services, refusal);
        var command = operation.Command;
        var offer = new InstanceOffer(
            command.AffectedSopClassUid, command.AffectedSopInstanceUid, operation.Context.TransferSyntax, peer.Source.Id, peer.Entity.CharacterSet, peer.Connection)
        {
            AnswersAtOnce = true,
        };
        var begun = await services.Intake.BeginAsync(offer, cancellationToken);
        return begun.Accepted ? new StoreOperation(operation, peer, services, begun.Value) : Refused(operation, peer, services, begun.Rejection);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        // What comes after a fault has to be read to find the next message, but is kept nowhere.
        if (fault is null) fault = await reception.WriteAsync(part, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        // Tidied up when the sender has its answer.
        await using var tidied = reception;
        // Not ended with the association: the bytes are all here, and the sender finds them kept when it sends them again.
        var receipt = fault is null ? await reception.CompleteAsync(CancellationToken.None) : fault;
        if (!receipt.Accepted) DimseLog.InstanceRefused(services.Logger, peer.Name, receipt.Rejection.Code);
        await operation.SendAsync(receipt.Accepted ? operation.Answer(DimseStatus.Success) : operation.Answer(receipt.Rejection));
    }

    public ValueTask AbandonAsync() => reception.DisposeAsync();

    private static Rejection? Refusal(Operation operation, KnownPeer peer)
    {
        var command = operation.Command;
        if (!peer.Entity.MayStore || !operation.Context.RequestorIsScu) return new(RejectionCode.DicomPeerMayNotStore, "The application entity may not store");
        if (!command.HasDataSet || command.AffectedSopInstanceUid is null or "") return new(RejectionCode.CommandSetInvalid, "No SOP instance UID, or no data set");
        return command.AffectedSopClassUid == operation.Context.AbstractSyntax
            ? null
            : new(RejectionCode.SopClassContradicted, "The SOP class is not that of the presentation context");
    }

    private static RefusedOperation Refused(Operation operation, KnownPeer peer, ProvidedServices services, Rejection refusal)
    {
        DimseLog.InstanceRefused(services.Logger, peer.Name, refusal.Code);
        return new(operation, refusal);
    }
}
