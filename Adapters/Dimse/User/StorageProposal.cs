using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>The presentation contexts that storing asks for: one for each kind of instance, so that each can go as it is.</summary>
internal static class StorageProposal
{
    private const int MaxContexts = 128;

    /// <param name="otherSyntaxes">In which uncompressed instances can be given besides their own; a context of their own, used where the first is refused.</param>
    public static IReadOnlyList<ProposedContext> For(IEnumerable<InstanceKind> kinds, IReadOnlyList<string> otherSyntaxes)
    {
        var contexts = new List<ProposedContext> { new(1, SopClass.Verification, [TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian]) };
        var distinct = kinds.Distinct().ToList();
        foreach (var kind in distinct) Add(kind.SopClassUid, [kind.TransferSyntaxUid]);
        if (otherSyntaxes.Count == 0) return contexts;
        foreach (var kind in distinct.Where(kind => TransferSyntax.Uncompressed.Contains(kind.TransferSyntaxUid, StringComparer.Ordinal)).DistinctBy(kind => kind.SopClassUid))
        {
            Add(kind.SopClassUid, otherSyntaxes);
        }

        return contexts;

        void Add(string sopClass, IReadOnlyList<string> syntaxes)
        {
            if (contexts.Count < MaxContexts) contexts.Add(new((byte)((contexts.Count * 2) + 1), sopClass, syntaxes));
        }
    }

    /// <summary>The context that the instance goes in: as it is, or as it can be made; null where there is none.</summary>
    public static AgreedContext? Choose(IEnumerable<AgreedContext> contexts, InstanceKind kind)
    {
        AgreedContext? other = null;
        foreach (var context in contexts)
        {
            if (context.AbstractSyntax != kind.SopClassUid) continue;
            if (context.TransferSyntax == kind.TransferSyntaxUid) return context;
            if (IsUncompressed(kind.TransferSyntaxUid) && IsUncompressed(context.TransferSyntax)) other ??= context;
        }

        return other;
    }

    /// <summary>What the answer to our request comes to. Contexts that we did not propose are passed over.</summary>
    public static AssociationTerms Agreed(AssociateRequest request, AssociateAccept accept)
    {
        var proposed = request.Contexts.ToDictionary(context => context.Id);
        var roles = accept.User.Roles.DistinctBy(role => role.SopClassUid).ToDictionary(role => role.SopClassUid, StringComparer.Ordinal);
        var agreed = new Dictionary<byte, AgreedContext>();
        foreach (var answer in accept.Contexts)
        {
            if (answer.Result != ContextResult.Accepted || !proposed.TryGetValue(answer.Id, out var context)) continue;
            if (!context.TransferSyntaxes.Contains(answer.TransferSyntax, StringComparer.Ordinal)) continue;
            var role = roles.GetValueOrDefault(context.AbstractSyntax);
            agreed[answer.Id] = new(answer.Id, context.AbstractSyntax, SopClass.KindOf(context.AbstractSyntax, null), answer.TransferSyntax, role?.Scu ?? true, role?.Scp ?? false);
        }

        var window = request.User.Window is null ? 1 : accept.User.Window?.Invoked ?? 1;
        return new(request.CallingAeTitle, request.CalledAeTitle, agreed, accept.User.MaxPduLength, window == 0 ? ContextChoice.LargestWindow : window);
    }

    private static bool IsUncompressed(string uid) => TransferSyntax.Uncompressed.Contains(uid, StringComparer.Ordinal);
}
