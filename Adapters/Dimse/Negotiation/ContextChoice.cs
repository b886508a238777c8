using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Dimse.Negotiation;

/// <summary>What the hub answers to the presentation contexts, roles and options that a peer proposes.</summary>
internal static class ContextChoice
{
    /// <summary>Operations that one association may have open at most. Each holds an object that is not flushed yet.</summary>
    public const ushort LargestWindow = 16;

    public static (AssociateAccept Answer, AssociationTerms Terms) Answer(AssociateRequest request, DicomPeer peer, uint maxPduLength)
    {
        var services = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var common in request.User.CommonExtended) services.TryAdd(common.SopClassUid, common.ServiceClassUid);
        var proposedRoles = new Dictionary<string, RoleSelection>(StringComparer.Ordinal);
        foreach (var role in request.User.Roles) proposedRoles.TryAdd(role.SopClassUid, role);

        var answers = new List<AnsweredContext>();
        var agreed = new Dictionary<byte, AgreedContext>();
        foreach (var context in request.Contexts)
        {
            var kind = SopClass.KindOf(context.AbstractSyntax, services.GetValueOrDefault(context.AbstractSyntax));
            var role = RoleOf(kind, proposedRoles.GetValueOrDefault(context.AbstractSyntax), peer);
            var (result, syntax) = Choose(context, kind, role);
            answers.Add(new(context.Id, result, syntax));
            if (result == ContextResult.Accepted) agreed.Add(context.Id, new(context.Id, context.AbstractSyntax, kind, syntax, role.Scu, role.Scp));
        }

        var window = request.User.Window is { } asked ? new OperationsWindow(Least(asked.Invoked), 1) : null;
        var user = Implementation.Information(maxPduLength) with
        {
            Window = window,
            Roles = [.. proposedRoles.Values
                .Where(role => agreed.Values.Any(context => context.AbstractSyntax == role.SopClassUid))
                .Select(role => RoleOf(SopClass.KindOf(role.SopClassUid, services.GetValueOrDefault(role.SopClassUid)), role, peer))],
            Extended = [.. request.User.Extended.Select(extended => Extended(extended, agreed)).OfType<ExtendedNegotiation>()],
            IdentityConfirmed = request.User.Identity is { ResponseRequested: true, Type: >= 1 and <= 5 },
        };
        return (
            new(request.CalledAeTitle, request.CallingAeTitle, request.ApplicationContext, answers, user),
            new(request.CallingAeTitle, request.CalledAeTitle, agreed, request.User.MaxPduLength, window?.Invoked ?? 1));
    }

    /// <summary>The roles of the requestor: SCU unless it says otherwise; SCP only where it fetches instances by C-GET.</summary>
    private static RoleSelection RoleOf(SopClassKind kind, RoleSelection? proposed, DicomPeer peer)
    {
        var (scu, scp) = proposed is null ? (true, false) : (proposed.Scu, proposed.Scp);
        var allowed = kind switch
        {
            SopClassKind.Storage => (Scu: peer.MayStore, Scp: peer.MayQuery),
            SopClassKind.StorageCommitment or SopClassKind.PerformedStep => (Scu: peer.MayStore, Scp: false),
            SopClassKind.Find or SopClassKind.Move or SopClassKind.Get or SopClassKind.Worklist => (Scu: peer.MayQuery, Scp: false),
            // A station reads back what it said itself; another one of the same source is let see it by the right to query.
            SopClassKind.PerformedStepRetrieve => (Scu: peer.MayStore || peer.MayQuery, Scp: false),
            _ => (Scu: true, Scp: false),
        };
        return new(proposed?.SopClassUid ?? "", scu && allowed.Scu, scp && allowed.Scp);
    }

    private static (ContextResult Result, string TransferSyntax) Choose(ProposedContext context, SopClassKind kind, RoleSelection role)
    {
        // A refused context names a transfer syntax all the same (PS3.8-2024 9.3.3.2.1): some readers want one.
        if (kind == SopClassKind.None) return (ContextResult.AbstractSyntaxUnsupported, context.TransferSyntaxes[0]);
        if (!role.Scu && !role.Scp) return (ContextResult.UserRejected, context.TransferSyntaxes[0]);
        var usable = kind == SopClassKind.Storage ? (Func<string, bool>)TransferSyntax.CanBeKept : TransferSyntax.IsPlain;
        return context.TransferSyntaxes.FirstOrDefault(usable) is { } chosen ? (ContextResult.Accepted, chosen) : (ContextResult.TransferSyntaxesUnsupported, context.TransferSyntaxes[0]);
    }

    private static ushort Least(ushort asked) => asked == 0 ? LargestWindow : Math.Min(asked, LargestWindow);

    /// <summary>
    /// Storage: level 2, all attributes kept, none coerced (PS3.4-2024 B.3.1.3). Query and retrieve: relational queries as asked for, no
    /// combined matching of date and time, no fuzzy matching of names, no time zone adjustment (PS3.4-2024 C.5).
    /// </summary>
    private static ExtendedNegotiation? Extended(ExtendedNegotiation asked, Dictionary<byte, AgreedContext> agreed)
    {
        if (agreed.Values.FirstOrDefault(context => context.AbstractSyntax == asked.SopClassUid) is not { } context) return null;
        return context.Kind switch
        {
            SopClassKind.Storage => new(asked.SopClassUid, [2, 0, 0, 0, 0, 0]),
            SopClassKind.Find or SopClassKind.Move or SopClassKind.Get or SopClassKind.Worklist => new(asked.SopClassUid, [.. asked.Information.Select((option, place) => place == 0 ? option : (byte)0)]),
            _ => null,
        };
    }
}
