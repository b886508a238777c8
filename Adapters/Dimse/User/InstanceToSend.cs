namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>An instance that is to be sent, as far as its presentation context needs it.</summary>
public readonly record struct InstanceKind(string SopClassUid, string TransferSyntaxUid);

/// <summary>What became of one C-STORE.</summary>
/// <param name="Status">DIMSE status: 0 stored, B000H and the like stored with a warning, else refused.</param>
/// <param name="Comment">What the other side says of it.</param>
public sealed record StoreOutcome(ushort Status, string? Comment)
{
    public bool Stored => Commands.DimseStatus.IsStored(Status);

    public bool WithWarning => Commands.DimseStatus.IsWarning(Status);
}
