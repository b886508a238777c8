using System.Buffers.Binary;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Type (its symbol) and id of a resource whose id is 16 bytes; in the order of the table resource_key.</summary>
internal readonly record struct RecentKey(long Type, ulong High, ulong Low) : IComparable<RecentKey>
{
    /// <returns>Null for an id that is kept as text.</returns>
    public static RecentKey? Of(long type, string id)
    {
        Span<byte> bytes = stackalloc byte[ShortId.Length];
        return ShortId.TryPack(id, bytes)
            ? new(type, BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]))
            : null;
    }

    public void WriteId(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, High);
        BinaryPrimitives.WriteUInt64BigEndian(target[sizeof(ulong)..], Low);
    }

    public int CompareTo(RecentKey other) =>
        Type != other.Type ? Type.CompareTo(other.Type) : High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);
}
