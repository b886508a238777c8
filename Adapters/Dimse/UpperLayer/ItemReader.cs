using System.Buffers.Binary;
using System.Text;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Walks over bytes of an association PDU. Once something does not fit, everything after it is empty and <see cref="Damaged"/> says so.</summary>
internal ref struct ItemReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public bool Damaged { get; private set; }

    public readonly bool AtEnd => rest.IsEmpty;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            Damaged = true;
            rest = [];
            return [];
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public ushort Short() => Take(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : (ushort)0;

    public uint Long() => Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    /// <summary>An item or sub-item: type, a reserved byte, length of two bytes, content.</summary>
    public byte Item(out ReadOnlySpan<byte> content)
    {
        var type = Byte();
        Byte();
        content = Take(Short());
        return type;
    }

    /// <summary>Text with a length of two bytes before it.</summary>
    public string CountedText() => Text(Take(Short()));

    public ReadOnlySpan<byte> Remaining() => Take(rest.Length);

    public string Rest() => Text(Remaining());

    /// <summary>UID or AE title: spaces and nulls at its ends are padding.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes.Trim("\0 "u8));
}
