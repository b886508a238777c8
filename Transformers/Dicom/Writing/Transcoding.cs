using System.Buffers;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Writing;

/// <summary>
/// Writes what is read in another encoding, as it comes. In the same encoding every byte stays as it was. In another one the lengths of
/// sequences and items are not known before they have been read: they become undefined, and group lengths, which are retired, are left
/// out (PS3.5-2024 section 7.2).
/// </summary>
/// <param name="edited">What it is told of is not what was read: lengths are other ones in the same encoding too.</param>
internal sealed class Transcoding(TransferSyntax from, TransferSyntax to, IBufferWriter<byte> output, bool edited = false) : IElementHandler
{
    private readonly bool verbatim = !edited && from.Implicit == to.Implicit && from.BigEndian == to.BigEndian;
    private readonly List<bool> bigEndianSequences = [];
    private readonly byte[] carried = new byte[8];
    private int carriedLength;
    private int unit;

    /// <summary>Fragments can only be passed on as they are.</summary>
    public Rejection? Fault { get; private set; }

    public ValueUse Element(in ElementHeader header)
    {
        if (header.Tag == HeaderBytes.Item)
        {
            HeaderBytes.ItemHeader(output, header.Tag, header.Length, from.BigEndian);
            unit = 1;
            return ValueUse.Stream;
        }
        if (verbatim)
        {
            Same(header);
            unit = 1;
            return ValueUse.Stream;
        }
        if ((header.Tag & 0xFFFF) == 0) return ValueUse.Skip;
        Vr vr = header.Vr == Vr.Other || (!to.Implicit && !header.Vr.IsLong() && header.Length > 0xFFFF) ? Vr.UN : header.Vr;
        HeaderBytes.Element(output, header.Tag, vr, header.Length, to.Implicit, to.BigEndian);
        bool fromBigEndian = from.BigEndian && !header.Implicit;
        // What becomes UN is implicit little endian inside.
        bool toBigEndian = to.BigEndian && vr != Vr.UN;
        unit = fromBigEndian != toBigEndian ? header.Vr.Unit() : 1;
        return ValueUse.Stream;
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
    }

    public void Part(in ElementHeader header, ReadOnlySpan<byte> part)
    {
        if (unit == 1)
        {
            output.Write(part);
            return;
        }
        while (carriedLength > 0 && carriedLength < unit && !part.IsEmpty)
        {
            carried[carriedLength++] = part[0];
            part = part[1..];
            if (carriedLength == unit) WriteSwapped(carried.AsSpan(0, unit));
        }
        int whole = part.Length / unit * unit;
        if (whole > 0) WriteSwapped(part[..whole]);
        part[whole..].CopyTo(carried.AsSpan(carriedLength));
        carriedLength += part.Length - whole;
    }

    public void EndElement(in ElementHeader header)
    {
        // A value that is no whole number of units is damaged already, and stays as it is.
        if (carriedLength > 0) output.Write(carried.AsSpan(0, carriedLength));
        carriedLength = 0;
    }

    public void BeginSequence(in ElementHeader header)
    {
        bool bigEndian = verbatim ? from.BigEndian && !header.Implicit && header.Vr != Vr.UN : to.BigEndian;
        if (verbatim) Same(header);
        else HeaderBytes.Element(output, header.Tag, Vr.SQ, -1, to.Implicit, to.BigEndian);
        bigEndianSequences.Add(bigEndian);
    }

    public void BeginItem(in ElementHeader header) =>
        HeaderBytes.ItemHeader(output, HeaderBytes.Item, verbatim ? header.Length : -1, bigEndianSequences[^1]);

    public void EndItem(bool delimited)
    {
        if (delimited || !verbatim) HeaderBytes.ItemHeader(output, HeaderBytes.ItemEnd, 0, bigEndianSequences[^1]);
    }

    public void EndSequence(bool delimited)
    {
        if (delimited || !verbatim) HeaderBytes.ItemHeader(output, HeaderBytes.SequenceEnd, 0, bigEndianSequences[^1]);
        bigEndianSequences.RemoveAt(bigEndianSequences.Count - 1);
    }

    public void BeginFragments(in ElementHeader header)
    {
        if (from.Implicit != to.Implicit || from.BigEndian != to.BigEndian) Fault ??= new Rejection(RejectionCode.PixelsEncapsulated, "Pixel data in fragments cannot be written in another encoding");
        Same(header);
    }

    public void EndFragments() => HeaderBytes.ItemHeader(output, HeaderBytes.SequenceEnd, 0, from.BigEndian);

    private void Same(in ElementHeader header)
    {
        if (header.Implicit) HeaderBytes.Implicit(output, header.Tag, header.Length);
        else HeaderBytes.Explicit(output, header.Tag, header.Letters, header.HeaderLength == 12, header.Length, from.BigEndian);
    }

    private void WriteSwapped(ReadOnlySpan<byte> values)
    {
        Span<byte> swapped = output.GetSpan(values.Length)[..values.Length];
        values.CopyTo(swapped);
        for (int at = 0; at < swapped.Length; at += unit) swapped.Slice(at, unit).Reverse();
        output.Advance(values.Length);
        carriedLength = 0;
    }
}
