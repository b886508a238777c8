using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>One request of the other side, from its command set to its last answer.</summary>
internal sealed class Operation(MessageExchange exchange, AgreedContext context, CommandSet command, CancellationToken cancelled)
{
    public MessageExchange Exchange => exchange;

    public AgreedContext Context => context;

    public CommandSet Command => command;

    /// <summary>The other side no longer wants it (C-CANCEL), or is gone.</summary>
    public CancellationToken Cancelled => cancelled;

    /// <summary>An answer with the ids of the request.</summary>
    public CommandSet Answer(ushort status, string? comment = null) => new()
    {
        Field = command.Field, IsAnswer = true, MessageId = command.MessageId, Status = status, ErrorComment = comment,
        AffectedSopClassUid = command.AffectedSopClassUid ?? command.RequestedSopClassUid,
        AffectedSopInstanceUid = command.AffectedSopInstanceUid ?? command.RequestedSopInstanceUid,
    };

    /// <summary>Refusal by the one table, with its detail for the operator of the other side.</summary>
    public CommandSet Answer(Rejection refusal) => Answer(RejectionTable.Of(refusal.Code).DicomStatus, refusal.Detail);

    public ValueTask SendAsync(CommandSet answer, ReadOnlyMemory<byte> dataSet = default) =>
        exchange.SendAsync(context.Id, answer with { HasDataSet = !dataSet.IsEmpty }, dataSet);
}
