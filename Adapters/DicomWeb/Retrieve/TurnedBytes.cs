using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>A data set that was turned into another transfer syntax, in memory, and no longer than a limit: what is deflated does not say how long it is.</summary>
internal sealed class TurnedBytes(int capacity, long most) : MemoryStream(capacity)
{
    public static readonly Rejection TooLong = new(RejectionCode.PixelsNotLocatable, "The object is too large to be cut in this transfer syntax: retrieve it whole");

    /// <exception cref="RejectedException">It is longer than the limit.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Length + buffer.Length > most) throw new RejectedException(TooLong);
        return base.WriteAsync(buffer, cancellationToken);
    }
}
