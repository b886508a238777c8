using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Deidentification;

namespace EHealthPlus.Tests.Transformers.Dicom.Deidentification;

/// <summary>What is not de-identified, and why; and what it takes to do it all the same.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData(ConfidentialityOption.CleanPixelData)]
    [InlineData(ConfidentialityOption.CleanRecognizableVisualFeatures)]
    public void What_would_need_to_see_pixels_is_not_claimed(ConfidentialityOption option) =>
        Assert.Equal(RejectionCode.DeidentificationOptionUnsupported, Deidentifier.Create(Subject.Key, new HashSet<ConfidentialityOption> { option }, false).Rejection!.Code);

    [Fact]
    public void Dates_cannot_stay_and_move() => Assert.Equal(
        RejectionCode.DeidentificationOptionsContradict,
        Deidentifier.Create(Subject.Key, new HashSet<ConfidentialityOption> { ConfidentialityOption.RetainFullDates, ConfidentialityOption.RetainModifiedDates }, false).Rejection!.Code);

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "CT", null, null)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "CT", "YES", RejectionCode.BurnedInAnnotation)]
    [InlineData("1.2.840.10008.5.1.4.1.1.6.1", "US", null, RejectionCode.PixelTextPossible)]
    [InlineData("1.2.840.10008.5.1.4.1.1.6.1", "US", "NO", null)]
    [InlineData("1.2.840.10008.5.1.4.1.1.7", "CT", null, RejectionCode.PixelTextPossible)]
    [InlineData("1.2.840.10008.5.1.4.1.1.104.1", "DOC", "NO", RejectionCode.PixelTextPossible)]
    [InlineData("1.2.840.10008.5.1.4.1.1.88.11", "SR", null, RejectionCode.PixelTextPossible)]
    public async Task Pixels_and_documents_that_may_name_the_patient_are_refused_until_that_is_accepted(string sopClass, string modality, string? burnedIn, RejectionCode? expected)
    {
        var dataSet = new DataSetBuilder().Text(0x00080016, "UI", sopClass).Text(0x00080018, "UI", "2.25.1001").Text(0x00080060, "CS", modality);
        if (burnedIn is not null) dataSet.Text(0x00280301, "CS", burnedIn);

        var (refused, _) = await Subject.RunAsync(Subject.File(dataSet), accept: false);
        var (accepted, _) = await Subject.RunAsync(Subject.File(dataSet), accept: true);

        Assert.Equal(expected, refused.Rejection?.Code);
        Assert.Equal(expected, accepted.Value.PixelText?.Code);
    }

    [Fact]
    public async Task An_overlay_in_the_bits_of_the_pixels_is_told()
    {
        var dataSet = DataSetBuilder.Instance().Word(0x60000100, 16).Word(0x60000102, 12);

        Assert.Equal(RejectionCode.PixelTextPossible, (await Subject.RunAsync(Subject.File(dataSet), accept: false)).Outcome.Rejection?.Code);
    }

    [Fact]
    public async Task Ten_thousand_sequences_in_each_other_are_refused_by_the_codec()
    {
        var dataSet = DataSetBuilder.Instance();
        for (int depth = 0; depth < 10_000; depth++) dataSet.Header(0x0040A730, "SQ", 0xFFFFFFFF).Item();

        Assert.Equal(RejectionCode.SequenceTooDeep, (await Subject.RunAsync(Subject.File(dataSet))).Outcome.Rejection!.Code);
    }

    [Fact]
    public async Task Unknown_bytes_deep_within_are_not_gone_through_deeper_than_the_codec_goes()
    {
        byte[] inner = [];
        for (int depth = 0; depth < 20; depth++) inner = new DataSetBuilder(implicitVr: true).Header(0x00081140, "SQ", (uint)inner.Length + 8).Item((uint)inner.Length).Raw(inner).Bytes;
        var dataSet = DataSetBuilder.Instance();
        for (int depth = 0; depth < 50; depth++) dataSet.Header(0x00081140, "SQ", 0xFFFFFFFF).Item();
        dataSet.Element(0x00081140, "UN", [.. new DataSetBuilder().Item((uint)inner.Length).Bytes, .. inner]);
        for (int depth = 0; depth < 50; depth++) dataSet.ItemEnd().SequenceEnd();

        var (outcome, output) = await Subject.RunAsync(Subject.File(dataSet));

        Assert.True(outcome.Accepted, $"{outcome.Rejection}");
        Assert.Equal(51, (await ReadValues.OfAsync(output)).All.Count(element => element.Tag == 0x00081140));
    }

    /// <summary>Damaged files are refused or come out as files that can be read: nothing is thrown, and nothing half is called done.</summary>
    [Fact]
    public async Task Damaged_files_are_refused_or_come_out_whole()
    {
        byte[][] corpus = [.. TestFiles.All.Select(TestFiles.Read).Where(bytes => bytes.Length < 10_000)];
        var random = new Random(813);
        ConfidentialityOption[] options = [.. Enum.GetValues<ConfidentialityOption>().Where(option => option < ConfidentialityOption.CleanPixelData && option != ConfidentialityOption.RetainFullDates)];
        int done = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] file = [.. corpus[random.Next(corpus.Length)]];
            for (int change = random.Next(1, 6); change > 0; change--) file[random.Next(file.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) file = file[..random.Next(file.Length)];
            var (outcome, output) = await Subject.RunAsync(file, options: [.. options.Where(_ => random.Next(2) == 0)]);
            if (!outcome.Accepted) continue;
            await ReadValues.OfAsync(output);
            done++;
        }
        Assert.InRange(done, 200, 1900);
    }

    [Fact]
    public async Task A_large_object_passes_in_little_memory()
    {
        // 256 MB of pixels that are never in memory: the file is a hole on the disk.
        using var folder = new TemporaryFolder();
        string path = folder.At("large.dcm");
        byte[] start = Subject.File(DataSetBuilder.Instance().Header(0x7FE00010, "OW", 256u << 20));
        await using (var made = File.Create(path))
        {
            await made.WriteAsync(start);
            made.SetLength(start.Length + (256L << 20));
        }

        await using var file = File.OpenRead(path);
        await using var output = new CountingStream();
        Deidentifier deidentifier = Deidentifier.Create(Subject.Key, new HashSet<ConfidentialityOption>(), false).Value;
        var outcome = await deidentifier.DeidentifyAsync(file, output, CancellationToken.None);

        Assert.True(outcome.Accepted);
        Assert.InRange(output.Count, 256L << 20, (256L << 20) + 4096);
        // What is held grows with the largest part, and nothing else does.
        Assert.InRange(output.LargestPart, 1, 256 << 10);
    }

    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public int LargestPart { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Count += count;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            LargestPart = Math.Max(LargestPart, buffer.Length);
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
