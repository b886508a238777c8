using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>
/// C-MOVE (PS3.7-2024 9.1.4): the instances go to another application entity of the same provider, over an association that we open. To another
/// provider they never go: the decision to read was taken for the one that asks (decision 0025).
/// </summary>
internal sealed class MoveOperation(Operation operation, KnownPeer peer, ProvidedServices services) : RetrieveOperation(operation, peer, services)
{
    private DicomUserOptions? target;
    private IReadOnlyList<InstanceKind> kinds = [];
    private DicomUser? user;

    private string Destination => Operation.Command.MoveDestination ?? "";

    protected override async Task<Rejection?> PrepareAsync(IReadOnlyList<KeptInstance> instances)
    {
        if (Services.Peers.Find(Destination) is not { Active: true, Host: { } host, Port: { } port } entity
            || Services.Registry.GetSource(entity.SourceId) is not { Active: true } source || source.ProviderId != Peer.Source.ProviderId)
        {
            return new(RejectionCode.MoveDestinationUnknown, "The move destination cannot be given to");
        }

        target = Services.CallTo(entity.AeTitle, host, port, source);
        kinds = [.. instances.Select(instance => new InstanceKind(instance.SopClassUid, instance.TransferSyntaxUid)).Distinct()];
        try
        {
            user = await OpenAsync();
            return null;
        }
        catch (IOException fault)
        {
            DimseLog.DestinationUnreached(Services.Logger, Destination, Peer.Name, fault.Message);
            return new(RejectionCode.MoveDestinationUnknown, "The move destination does not answer, or refuses the association");
        }
    }

    protected override async Task<StoreOutcome> GiveAsync(KeptInstance instance, Stream dataSet, CancellationToken cancellationToken)
    {
        var kind = new InstanceKind(instance.SopClassUid, instance.TransferSyntaxUid);
        var to = user ??= await OpenAsync();
        try
        {
            return await to.StoreAsync(
                kind, instance.Key.SopInstanceUid, into => WriteAsync(instance, dataSet, to.TransferSyntaxFor(kind)!, into),
                new(Operation.Exchange.Terms.CallingAeTitle, Operation.Command.MessageId), cancellationToken);
        }
        catch (IOException)
        {
            // The association broke with this one: the next goes over a new one.
            await CloseAsync();
            throw;
        }
    }

    protected override async Task FinishAsync()
    {
        if (user is null) return;
        try
        {
            await user.ReleaseAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            DimseLog.AnswerUnsent(Services.Logger, Destination);
        }

        await CloseAsync();
        DimseLog.Moved(Services.Logger, Peer.Name, Destination, Done);
    }

    private Task<DicomUser> OpenAsync() => DicomUser.OpenToStoreAsync(target!, kinds, TransferSyntax.Uncompressed, Services.Time, Operation.Cancelled);

    private async Task CloseAsync()
    {
        if (user is not null) await user.DisposeAsync();
        user = null;
    }
}
