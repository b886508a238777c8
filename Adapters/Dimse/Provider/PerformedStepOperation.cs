using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>N-CREATE and N-SET of a modality performed procedure step (PS3.4-2024 annex F, PS3.7-2024 10.1.3 and 10.1.5).</summary>
internal sealed class PerformedStepOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IdentifiedOperation(operation, peer, services)
{
    /// <summary>Performed Procedure Step Object may no longer be updated (PS3.4-2024 F.7.2.2.2).</summary>
    private const ushort NoLongerUpdated = 0xA710;

    protected override async Task RunAsync(ReadOnlyMemory<byte> json)
    {
        // Not ended with the association: the station finds it kept when it says it again.
        var refusal = Operation.Command switch
        {
            { Field: CommandField.CreateRequest, AffectedSopInstanceUid: { Length: > 0 } uid } => await Services.Steps.CreateAsync(PeerPrincipal.Of(Peer), uid, json, CancellationToken.None),
            { Field: CommandField.SetRequest, RequestedSopInstanceUid: { Length: > 0 } uid } => await Services.Steps.SetAsync(PeerPrincipal.Of(Peer), uid, json, CancellationToken.None),
            _ => new Rejection(RejectionCode.CommandSetInvalid, "No SOP instance UID"),
        };
        if (refusal is null)
        {
            await Operation.SendAsync(Operation.Answer(DimseStatus.Success));
            return;
        }

        DimseLog.StepRefused(Services.Logger, Peer.Name, refusal.Code);
        await Operation.SendAsync(Operation.Answer(refusal) with { ErrorId = refusal.Code == RejectionCode.PerformedStepFinal ? NoLongerUpdated : null });
    }
}
