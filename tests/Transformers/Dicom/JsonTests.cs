using System.Buffers;
using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>DICOM JSON (PS3.18 annex F) and identifiers.</summary>
public class JsonTests
{
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string Implicit = "1.2.840.10008.1.2";
    private const string BigEndian = "1.2.840.10008.1.2.2";

    [Fact]
    public async Task Every_kind_of_value_stands_as_annex_f_says()
    {
        byte[] dataSet = new DataSetBuilder().Text(0x00080005, "CS", "ISO_IR 192").Text(0x00080008, "CS", @"ORIGINAL\\AXIAL").Text(0x00080020, "DA", "")
            .Element(0x00080090, "PN", Encoding.UTF8.GetBytes("SYNTHETIC^A=測試")).Element(0x00200032, "DS", "1.50\\-2\\+3"u8.ToArray())
            .Element(0x00204000, "LT", " a\\b "u8.ToArray()).Word(0x00280010, 512).Element(0x00280009, "AT", [0x18, 0x00, 0x63, 0x10])
            .Element(0x00189073, "FD", BitConverter.GetBytes(double.NaN)).Element(0x00420011, "OB", [1, 2, 3, 4])
            .Header(0x0040A730, "SQ", 0xFFFFFFFF).Item().Text(0x0040A040, "CS", "TEXT").ItemEnd().Item().ItemEnd().SequenceEnd()
            .Element(0x7FE00010, "OW", new byte[2048]).Bytes;

        JsonElement json = await Json(dataSet, Explicit);

        Assert.Equal("""{"vr":"CS","Value":["ISO_IR 192"]}""", json.GetProperty("00080005").GetRawText());
        Assert.Equal("""{"vr":"CS","Value":["ORIGINAL",null,"AXIAL"]}""", json.GetProperty("00080008").GetRawText());
        Assert.Equal("""{"vr":"DA"}""", json.GetProperty("00080020").GetRawText());
        Assert.Equal("""{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^A","Ideographic":"測試"}]}""", json.GetProperty("00080090").GetRawText());
        Assert.Equal("""{"vr":"DS","Value":[1.50,-2,"+3"]}""", json.GetProperty("00200032").GetRawText());
        Assert.Equal("""{"vr":"LT","Value":[" a\\b"]}""", json.GetProperty("00204000").GetRawText());
        Assert.Equal("""{"vr":"US","Value":[512]}""", json.GetProperty("00280010").GetRawText());
        Assert.Equal("""{"vr":"AT","Value":["00181063"]}""", json.GetProperty("00280009").GetRawText());
        Assert.Equal("""{"vr":"FD","Value":["NaN"]}""", json.GetProperty("00189073").GetRawText());
        Assert.Equal("""{"vr":"OB","InlineBinary":"AQIDBA=="}""", json.GetProperty("00420011").GetRawText());
        Assert.Equal("""{"vr":"SQ","Value":[{"0040A040":{"vr":"CS","Value":["TEXT"]}},{}]}""", json.GetProperty("0040A730").GetRawText());
        Assert.Equal("""{"vr":"OW","BulkDataURI":"bulk/7FE00010"}""", json.GetProperty("7FE00010").GetRawText());
    }

