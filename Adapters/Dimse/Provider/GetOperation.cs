using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>C-GET (PS3.7-2024 9.1.3): the instances come back on the same association, in the contexts of which the peer is SCP.</summary>
internal sealed class GetOperation(Operation operation, KnownPeer peer, ProvidedServices services) : RetrieveOperation(operation, peer, services)
{
    protected override Task<Rejection?> PrepareAsync(IReadOnlyList<KeptInstance> instances) => Task.FromResult<Rejection?>(null);

    protected override async Task<StoreOutcome> GiveAsync(KeptInstance instance, Stream dataSet, CancellationToken cancellationToken)
    {
        var exchange = Operation.Exchange;
        var context = StorageProposal.Choose(exchange.Terms.Contexts.Values.Where(agreed => agreed.RequestorIsScp), new(instance.SopClassUid, instance.TransferSyntaxUid));
        if (context is null) return new(RejectionTable.Of(RejectionCode.TransferSyntaxUnsupported).DicomStatus, null);
        using var request = await exchange.StoreAsync(
            context, instance.Key.SopInstanceUid, into => WriteAsync(instance, dataSet, context.TransferSyntax, into), null, cancellationToken);
        var answer = await request.NextAsync(cancellationToken);
        return new(answer.Status, answer.Command.ErrorComment);
    }

    protected override Task FinishAsync() => Task.CompletedTask;
}
