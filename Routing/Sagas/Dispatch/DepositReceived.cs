using System.Buffers.Binary;
using EHealthPlus.Routing.Contracts;

namespace EHealthPlus.Routing.Sagas.Dispatch;

/// <summary>The one message that takes a deposit through its saga: received, due again, or replayed.</summary>
/// <param name="DepositId">Number of the deposit. The rest is in the store.</param>
public sealed record DepositReceived(long DepositId);

/// <summary>MassTransit correlates by Guid: the number of the deposit in its last eight bytes.</summary>
internal static class DepositCorrelation
{
    public static Guid Of(long depositId)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], depositId);
        return new(bytes, bigEndian: true);
    }

    public static DepositId DepositOf(Guid correlation)
    {
        Span<byte> bytes = stackalloc byte[16];
        correlation.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
    }
}
