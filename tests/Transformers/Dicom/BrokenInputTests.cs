using System.Buffers;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Scanning;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Damaged and hostile data sets: each is read or refused with a number, in bounded memory, and nothing throws.</summary>
public class BrokenInputTests
{
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const int Mutations = 20_000;

    public static TheoryData<string> Small() =>
        ["test_files/MR_small_implicit.dcm", "test_files/MR_small_expb.dcm", "test_files/SC_rgb_rle_2frame.dcm", "test_files/image_dfl.dcm", "test_files/test-SR.dcm", "test_files/rtplan.dcm"];

    [Theory]
    [MemberData(nameof(Small))]
    public void A_file_cut_off_at_any_byte_is_refused_unless_the_cut_is_between_elements(string file)
    {
        byte[] bytes = TestFiles.Read(file);
        int taken = 0;
        for (int length = 0; length < bytes.Length; length++)
        {
            Result<InstanceSummary> result = Scan(bytes.AsSpan(0, length));
            if (result.Accepted) taken++;
            else Assert.NotNull(RejectionTable.Of(result.Rejection.Code));
        }
        // Between elements only; a deflated file also loses a few bytes of trailer without losing an element.
        Assert.InRange(taken, 0, 200);
        Assert.True(Scan(bytes).Accepted);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public async Task Every_byte_made_largest_or_zero_is_read_or_refused(string file)
    {
        byte[] bytes = TestFiles.Read(file);
        for (int at = 0; at < Math.Min(bytes.Length, 2000); at++)
        {
            foreach (byte value in (byte[])[0, 0xFF])
            {
                byte before = bytes[at];
                bytes[at] = value;
                await ReadEveryWay(bytes);
                bytes[at] = before;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_changes_are_read_or_refused(int batch)
    {
        byte[][] corpus = [.. TestFiles.All.Select(TestFiles.Read).Where(bytes => bytes.Length < 10_000)];
        int refused = 0;
        for (int number = 0; number < Mutations / 4; number++)
        {
            int seed = (batch * Mutations) + number;
            byte[] bytes = Mutate(new Random(seed), corpus);
            try
            {
                if (!await ReadEveryWay(bytes)) refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception}");
            }
        }
        Assert.InRange(refused, Mutations / 4 / 10, Mutations / 4 * 95 / 100);
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    public void Ten_thousand_sequences_in_each_other_are_refused(uint length)
    {
        var builder = DataSetBuilder.Instance();
        for (int depth = 0; depth < 10_000; depth++) builder.Header(0x0040A730, "SQ", length).Item(length == 0xFFFFFFFF ? length : length - (uint)(depth * 20) - 20);

        RejectionCode? refused = ScanDataSet(builder.Bytes, Explicit).Rejection?.Code;

        Assert.True(refused is RejectionCode.SequenceTooDeep or RejectionCode.DataSetInvalid, $"{refused}");
        if (length == 0xFFFFFFFF) Assert.Equal(RejectionCode.SequenceTooDeep, refused);
    }

    [Fact]
    public void Sixty_four_sequences_in_each_other_are_read()
    {
        var builder = DataSetBuilder.Instance();
        for (int depth = 0; depth < 64; depth++) builder.Header(0x0040A730, "SQ", 0xFFFFFFFF).Item();
        for (int depth = 0; depth < 64; depth++) builder.ItemEnd().SequenceEnd();

        Assert.Null(ScanDataSet(builder.Bytes, Explicit).Rejection);
    }

    [Fact]
    public void A_length_of_four_gigabytes_reserves_nothing()
    {
        byte[] dataSet = DataSetBuilder.Instance().Header(0x00204000, "UT", 0xFFFFFFFE).Raw(new byte[1000]).Bytes;
        ScanDataSet(dataSet, Explicit);
        using IInstanceScan scan = new InstanceScanner().Begin(Explicit, null).Value;

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        scan.Feed(dataSet);
        Rejection? refused = scan.Complete().Rejection;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal(RejectionCode.DataSetTruncated, refused?.Code);
        Assert.True(allocated < 100_000, $"{allocated} bytes");
    }

    [Fact]
    public void A_held_value_of_four_gigabytes_reserves_only_what_comes()
    {
        byte[] dataSet = DataSetBuilder.Instance().Header(0x00204000, "UT", 0xFFFFFFFE).Raw(new byte[1000]).Bytes;
        new IdentifierCodec().Read(dataSet, Explicit, null);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Rejection? refused = new IdentifierCodec().Read(dataSet, Explicit, null).Rejection;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal(RejectionCode.DataSetTruncated, refused?.Code);
        Assert.True(allocated < 200_000, $"{allocated} bytes");
    }

    [Fact]
    public void Many_small_items_are_not_all_indexed()
    {
        var builder = DataSetBuilder.Instance().Header(0x00400275, "SQ", 0xFFFFFFFF);
        for (int item = 0; item < 100_000; item++) builder.Item().Text(0x00400009, "SH", "STEP").ItemEnd();

        InstanceSummary summary = ScanDataSet(builder.SequenceEnd().Bytes, Explicit).Value;

        Assert.InRange(summary.SeriesJson.Length, 60_000, 70_000);
        using var json = System.Text.Json.JsonDocument.Parse(summary.SeriesJson);
        Assert.True(json.RootElement.GetProperty("00400275").GetProperty("Value").GetArrayLength() > 100);
    }

    [Theory]
    [InlineData(2u)]
    [InlineData(1000u)]
    public void An_element_longer_than_its_item_is_refused(uint length) =>
        Assert.Equal(RejectionCode.DataSetInvalid, ScanDataSet(
            DataSetBuilder.Instance().Header(0x0040A730, "SQ", 18).Item(10).Header(0x0040A040, "CS", (ushort)(length + 1)).Raw(1, 2, 3, 4).Bytes, Explicit).Rejection?.Code);

    // True where it was read.
    private static async Task<bool> ReadEveryWay(byte[] bytes)
    {
        using IFileScan scan = new InstanceScanner().BeginFile(null);
        scan.Feed(bytes);
        Result<InstanceSummary> summary = scan.Complete();
        if (scan.MetaLength is not { } start || scan.TransferSyntaxUid is not { } syntax) return false;
        var dataSet = new MemoryStream(bytes, start, bytes.Length - start);
        var writer = new DataSetWriter();
        Rejection? json = await writer.WriteJsonAsync(dataSet, syntax, null, path => path, new ArrayBufferWriter<byte>(), null, CancellationToken.None);
        dataSet.Position = 0;
        Rejection? transcoded = await writer.TranscodeAsync(dataSet, syntax, syntax, Stream.Null, CancellationToken.None);
        dataSet.Position = 0;
        await writer.FramesAsync(dataSet, syntax, CancellationToken.None);
        // Whoever reads it finds the same: what one takes, the other does not refuse.
        Assert.Equal(json?.Code, transcoded?.Code);
        if (summary.Accepted) Assert.Null(json);
        return summary.Accepted;
    }

    private static byte[] Mutate(Random random, byte[][] corpus)
    {
        byte[] bytes = [.. corpus[random.Next(corpus.Length)]];
        for (int change = random.Next(1, 5); change > 0 && bytes.Length > 10; change--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    byte[] other = corpus[random.Next(corpus.Length)];
                    bytes = [.. bytes[..at], .. other[random.Next(other.Length)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
                    break;
            }
        }
        return bytes;
    }

    private static Result<InstanceSummary> Scan(ReadOnlySpan<byte> file)
    {
        using IFileScan scan = new InstanceScanner().BeginFile(null);
        scan.Feed(file);
        return scan.Complete();
    }

    private static Result<InstanceSummary> ScanDataSet(byte[] dataSet, string syntax)
    {
        using IInstanceScan scan = new InstanceScanner().Begin(syntax, null).Value;
        scan.Feed(dataSet);
        return scan.Complete();
    }
}
