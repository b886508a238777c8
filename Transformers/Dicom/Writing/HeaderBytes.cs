using System.Buffers;
using System.Buffers.Binary;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Writing;

/// <summary>Headers of elements, items and delimiters (PS3.5-2024 sections 7.1 and 7.5).</summary>
internal static class HeaderBytes
{
    public const uint Item = 0xFFFEE000;
    public const uint ItemEnd = 0xFFFEE00D;
    public const uint SequenceEnd = 0xFFFEE0DD;

    public static void Implicit(IBufferWriter<byte> output, uint tag, long length)
    {
        Span<byte> header = output.GetSpan(8);
        WriteTag(header, tag, bigEndian: false);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Length(length));
        output.Advance(8);
    }

    /// <param name="letters">The two letters of the VR.</param>
    /// <param name="isLong">Two reserved bytes and a length of four.</param>
    public static void Explicit(IBufferWriter<byte> output, uint tag, ushort letters, bool isLong, long length, bool bigEndian)
    {
        int size = isLong ? 12 : 8;
        Span<byte> header = output.GetSpan(size);
        WriteTag(header, tag, bigEndian);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], letters);
        if (isLong)
        {
            header[6] = header[7] = 0;
            WriteLength(header[8..], length, bigEndian);
        }
        else if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)length);
        else BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)length);
        output.Advance(size);
    }

    /// <summary>An element, in the form that the VR and the length call for: what is too long for a short length becomes UN (PS3.5-2024 6.2.2).</summary>
    public static void Element(IBufferWriter<byte> output, uint tag, Vr vr, long length, bool implicitVr, bool bigEndian)
    {
        if (implicitVr) Implicit(output, tag, length);
        else if (vr == Vr.Other || (!vr.IsLong() && length > 0xFFFF)) Explicit(output, tag, VrTraits.Letters(Vr.UN), true, length, bigEndian);
        else Explicit(output, tag, VrTraits.Letters(vr), vr.IsLong(), length, bigEndian);
    }

    /// <summary>An item, fragment or delimiter.</summary>
    public static void ItemHeader(IBufferWriter<byte> output, uint tag, long length, bool bigEndian)
    {
        Span<byte> header = output.GetSpan(8);
        WriteTag(header, tag, bigEndian);
        WriteLength(header[4..], length, bigEndian);
        output.Advance(8);
    }

    private static void WriteTag(Span<byte> header, uint tag, bool bigEndian)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(header, tag);
            return;
        }
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)tag);
    }

    private static void WriteLength(Span<byte> place, long length, bool bigEndian)
    {
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(place, Length(length));
        else BinaryPrimitives.WriteUInt32LittleEndian(place, Length(length));
    }

    private static uint Length(long length) => length < 0 ? 0xFFFFFFFF : (uint)length;
}
