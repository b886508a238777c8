namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>A presentation context as proposed (PS3.8-2024 9.3.2.2).</summary>
/// <param name="Id">Odd, 1 to 255.</param>
/// <param name="AbstractSyntax">UID of the SOP class.</param>
/// <param name="TransferSyntaxes">UIDs, in the order in which the requestor lists them.</param>
internal sealed record ProposedContext(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);

/// <summary>Result of a presentation context (PS3.8-2024 table 9-18).</summary>
internal enum ContextResult : byte
{
    Accepted = 0,
    UserRejected = 1,
    NoReason = 2,
    AbstractSyntaxUnsupported = 3,
    TransferSyntaxesUnsupported = 4,
}

/// <summary>A presentation context as answered (PS3.8-2024 9.3.3.2).</summary>
/// <param name="TransferSyntax">The one that was chosen; of no meaning where the context was not accepted.</param>
internal sealed record AnsweredContext(byte Id, ContextResult Result, string TransferSyntax);
