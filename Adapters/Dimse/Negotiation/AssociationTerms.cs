namespace EHealthPlus.Adapters.Dimse.Negotiation;

/// <summary>A presentation context that both sides agreed on.</summary>
/// <param name="RequestorIsScu">The requestor may ask for operations of the SOP class.</param>
/// <param name="RequestorIsScp">The requestor may be asked for them.</param>
internal sealed record AgreedContext(byte Id, string AbstractSyntax, SopClassKind Kind, string TransferSyntax, bool RequestorIsScu = true, bool RequestorIsScp = false);

/// <summary>What an association was agreed on.</summary>
/// <param name="MaxPduLength">That the other side takes; 0 is no limit. In bytes.</param>
/// <param name="Window">Operations that the requestor may have open at a time.</param>
internal sealed record AssociationTerms(
    string CallingAeTitle, string CalledAeTitle, IReadOnlyDictionary<byte, AgreedContext> Contexts, uint MaxPduLength, int Window);
