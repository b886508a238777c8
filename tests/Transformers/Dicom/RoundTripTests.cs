using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Scanning;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>What is read and written back in its own transfer syntax is the same, byte for byte.</summary>
public class RoundTripTests
{
    public static TheoryData<string> Files() => [.. TestFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_test_file_comes_back_as_it_was_or_is_refused_with_its_reason(string file)
    {
        byte[] bytes = TestFiles.Read(file);
        using var scan = new InstanceScanner().BeginFile(null);
        scan.Feed(bytes);
        scan.Complete();
        if (scan.MetaLength is not { } start || scan.TransferSyntaxUid is not { } syntax)
        {
            Assert.Equal(TestFiles.Unreadable[file], scan.Complete().Rejection!.Code);
            return;
        }

        using var written = new MemoryStream();
        Rejection? refused = await new DataSetWriter().TranscodeAsync(new MemoryStream(bytes, start, bytes.Length - start), syntax, syntax, written, CancellationToken.None);

        Assert.True((TestFiles.Unreadable.TryGetValue(file, out RejectionCode code) ? code : null) == refused?.Code, $"{refused}");
        if (refused is null) Assert.Equal(Plain(bytes.AsSpan(start), syntax), Plain(written.ToArray(), syntax));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public async Task There_and_back_through_another_syntax_it_says_the_same(string through)
    {
        const string Explicit = "1.2.840.10008.1.2.1";
        byte[] bytes = TestFiles.Read("test_files/CT_small.dcm");
        byte[] dataSet = bytes[336..];
        using var there = new MemoryStream();
        Assert.Null(await new DataSetWriter().TranscodeAsync(new MemoryStream(dataSet), Explicit, through, there, CancellationToken.None));
        using var back = new MemoryStream();
        Assert.Null(await new DataSetWriter().TranscodeAsync(new MemoryStream(there.ToArray()), through, Explicit, back, CancellationToken.None));

        InstanceSummary before = Scan(dataSet, Explicit);
        Assert.Equal(before.StudyJson.ToArray(), Scan(there.ToArray(), through).StudyJson.ToArray());
        Assert.Equal(before.InstanceJson.ToArray(), Scan(back.ToArray(), Explicit).InstanceJson.ToArray());
        // The pixels are as they were: words changed places twice.
        Assert.Equal(dataSet[^32768..].AsSpan(0, 32000).ToArray(), back.ToArray()[^32768..].AsSpan(0, 32000).ToArray());
    }

    private static InstanceSummary Scan(byte[] dataSet, string syntax)
    {
        using IInstanceScan scan = new InstanceScanner().Begin(syntax, null).Value;
        scan.Feed(dataSet);
        return scan.Complete().Value;
    }

    // Another deflater writes other bytes for the same content.
    private static byte[] Plain(ReadOnlySpan<byte> dataSet, string syntax)
    {
        if (syntax != "1.2.840.10008.1.2.1.99") return dataSet.ToArray();
        using var inflater = new System.IO.Compression.DeflateStream(new MemoryStream(dataSet.ToArray()), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        inflater.CopyTo(plain);
        return plain.ToArray();
    }
}
