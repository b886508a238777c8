using System.Buffers.Binary;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Type (its symbol) and id of a resource whose id is kept as bytes; in the order of the table resource_key.</summary>
/// <param name="Length">Bytes of the id, 16 or 24; with 16 there is no part.</param>
internal readonly record struct RecentKey(int Type, int Length, ulong High, ulong Low, ulong Part) : IComparable<RecentKey>
{
    /// <returns>Null for an id that is kept as text.</returns>
    public static RecentKey? Of(long type, string id)
    {
        Span<byte> bytes = stackalloc byte[ShortId.PartLength];
        bytes[ShortId.Length..].Clear();
        return ShortId.TryPack(id, bytes, out var length)
            ? new((int)type, length, BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]))
            : null;
    }

    /// <summary>What the resource is a part of has this id; null for what stands for itself.</summary>
    public UInt128? Whole => Length == ShortId.PartLength ? new UInt128(High, Low) : null;

    /// <returns>The id within the target.</returns>
    public ReadOnlySpan<byte> WriteId(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, High);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], Low);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], Part);
        return target[..Length];
    }

    public int CompareTo(RecentKey other) =>
        High != other.High ? High.CompareTo(other.High)
        : Low != other.Low ? Low.CompareTo(other.Low)
        : Length != other.Length ? Length.CompareTo(other.Length)
        : Part != other.Part ? Part.CompareTo(other.Part)
        : Type.CompareTo(other.Type);
}
