using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Files that are written here, before the judges of others.</summary>
public class WrittenFileTests
{
    private const string Explicit = "1.2.840.10008.1.2.1";

    [Theory]
    [InlineData("1.2.840.10008.1.2", "LittleEndianImplicit")]
    [InlineData("1.2.840.10008.1.2.2", "BigEndianExplicit")]
    [InlineData("1.2.840.10008.1.2.1.99", "DeflatedLittleEndianExplicit")]
    public async Task Dcmtk_and_dciodvfy_find_no_more_in_a_transcoded_file_than_in_the_original(string syntax, string name)
    {
        byte[] original = TestFiles.Read("test_files/CT_small.dcm");
        using var dataSet = new MemoryStream();
        Assert.Null(await new DataSetWriter().TranscodeAsync(new MemoryStream(original, 336, original.Length - 336), Explicit, syntax, dataSet, CancellationToken.None));
        using var folder = new TemporaryFolder();
        string before = folder.Write("before.dcm", original);
        byte[] meta = new DataSetWriter().FileMeta("1.2.840.10008.5.1.4.1.1.2", "1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322", syntax);
        string after = folder.Write("after.dcm", [.. meta, .. dataSet.ToArray()]);

        string dump = await Judge.Run("dcmdump", after);

        Assert.Contains($"TransferSyntaxUID", dump, StringComparison.Ordinal);
        Assert.Contains($"={name}", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("E: ", dump, StringComparison.Ordinal);
        // The pixels and everything else are as DCMTK reads them from the original.
        Assert.Equal(await Values(before), await Values(after));
        if (syntax == "1.2.840.10008.1.2") Assert.Empty(Faults(await Judge.Run("dciodvfy", after)).Except(Faults(await Judge.Run("dciodvfy", before))));
    }

    [Fact]
    public async Task The_meta_information_is_as_part_10_wants_it()
    {
        using var folder = new TemporaryFolder();
        byte[] original = TestFiles.Read("test_files/CT_small.dcm");
        string file = folder.Write("file.dcm", [.. new DataSetWriter().FileMeta("1.2.840.10008.5.1.4.1.1.2", "1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322", Explicit), .. original[336..]]);

        string judged = await Judge.Run("dcmftest", file);
        string faults = await Judge.Run("dciodvfy", file);

        Assert.StartsWith("yes", judged, StringComparison.Ordinal);
        Assert.DoesNotContain("Meta", string.Join('\n', Faults(faults)), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> Values(string file) =>
        // Group lengths and the meta information differ, and so does what an implicit file cannot say of private elements.
        (await Judge.Run("dcmdump", "+L", file)).Split('\n').Where(line => line.StartsWith('(') && !line.StartsWith("(0002", StringComparison.Ordinal)
            && !line.Contains("ATTRIBUTE", StringComparison.Ordinal) && line[4] is '0' or '2' or '4' or '6' or '8')
            .Select(line => line.Contains(" SQ ", StringComparison.Ordinal) ? line[..14] : line.Split('#')[0].TrimEnd()).Where(line => !line.Contains(",0000)", StringComparison.Ordinal));

    private static IEnumerable<string> Faults(string judged) => judged.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal));
}
