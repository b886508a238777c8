using System.Buffers.Binary;
using System.Text;
using EHealthPlus.Adapters.DicomWeb.Exchange;

namespace EHealthPlus.Adapters.DicomWeb.Store;

/// <summary>
/// SOP class and instance as the beginning of a Part 10 file names them (PS3.10-2024 7.1), so that a refusal can say which instance it is about.
/// What is kept is read by the intake: this decides nothing.
/// </summary>
internal sealed record FileMetaGlance(string? SopClassUid, string? SopInstanceUid)
{
    private const int Preamble = 128;
    private const ushort MediaStorageSopClass = 0x0002, MediaStorageSopInstance = 0x0003;

    /// <param name="head">The first bytes of the file; those that are enough are enough.</param>
    public static FileMetaGlance Of(ReadOnlySpan<byte> head)
    {
        string? sopClass = null, sopInstance = null;
        if (head.Length > Preamble + 4 && head.Slice(Preamble, 4).SequenceEqual("DICM"u8)) head = head[(Preamble + 4)..];
        // Group 0002 is explicit little endian (PS3.10-2024 7.1).
        while (head.Length >= 8 && BinaryPrimitives.ReadUInt16LittleEndian(head) == 0x0002)
        {
            var element = BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
            var large = head[4..6].SequenceEqual("OB"u8) || head[4..6].SequenceEqual("UN"u8);
            if (large && head.Length < 12) break;
            var length = large ? BinaryPrimitives.ReadUInt32LittleEndian(head[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
            head = head[(large ? 12 : 8)..];
            if (length > head.Length) break;
            if (element is MediaStorageSopClass) sopClass = Text(head[..(int)length]);
            if (element is MediaStorageSopInstance) sopInstance = Text(head[..(int)length]);
            head = head[(int)length..];
        }

        return new(sopClass, sopInstance);
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        var text = Encoding.ASCII.GetString(value).TrimEnd('\0', ' ');
        return Uid.Is(text) ? text : null;
    }
}
