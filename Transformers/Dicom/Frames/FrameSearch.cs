using System.Globalization;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Reading;

namespace EHealthPlus.Transformers.Dicom.Frames;

/// <summary>Reads what tells the frames of an instance apart: the size of one, or the fragments and their offset tables.</summary>
internal sealed class FrameSearch(bool bigEndian) : IElementHandler
{
    /// <summary>Above it a table of offsets is longer than any that is made: 512 Ki frames.</summary>
    private const int TableLimit = 4 * 1024 * 1024;

    private const int FragmentLimit = 1024 * 1024;

    private readonly PixelShape shape = new();
    private readonly List<ByteStretch> fragments = [];
    private ByteStretch? native;
    private long[] basicOffsets = [];
    private long[] extendedOffsets = [];
    private long[] extendedLengths = [];
    private bool inFragments;
    private bool hasTable;
    private Rejection? fault;

    public ValueUse Element(in ElementHeader header)
    {
        if (inFragments) return Fragment(header);
        if (header.Depth > 0) return ValueUse.Skip;
        switch (header.Tag)
        {
            case 0x7FE00010 or 0x7FE00008 or 0x7FE00009:
                native = new ByteStretch(header.ValueOffset, header.Length);
                shape.FloatBits = header.Tag == 0x7FE00008 ? 32 : header.Tag == 0x7FE00009 ? 64 : 0;
                return ValueUse.Skip;
            case 0x00280002 or 0x00280008 or 0x00280010 or 0x00280011 or 0x00280100 or 0x00280004:
                return header.Length <= 64 ? ValueUse.Hold : ValueUse.Skip;
            case 0x7FE00001 or 0x7FE00002:
                return header.Length <= TableLimit ? ValueUse.Hold : ValueUse.Skip;
            default:
                return ValueUse.Skip;
        }
    }

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        if (inFragments) basicOffsets = Offsets(value, 4);
        else if (header.Tag == 0x7FE00001) extendedOffsets = Offsets(value, 8);
        else if (header.Tag == 0x7FE00002) extendedLengths = Offsets(value, 8);
        else shape.Take(header.Tag, value, bigEndian);
    }

    public void BeginSequence(in ElementHeader header)
    {
    }

    public void BeginItem(in ElementHeader header)
    {
    }

    public void EndItem(bool delimited)
    {
    }

    public void EndSequence(bool delimited)
    {
    }

    public void BeginFragments(in ElementHeader header)
    {
        inFragments = header.Depth == 0 && header.Tag == 0x7FE00010;
        hasTable = false;
    }

    public void EndFragments() => inFragments = false;

    public Result<IReadOnlyList<FrameLocation>> Frames()
    {
        if (fault is not null) return fault;
        if (native is { } pixels) return shape.Cut(pixels);
        if (!hasTable) return new Rejection(RejectionCode.PixelsNotLocatable, "The instance has no pixel data");
        return new Encapsulation(fragments, basicOffsets, extendedOffsets, extendedLengths).Cut(shape.NumberOfFrames);
    }

    private ValueUse Fragment(in ElementHeader header)
    {
        if (!hasTable)
        {
            // The first item is the basic offset table, which may be empty (PS3.5-2024 A.4).
            hasTable = true;
            return header.Length <= TableLimit ? ValueUse.Hold : ValueUse.Skip;
        }
        if (fragments.Count < FragmentLimit) fragments.Add(new ByteStretch(header.ValueOffset, header.Length));
        else fault ??= new Rejection(RejectionCode.PixelsNotLocatable, string.Create(CultureInfo.InvariantCulture, $"The pixel data has more than {FragmentLimit} fragments"));
        return ValueUse.Skip;
    }

    private long[] Offsets(ReadOnlySpan<byte> value, int size)
    {
        long[] offsets = new long[value.Length / size];
        for (int at = 0; at < offsets.Length; at++) offsets[at] = (long)BinaryNumber.Unsigned(value.Slice(at * size, size), bigEndian);
        return offsets;
    }
}
