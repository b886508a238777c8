using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Dicom.Frames;

/// <summary>Which fragments make which frame (PS3.5-2024 A.4).</summary>
/// <param name="fragments">Without the offset table.</param>
/// <param name="basicOffsets">Of the first fragment of each frame, from the first byte after the offset table; empty where there is none.</param>
/// <param name="extendedOffsets">(7FE0,0001), the same in eight bytes.</param>
/// <param name="extendedLengths">(7FE0,0002): each frame's bytes, without padding.</param>
internal sealed class Encapsulation(List<ByteStretch> fragments, long[] basicOffsets, long[] extendedOffsets, long[] extendedLengths)
{
    private const int ItemHeader = 8;

    public Result<IReadOnlyList<FrameLocation>> Cut(int numberOfFrames)
    {
        if (fragments.Count == 0) return NotLocatable("The pixel data has no fragments");
        if (numberOfFrames == 1) return new FrameLocation[] { new([.. fragments]) };
        Result<IReadOnlyList<FrameLocation>> byTable = ByTable(numberOfFrames);
        // Also where a table is wrong: as many fragments as frames are one each.
        if (!byTable.Accepted && fragments.Count == numberOfFrames) return fragments.ConvertAll(fragment => new FrameLocation([fragment]));
        return byTable;
    }

    private Result<IReadOnlyList<FrameLocation>> ByTable(int numberOfFrames)
    {
        if (extendedOffsets.Length == numberOfFrames && extendedLengths.Length == numberOfFrames) return ByExtendedTable();
        if (basicOffsets.Length == numberOfFrames) return ByOffsets(basicOffsets);
        return NotLocatable("Several fragments make a frame, and no offset table says which");
    }

    // Each frame is one fragment then (PS3.3-2024 C.7.6.3.1.8).
    private Result<IReadOnlyList<FrameLocation>> ByExtendedTable()
    {
        long first = fragments[0].Offset - ItemHeader;
        Dictionary<long, ByteStretch> byOffset = fragments.ToDictionary(fragment => fragment.Offset - ItemHeader - first);
        var frames = new FrameLocation[extendedOffsets.Length];
        for (int at = 0; at < frames.Length; at++)
        {
            if (!byOffset.TryGetValue(extendedOffsets[at], out ByteStretch fragment) || extendedLengths[at] < 0 || extendedLengths[at] > fragment.Length)
            {
                return NotLocatable("The extended offset table does not fit the fragments");
            }
            frames[at] = new FrameLocation([fragment with { Length = extendedLengths[at] }]);
        }
        return frames;
    }

    private Result<IReadOnlyList<FrameLocation>> ByOffsets(long[] offsets)
    {
        long first = fragments[0].Offset - ItemHeader;
        var frames = new List<FrameLocation>(offsets.Length);
        int at = 0;
        for (int frame = 0; frame < offsets.Length; frame++)
        {
            if (at == fragments.Count || fragments[at].Offset - ItemHeader - first != offsets[frame]) return NotLocatable("The offset table does not fit the fragments");
            long end = frame + 1 < offsets.Length ? offsets[frame + 1] : long.MaxValue;
            var parts = new List<ByteStretch>(1);
            for (; at < fragments.Count && fragments[at].Offset - ItemHeader - first < end; at++) parts.Add(fragments[at]);
            if (parts.Count == 0) return NotLocatable("The offset table does not fit the fragments");
            frames.Add(new FrameLocation(parts));
        }
        return frames;
    }

    private static Rejection NotLocatable(string why) => new(RejectionCode.PixelsNotLocatable, why);
}
