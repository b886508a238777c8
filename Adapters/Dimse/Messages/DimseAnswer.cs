using EHealthPlus.Adapters.Dimse.Commands;

namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>An answer to a request of ours.</summary>
/// <param name="DataSet">Empty where it has none.</param>
internal sealed record DimseAnswer(CommandSet Command, ReadOnlyMemory<byte> DataSet)
{
    public ushort Status => Command.Status ?? DimseStatus.UnableToProcess;

    public bool IsPending => DimseStatus.IsPending(Status);
}
