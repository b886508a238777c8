using EHealthPlus.Transformers.Dicom.Inspection;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>A data set for people.</summary>
public class DumpTests
{
    [Fact]
    public async Task A_dump_is_a_tree_with_names_of_everything()
    {
        byte[] dataSet = new DataSetBuilder().Text(0x00080005, "CS", @"\ISO 2022 IR 149").Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00090010, "LO", "ACME")
            .Element(0x00091001, "UN", [1, 2]).Element(0x00100010, "PN", [.. "S="u8, 0x1B, 0x24, 0x29, 0x43, 0xFB, 0xF3]).Text(0x00104000, "LT", "a\u001b[2Jb")
            .Header(0x0040A730, "SQ", 0xFFFFFFFF).Item().Text(0x0040A040, "CS", "TEXT").ItemEnd().SequenceEnd()
            .Header(0x7FE00010, "OB", 0xFFFFFFFF).Item(0).Item(2).Raw(1, 2).SequenceEnd().Bytes;
        using var text = new StringWriter { NewLine = "\n" };

        Assert.Null(await Inspected.ReadFile(dataSet, new DataSetDump(text, bigEndian: false, null, 60)));

        Assert.Equal(
            """
            (0008,0005) CS     16  SpecificCharacterSet  \ISO 2022 IR 149
            (0008,0016) UI     26  SOPClassUID  1.2.840.10008.5.1.4.1.1.2 (CT Image Storage)
            (0009,0010) LO      4  PrivateCreator  ACME
            (0009,1001) UN      2  [ACME]  01 02
            (0010,0010) PN      8  PatientName  S=洪
            (0010,4000) LT      6  PatientComments  a\033[2Jb
            (0040,A730) SQ      -  ContentSequence
              item 1
                (0040,A040) CS      4  ValueType  TEXT
            (7FE0,0010) OB      -  PixelData  (encapsulated)
              offset table, 0 bytes
              fragment 1, 2 bytes

            """.ReplaceLineEndings("\n"), text.ToString());
    }

    [Fact]
    public async Task Every_test_file_that_can_be_read_can_be_dumped()
    {
        int lines = 0;
        foreach (string file in TestFiles.All)
        {
            using var text = new StringWriter();
            await Inspected.ReadFile(TestFiles.Read(file), new DataSetDump(text, bigEndian: false, SpecificCharacterSet.Utf8, 80));
            lines += text.ToString().Count(character => character == '\n');
        }
        Assert.True(lines > 5000, $"{lines}");
    }
}
