using System.Buffers.Binary;
using System.Text;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>One element of a data set of <see cref="SyntheticCt"/>: explicit little endian, without sequences.</summary>
/// <param name="Length">-1 for an undefined length.</param>
internal readonly record struct PlainElement(uint Tag, string Vr, int Offset, int Length);

/// <summary>Reads what <see cref="SyntheticCt"/> writes.</summary>
internal static class PlainDataSet
{
    /// <param name="bytes">With or without preamble and file meta information.</param>
    public static List<PlainElement> Read(ReadOnlySpan<byte> bytes)
    {
        var elements = new List<PlainElement>();
        var at = bytes.Length > 132 && bytes.Slice(128, 4).SequenceEqual("DICM"u8) ? 132 : 0;
        while (at + 8 <= bytes.Length)
        {
            var tag = ((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var vr = Encoding.ASCII.GetString(bytes.Slice(at + 4, 2));
            var large = vr is "OW" or "OB";
            var length = large ? BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 8)..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 6)..]);
            at += large ? 12 : 8;
            elements.Add(new(tag, vr, at, length));
            if (length < 0) break;
            at += length;
        }

        return elements;
    }

    public static string Text(ReadOnlySpan<byte> bytes, uint tag)
    {
        var element = Read(bytes).Find(one => one.Tag == tag);
        return element.Tag == 0 ? "" : Encoding.UTF8.GetString(bytes.Slice(element.Offset, element.Length)).TrimEnd('\0', ' ');
    }
}
