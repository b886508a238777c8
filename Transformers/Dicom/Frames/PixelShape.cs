using System.Globalization;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Json;

namespace EHealthPlus.Transformers.Dicom.Frames;

/// <summary>How many bytes a frame of native pixel data has (PS3.5-2024 section 8.1, PS3.3-2024 C.7.6.3).</summary>
internal sealed class PixelShape
{
    private int rows;
    private int columns;
    private int samples = 1;
    private int bitsAllocated;
    private bool halfChroma;

    /// <summary>1 where (0028,0008) is absent.</summary>
    public int NumberOfFrames { get; private set; } = 1;

    /// <summary>Of Float and Double Float Pixel Data, which have no Bits Allocated of their own; 0 else.</summary>
    public int FloatBits { get; set; }

    public void Take(uint tag, ReadOnlySpan<byte> value, bool bigEndian)
    {
        switch (tag)
        {
            case 0x00280008:
                NumberOfFrames = int.TryParse(value.Trim(" \0"u8), NumberStyles.None, CultureInfo.InvariantCulture, out int frames) ? Math.Max(frames, 1) : 1;
                break;
            case 0x00280004:
                // Two pixels share their colour: two bytes a pixel in place of three (PS3.3-2024 C.7.6.3.1.2).
                halfChroma = value.StartsWith("YBR_FULL_422"u8) || value.StartsWith("YBR_PARTIAL_422"u8);
                break;
            default:
                int number = value.Length >= 2 ? (int)BinaryNumber.Unsigned(value[..2], bigEndian) : 0;
                if (tag == 0x00280002) samples = number;
                else if (tag == 0x00280010) rows = number;
                else if (tag == 0x00280011) columns = number;
                else bitsAllocated = number;
                break;
        }
    }

    public Result<IReadOnlyList<FrameLocation>> Cut(ByteStretch pixels)
    {
        long pixelBits = FloatBits > 0 ? FloatBits : bitsAllocated;
        long bits = (long)rows * columns * (halfChroma ? 2 : samples) * pixelBits;
        if (NumberOfFrames == 1 && bits == 0) return new FrameLocation[] { new([pixels]) };
        if (bits == 0 || (bits % 8 != 0 && NumberOfFrames > 1)) return NotLocatable("The size of a frame is not stated in whole bytes");
        long size = (bits + 7) / 8;
        if (size > pixels.Length / NumberOfFrames) return NotLocatable("The pixel data is shorter than its frames");
        var frames = new FrameLocation[NumberOfFrames];
        for (int at = 0; at < frames.Length; at++) frames[at] = new FrameLocation([new ByteStretch(pixels.Offset + (at * size), size)]);
        return frames;
    }

    private static Rejection NotLocatable(string why) => new(RejectionCode.PixelsNotLocatable, why);
}
