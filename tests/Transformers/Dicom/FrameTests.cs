using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Where frames stand.</summary>
public class FrameTests
{
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string Jpeg = "1.2.840.10008.1.2.4.50";

    [Fact]
    public async Task Native_frames_are_cut_by_their_size()
    {
        byte[] dataSet = DataSetBuilder.Instance().Word(0x00280002, 1).Text(0x00280008, "IS", "3").Word(0x00280010, 2).Word(0x00280011, 2).Word(0x00280100, 16)
            .Element(0x7FE00010, "OW", [.. Enumerable.Range(0, 24).Select(value => (byte)value)]).Bytes;

        Assert.Equal(["0001020304050607", "08090A0B0C0D0E0F", "1011121314151617"], await Frames(dataSet, Explicit));
    }

    [Fact]
    public async Task One_fragment_a_frame_needs_no_table() =>
        Assert.Equal(["01020304", "0506"], await Frames(Encapsulated([], 2, [1, 2, 3, 4], [5, 6]), Jpeg));

    [Fact]
    public async Task The_basic_offset_table_joins_fragments() =>
        Assert.Equal(["0102030405060708", "0900"], await Frames(Encapsulated([0, 0, 0, 0, 24, 0, 0, 0], 2, [1, 2, 3, 4], [5, 6, 7, 8], [9, 0]), Jpeg));

    [Fact]
    public async Task A_wrong_table_takes_nothing_away_where_each_frame_is_one_fragment() =>
        Assert.Equal(["01020304", "0506"], await Frames(Encapsulated([0, 0, 0, 0, 99, 0, 0, 0], 2, [1, 2, 3, 4], [5, 6]), Jpeg));

    [Fact]
    public async Task One_frame_has_all_fragments() => Assert.Equal(["01020304"], await Frames(Encapsulated([], 1, [1, 2], [3, 4]), Jpeg));

    [Fact]
    public async Task The_extended_offset_table_leaves_padding_out()
    {
        byte[] dataSet = DataSetBuilder.Instance().Text(0x00280008, "IS", "2")
            .Element(0x7FE00001, "OV", [0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0]).Element(0x7FE00002, "OV", [3, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
            .Header(0x7FE00010, "OB", 0xFFFFFFFF).Item(0).Item(4).Raw(1, 2, 3, 0).Item(2).Raw(5, 6).SequenceEnd().Bytes;

        Assert.Equal(["010203", "0506"], await Frames(dataSet, Jpeg));
    }

    [Fact]
    public async Task Frames_that_cannot_be_told_apart_are_refused()
    {
        byte[] dataSet = Encapsulated([], 2, [1, 2], [3, 4], [5, 6]);

        Result<IReadOnlyList<FrameLocation>> frames = await new DataSetWriter().FramesAsync(new MemoryStream(dataSet), Jpeg, CancellationToken.None);

        Assert.Equal(RejectionCode.PixelsNotLocatable, frames.Rejection?.Code);
    }

    [Theory]
    [InlineData("test_files/SC_rgb_rle_2frame.dcm", 2)]
    [InlineData("test_files/rtdose_rle.dcm", 15)]
    [InlineData("test_files/rtdose_expb.dcm", 15)]
    [InlineData("test_files/SC_rgb_jpeg_gdcm.dcm", 1)]
    [InlineData("test_files/SC_ybr_full_422_uncompressed.dcm", 1)]
    public async Task Test_files_have_as_many_frames_as_they_say(string file, int frames)
    {
        using var stream = new MemoryStream(TestFiles.Read(file));
        var meta = (await EHealthPlus.Transformers.Dicom.Scanning.FileOpening.ReadAsync(stream, CancellationToken.None)).Value;

        Assert.Equal(frames, (await new DataSetWriter().FramesAsync(stream, meta.Syntax.Uid, CancellationToken.None)).Value.Count);
    }

    [Fact]
    public async Task A_large_object_is_jumped_over()
    {
        byte[] head = DataSetBuilder.Instance().Word(0x00280002, 1).Text(0x00280008, "IS", "1000").Word(0x00280010, 512).Word(0x00280011, 512).Word(0x00280100, 16)
            .Header(0x7FE00010, "OW", 1000 * 512 * 512 * 2).Bytes;
        using var stream = new SparseStream(head, head.Length + (1000L * 512 * 512 * 2));

        Result<IReadOnlyList<FrameLocation>> frames = await new DataSetWriter().FramesAsync(stream, Explicit, CancellationToken.None);

        Assert.Equal(new ByteStretch(head.Length + (600L * 512 * 512 * 2), 512 * 512 * 2), Assert.Single(frames.Value[600].Parts));
        Assert.True(stream.BytesRead < 200_000, $"{stream.BytesRead} bytes were read");
    }

    private static byte[] Encapsulated(byte[] table, int frames, params byte[][] fragments)
    {
        var builder = DataSetBuilder.Instance().Text(0x00280008, "IS", $"{frames}").Header(0x7FE00010, "OB", 0xFFFFFFFF).Item((uint)table.Length).Raw(table);
        foreach (byte[] fragment in fragments) builder.Item((uint)fragment.Length).Raw(fragment);
        return builder.SequenceEnd().Bytes;
    }

    private static async Task<IEnumerable<string>> Frames(byte[] dataSet, string syntax)
    {
        Result<IReadOnlyList<FrameLocation>> frames = await new DataSetWriter().FramesAsync(new MemoryStream(dataSet), syntax, CancellationToken.None);
        return frames.Value.Select(frame => string.Concat(frame.Parts.Select(part => Convert.ToHexString(dataSet, (int)part.Offset, (int)part.Length))));
    }

    /// <summary>A beginning, and zeros to a length that nobody has in memory.</summary>
    private sealed class SparseStream(byte[] head, long length) : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override long Length => length;

        public override long Position { get; set; }

        public override long Seek(long offset, SeekOrigin loc) => Position = loc == SeekOrigin.Current ? Position + offset : offset;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = (int)Math.Min(buffer.Length, length - Position);
            for (int at = 0; at < count; at++) buffer.Span[at] = Position + at < head.Length ? head[Position + at] : (byte)0;
            Position += count;
            BytesRead += count;
            return new(count);
        }
    }
}
