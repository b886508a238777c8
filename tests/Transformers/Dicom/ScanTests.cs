using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Scanning;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>What an instance is filed by.</summary>
public class ScanTests
{
    private const string Explicit = "1.2.840.10008.1.2.1";

    [Theory]
    [InlineData("1.2.840.10008.1.2", true, false)]
    [InlineData(Explicit, false, false)]
    [InlineData("1.2.840.10008.1.2.2", false, true)]
    public void An_instance_says_what_it_is_filed_by_in_every_encoding(string syntax, bool implicitVr, bool bigEndian)
    {
        byte[] dataSet = DataSetBuilder.Instance(implicitVr: implicitVr, bigEndian: bigEndian).Word(0x00280010, 512).Element(0x7FE00010, "OW", new byte[512]).Bytes;

        InstanceSummary summary = Scan(dataSet, syntax).Value;

        Assert.Equal(new InstanceKey("2.25.1", "2.25.11", "2.25.1001"), summary.Key);
        Assert.Equal(("1.2.840.10008.5.1.4.1.1.2", syntax, "ACC1", "20260301", "CT"), (summary.SopClassUid, summary.TransferSyntaxUid, summary.AccessionNumber, summary.StudyDate, summary.Modality));
        Assert.Equal((2, 7, 1), (summary.SeriesNumber, summary.InstanceNumber, summary.NumberOfFrames));
        Assert.Equal(("A123456(3)", "19700101", "M"), (Assert.Single(summary.Patient.Identifiers).Value, summary.Patient.BirthDate, summary.Patient.Sex));
        Assert.Equal(512, Json(summary.InstanceJson).GetProperty("00280010").GetProperty("Value")[0].GetInt32());
    }

