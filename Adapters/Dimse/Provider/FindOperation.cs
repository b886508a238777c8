using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>C-FIND (PS3.7-2024 9.1.2, PS3.4-2024 C.4.1): each match that may be shown, one after the other.</summary>
internal sealed class FindOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IdentifiedOperation(operation, peer, services)
{
    protected override async Task RunAsync(ReadOnlyMemory<byte> json)
    {
        var read = QueryIdentifier.Read(json, SopClass.IsPatientRoot(Operation.Context.AbstractSyntax));
        CommandSet last;
        try
        {
            last = read.Accepted ? await AnswerAsync(read.Value) : Operation.Answer(read.Rejection);
        }
        catch (OperationCanceledException) when (Operation.Cancelled.IsCancellationRequested && !Operation.Exchange.Ended.IsCancellationRequested)
        {
            last = Operation.Answer(DimseStatus.Cancelled);
        }

        await Operation.SendAsync(last);
    }

    /// <returns>The last answer.</returns>
    private async Task<CommandSet> AnswerAsync(QueryIdentifier identifier)
    {
        var principal = PeerPrincipal.Of(Peer);
        var matches = identifier.Matches.ToList();
        var pending = identifier.KeysIgnored ? DimseStatus.PendingWithWarning : DimseStatus.Pending;
        var most = Services.Options.MaxMatches;
        // All at once: each question is decided on and recorded, and pages would shift when images come in between.
        var found = await Services.Record.FindAsync(principal, new ImagingQuery(identifier.Level, matches, 0, most + 1), Operation.Cancelled);
        if (!found.Accepted) return Operation.Answer(found.Rejection);
        foreach (var match in found.Value.Take(most))
        {
            Operation.Cancelled.ThrowIfCancellationRequested();
            var written = Write(MatchIdentifier.Write(identifier, match, Services.Options.AeTitle));
            if (!written.Accepted) return Operation.Answer(written.Rejection);
            await Operation.SendAsync(Operation.Answer(pending), written.Value);
        }

        return found.Value.Count > most
            ? Operation.Answer(new Rejection(RejectionCode.TooManyMatches, "More matches than one query gives"))
            : Operation.Answer(DimseStatus.Success);
    }
}
