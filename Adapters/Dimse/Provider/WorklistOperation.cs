using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>C-FIND of the modality worklist (PS3.4-2024 annex K): each examination that the station's provider has ordered, one after the other.</summary>
internal sealed class WorklistOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IdentifiedOperation(operation, peer, services)
{
    protected override async Task RunAsync(ReadOnlyMemory<byte> json)
    {
        CommandSet last;
        try
        {
            last = await AnswerAsync(json);
        }
        catch (OperationCanceledException) when (Operation.Cancelled.IsCancellationRequested && !Operation.Exchange.Ended.IsCancellationRequested)
        {
            last = Operation.Answer(DimseStatus.Cancelled);
        }

        await Operation.SendAsync(last);
    }

    /// <returns>The last answer.</returns>
    private async Task<CommandSet> AnswerAsync(ReadOnlyMemory<byte> json)
    {
        var found = await Services.Worklist.FindAsync(PeerPrincipal.Of(Peer), json, Services.Options.MaxMatches, Operation.Cancelled);
        if (!found.Accepted) return Operation.Answer(found.Rejection);
        var pending = found.Value.KeysIgnored ? DimseStatus.PendingWithWarning : DimseStatus.Pending;
        foreach (var item in found.Value.Items)
        {
            Operation.Cancelled.ThrowIfCancellationRequested();
            var written = Write(item);
            if (!written.Accepted) return Operation.Answer(written.Rejection);
            await Operation.SendAsync(Operation.Answer(pending), written.Value);
        }

        return Operation.Answer(DimseStatus.Success);
    }
}