    [Fact]
    public void Parts_of_every_size_give_the_same()
    {
        byte[] dataSet = DataSetBuilder.Instance().Header(0x00400275, "SQ", 0xFFFFFFFF).Item().Text(0x00400009, "SH", "STEP").ItemEnd().SequenceEnd()
            .Element(0x7FE00010, "OW", new byte[64]).Bytes;
        byte[] whole = Scan(dataSet, Explicit).Value.SeriesJson.ToArray();

        for (int size = 1; size < 40; size++)
        {
            using IInstanceScan scan = new InstanceScanner().Begin(Explicit, null).Value;
            foreach (byte[] part in dataSet.Chunk(size)) Assert.Null(scan.Feed(part));
            Assert.Equal(whole, scan.Complete().Value.SeriesJson.ToArray());
        }
        Assert.Contains("STEP", Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_component_group_of_a_name_is_a_name()
    {
        byte[] dataSet = DataSetBuilder.Instance("SYNTHETIC^TAI MAN=測試^大文=そうていのなまえ", characterSet: "ISO_IR 192").Bytes;

        IReadOnlyList<StatedName> names = Scan(dataSet, Explicit).Value.Patient.Names;

        Assert.Equal([new("SYNTHETIC", "TAI MAN", "A"), new("測試", "大文", "I"), new("そうていのなまえ", "", "P")], names);
    }

    [Fact]
    public void A_name_in_other_bytes_than_its_character_set_has_is_refused_and_read_with_the_set_of_the_peer()
    {
        byte[] name = [.. "SYNTHETIC="u8, 0xB4, 0xFA, 0xB8, 0xD5];
        byte[] dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001")
            .Element(0x00100010, "PN", name).Text(0x0020000D, "UI", "2.25.1").Text(0x0020000E, "UI", "2.25.11").Bytes;

        Assert.Equal(RejectionCode.TextInvalid, Scan(dataSet, Explicit).Rejection?.Code);
        Assert.Equal("測試", Scan(dataSet, Explicit, "BIG5").Value.Patient.Names[1].Family);
    }

    [Fact]
    public void Another_text_in_wrong_bytes_is_told_in_octal_digits()
    {
        byte[] dataSet = DataSetBuilder.Instance().Element(0x00204000, "LT", [(byte)'a', 0xB4]).Bytes;

        InstanceSummary summary = Scan(dataSet, Explicit).Value;

        Assert.Equal(@"a\264", Json(summary.InstanceJson).GetProperty("00204000").GetProperty("Value")[0].GetString());
    }

    [Fact]
    public void What_an_instance_must_say_and_does_not_is_named()
    {
        byte[] dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001").Text(0x0020000D, "UI", "2.25.1").Bytes;

        Rejection? refused = Scan(dataSet, Explicit).Rejection;

        Assert.Equal((RejectionCode.AttributeMissing, "(0020,000E) is missing"), (refused!.Code, refused.Detail));
    }

    [Theory]
    [InlineData("2.25.1", true)]
    [InlineData("2.25.01", true)]
    [InlineData("2.25..1", false)]
    [InlineData("2.25.1.", false)]
    [InlineData(".2.25", false)]
    [InlineData("2.25.a", false)]
    public void What_is_kept_has_UIDs_that_addresses_take(string uid, bool kept)
    {
        byte[] dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001").Text(0x0020000D, "UI", uid).Text(0x0020000E, "UI", "2.25.11").Bytes;

        Assert.Equal(kept ? null : RejectionCode.AttributeMissing, Scan(dataSet, Explicit).Rejection?.Code);
    }

    [Fact]
    public void A_patient_stated_twice_is_refused() =>
        Assert.Equal(RejectionCode.AttributeRepeated, Scan(DataSetBuilder.Instance().Text(0x00100020, "LO", "G123456(A)").Bytes, Explicit).Rejection?.Code);

    [Fact]
    public void An_unknown_transfer_syntax_is_refused() =>
        Assert.Equal(RejectionCode.TransferSyntaxUnsupported, new InstanceScanner().Begin("1.2.840.113619.5.2", null).Rejection?.Code);

    [Fact]
    public void Frames_of_encapsulated_pixels_are_as_stated_and_their_fragments_counted_over()
    {
        byte[] dataSet = DataSetBuilder.Instance().Text(0x00280008, "IS", "3").Header(0x7FE00010, "OB", 0xFFFFFFFF).Item(0).Item(4).Raw(1, 2, 3, 4).Item(2).Raw(5, 6).SequenceEnd().Bytes;

        Assert.Equal(3, Scan(dataSet, "1.2.840.10008.1.2.4.90").Value.NumberOfFrames);
    }

    [Fact]
    public void Pixels_cost_no_memory()
    {
        byte[] before = DataSetBuilder.Instance().Header(0x7FE00010, "OW", 512 * 1024 * 1024).Bytes;
        byte[] part = new byte[64 * 1024];
        using IInstanceScan scan = new InstanceScanner().Begin(Explicit, null).Value;
        scan.Feed(before);
        scan.Feed(part);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int at = 1; at < 8192; at++) scan.Feed(part);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.True(allocated < 1024, $"{allocated} bytes for 512 MiB of pixels");
        Assert.True(scan.Complete().Accepted);
    }

    [Fact]
    public void A_file_is_read_with_meta_information_without_and_without_a_preamble()
    {
        byte[] bytes = TestFiles.Read("test_files/CT_small.dcm");

        Assert.Equal((336, Explicit), Begin(bytes));
        Assert.Equal((208, Explicit), Begin(bytes[128..]));
        Assert.Equal((204, Explicit), Begin(bytes[132..]));
        Assert.Equal((0, Explicit), Begin(bytes[336..]));
    }

    private static (int?, string?) Begin(byte[] bytes)
    {
        using IFileScan scan = new InstanceScanner().BeginFile(null);
        foreach (byte[] part in bytes.Chunk(7)) scan.Feed(part);
        Assert.True(scan.Complete().Accepted);
        return (scan.MetaLength, scan.TransferSyntaxUid);
    }

    private static Result<InstanceSummary> Scan(byte[] dataSet, string syntax, string? characterSet = null)
    {
        using IInstanceScan scan = new InstanceScanner().Begin(syntax, characterSet).Value;
        scan.Feed(dataSet);
        return scan.Complete();
    }

    private static JsonElement Json(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json).RootElement;
}