    [Fact]
    public async Task Pydicom_says_the_same_of_its_files()
    {
        string[] files = ["CT_small.dcm", "MR_small_expb.dcm", "rtplan.dcm", "test-SR.dcm", "waveform_ecg.dcm", "reportsi.dcm", "rtdose_expb.dcm"];
        foreach (string file in files)
        {
            string path = Path.Combine(TestFiles.Folder, "test_files", file);
            string judged = await Judge.Run(
                "/usr/bin/python3", "-W", "ignore", "-c", "import sys, pydicom; print(pydicom.dcmread(sys.argv[1]).to_json(bulk_data_threshold=1 << 40, bulk_data_element_handler=lambda e: 'x'))", path);
            using JsonDocument theirs = JsonDocument.Parse(judged[judged.IndexOf('{', StringComparison.Ordinal)..]);
            using var stream = File.OpenRead(path);
            var meta = (await EHealthPlus.Transformers.Dicom.Scanning.FileOpening.ReadAsync(stream, CancellationToken.None)).Value;
            var output = new ArrayBufferWriter<byte>();
            Assert.Null(await new DataSetWriter().WriteJsonAsync(stream, meta.Syntax.Uid, null, path => path, output, null, CancellationToken.None));
            using JsonDocument ours = JsonDocument.Parse(output.WrittenMemory);
            // Values are compared where both show them: pydicom leaves numbers as floats, and private elements as bytes.
            Assert.Equal(
                theirs.RootElement.EnumerateObject().Where(member => !member.Name.EndsWith("0000", StringComparison.Ordinal)).Select(member => member.Name).Order(StringComparer.Ordinal),
                ours.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
            foreach (JsonProperty member in theirs.RootElement.EnumerateObject().Where(member => member.Name != "00080005" && Shown(member.Value)))
            {
                Assert.True(
                    JsonElement.DeepEquals(member.Value.GetProperty("Value"), ours.RootElement.GetProperty(member.Name).GetProperty("Value")),
                    $"{file} {member.Name} {member.Value} {ours.RootElement.GetProperty(member.Name)}");
            }
        }
    }

    [Theory]
    [InlineData(Explicit)]
    [InlineData(Implicit)]
    [InlineData(BigEndian)]
    public void An_identifier_comes_back_as_it_was_written(string syntax)
    {
        const string Json = """{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00080052":{"vr":"CS","Value":["STUDY"]},"00080061":{"vr":"CS"},"00080096":{"vr":"SQ","Value":[{"00401101":{"vr":"SQ","Value":[{"00080100":{"vr":"SH","Value":["C1"]}}]}},{}]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"SYN*","Ideographic":"測*"}]},"00189073":{"vr":"FD","Value":[1.5]},"00189219":{"vr":"SS","Value":[-5]},"00201208":{"vr":"IS","Value":[12]},"00280009":{"vr":"AT","Value":["00181063"]},"00280010":{"vr":"US","Value":[512]}}""";
        var codec = new IdentifierCodec();

        ReadOnlyMemory<byte> dataSet = codec.Write(Encoding.UTF8.GetBytes(Json), syntax, null).Value;

        Assert.Equal(0, dataSet.Length % 2);
        Assert.Equal(Json, Encoding.UTF8.GetString(codec.Read(dataSet, syntax, null).Value.Span));
    }

    [Fact]
    public async Task Dcmtk_reads_an_identifier_that_is_written_here()
    {
        const string Json = """{"00080052":{"vr":"CS","Value":["STUDY"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"測試"}]},"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["2.25.1"]}}]}}""";
        using var folder = new TemporaryFolder();
        string file = folder.Write("identifier", new IdentifierCodec().Write(Encoding.UTF8.GetBytes(Json), Explicit, null).Value.ToArray());

        string dump = await Judge.Run("dcmdump", "-f", "-t=", file);

        Assert.Contains("[ISO_IR 192]", dump, StringComparison.Ordinal);
        Assert.Contains("[測試]", dump, StringComparison.Ordinal);
        Assert.Contains("(0008,1155) UI [2.25.1]", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("E:", dump, StringComparison.Ordinal);
    }

    // Chinese in what a modality asks in: the characters, the set that is stated, and the bytes.
    [Theory]
    [InlineData("陳^大文", "GB18030", "GB18030", "EA 90 5E B4 F3 CE C4")]
    [InlineData("王^小东", @"\ISO 2022 IR 58", @"\ISO 2022 IR 58", "1B 24 29 41 CD F5 5E 1B 24 29 41 D0 A1 B6 AB")]
    [InlineData("陳^大文", @"\ISO 2022 IR 58", "ISO_IR 192", "E9 99 B3 5E E5 A4 A7 E6 96 87")]
    [InlineData("Jérôme", "ISO_IR 100", "ISO_IR 100", "4A E9 72 F4 6D 65")]
    [InlineData("陳", "ISO_IR 100", "ISO_IR 192", "E9 99 B3")]
    [InlineData("Jérôme", "ISO_IR 6", "ISO_IR 192", "4A C3 A9 72 C3 B4 6D 65")]
    [InlineData("Jérôme", "NO SUCH SET", "ISO_IR 192", "4A C3 A9 72 C3 B4 6D 65")]
    [InlineData("Jérôme", null, "ISO_IR 192", "4A C3 A9 72 C3 B4 6D 65")]
    [InlineData("Jerome", "ISO_IR 100", null, "4A 65 72 6F 6D 65")]
    public void Text_is_written_in_the_set_that_is_wanted_or_in_one_that_has_it(string name, string? wanted, string? stated, string bytes)
    {
        var codec = new IdentifierCodec();

        ReadOnlyMemory<byte> dataSet = codec.Write(
            Encoding.UTF8.GetBytes($$$"""{"00081140":{"vr":"SQ","Value":[{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"{{{name}}}"}]}}]}}"""), Explicit, wanted).Value;

        Assert.Equal(stated, codec.CharacterSetOf(dataSet, Explicit));
        Assert.True(dataSet.Span.IndexOf(bytes.Split(' ').Select(hex => Convert.ToByte(hex, 16)).ToArray()) > 0, Convert.ToHexString(dataSet.Span));
        Assert.Contains(name, Encoding.UTF8.GetString(codec.Read(dataSet, Explicit, null).Value.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"0010":{"vr":"PN"}}""")]
    [InlineData("""{"00280010":{"vr":"US","Value":[70000]}}""")]
    [InlineData("""{"00280010":{"vr":"US","Value":["x"]}}""")]
    [InlineData("""{"00100010":[]}""")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["\ud800"]}}""")]
    public void What_is_no_identifier_is_refused(string json) =>
        Assert.Equal(RejectionCode.IdentifierInvalid, new IdentifierCodec().Write(Encoding.UTF8.GetBytes(json), Explicit, null).Rejection?.Code);

    [Fact]
    public async Task A_value_is_found_by_the_path_of_its_uri()
    {
        byte[] dataSet = DataSetBuilder.Instance().Header(0x0040A730, "SQ", 0xFFFFFFFF).Item().ItemEnd().Item().Element(0x00420011, "OB", [9, 8, 7, 6]).ItemEnd().SequenceEnd().Bytes;

        Result<ByteStretch> found = await new DataSetWriter().LocateAsync(new MemoryStream(dataSet), Explicit, "0040A730/2/00420011", CancellationToken.None);

        Assert.Equal([9, 8, 7, 6], dataSet[(int)found.Value.Offset..(int)(found.Value.Offset + found.Value.Length)]);
    }

    [Fact]
    public async Task A_long_data_set_is_passed_on_part_by_part()
    {
        var builder = DataSetBuilder.Instance().Header(0x0040A730, "SQ", 0xFFFFFFFF);
        for (int item = 0; item < 5_000; item++) builder.Item().Text(0x0040A160, "UT", new string('a', 100 + (item % 50))).ItemEnd();
        byte[] dataSet = builder.SequenceEnd().Bytes;
        var (output, passed, most) = (new ArrayBufferWriter<byte>(), new MemoryStream(), 0);

        Assert.Null(await new DataSetWriter().WriteJsonAsync(new MemoryStream(dataSet), Explicit, null, path => path, output, PassAsync, CancellationToken.None));

        passed.Write(output.WrittenSpan);
        Assert.Equal((await Json(dataSet, Explicit)).GetRawText(), Encoding.UTF8.GetString(passed.ToArray()));
        Assert.InRange(most, 1, 256 * 1024);

        ValueTask PassAsync()
        {
            most = Math.Max(most, output.WrittenCount);
            passed.Write(output.WrittenSpan);
            output.ResetWrittenCount();
            return ValueTask.CompletedTask;
        }
    }

    private static bool Shown(JsonElement element) => element.GetProperty("vr").GetString() is "CS" or "UI" or "PN" or "DA" or "TM" or "LO" or "SH" or "US" or "UL"
        && element.TryGetProperty("Value", out _);

    private static async Task<JsonElement> Json(byte[] dataSet, string syntax)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(await new DataSetWriter().WriteJsonAsync(new MemoryStream(dataSet), syntax, null, path => $"bulk/{path}", output, null, CancellationToken.None));
        return JsonDocument.Parse(output.WrittenMemory).RootElement;
    }
}
