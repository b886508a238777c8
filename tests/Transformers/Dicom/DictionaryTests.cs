using System.Diagnostics;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>The registry of PS3.6 as it is committed.</summary>
public class DictionaryTests
{
    [Fact]
    public async Task The_tables_are_what_their_generator_makes()
    {
        string folder = Path.Combine(TestFiles.Repository, "Transformers/Dicom/Dictionary");
        using var generated = new TemporaryFolder();
        await Judge.Run("/usr/bin/python3", Path.Combine(folder, "generate.py"), generated.Path);

        foreach (string table in (string[])["elements.txt", "uids.txt"])
        {
            Assert.True(
                await File.ReadAllTextAsync(Path.Combine(folder, table)) == await File.ReadAllTextAsync(generated.At(table)),
                $"{table} is not what generate.py makes. Run: /usr/bin/python3 Transformers/Dicom/Dictionary/generate.py");
        }
    }

    [Theory]
    [InlineData(0x00100010u, Vr.PN, "PatientName")]
    [InlineData(0x7FE00010u, Vr.OW, "PixelData")]
    [InlineData(0x60023000u, Vr.OW, "OverlayData")]
    [InlineData(0x0040A730u, Vr.SQ, "ContentSequence")]
    public void An_attribute_has_its_vr_and_keyword(uint tag, Vr vr, string keyword) =>
        Assert.Equal((vr, keyword), (ElementDictionary.VrOf(tag), ElementDictionary.Find(tag)!.Keyword));

    [Theory]
    [InlineData(0x00280106u, false, Vr.US)]
    [InlineData(0x00280106u, true, Vr.SS)]
    [InlineData(0x00090010u, false, Vr.LO)]
    [InlineData(0x00091001u, false, Vr.UN)]
    [InlineData(0x50011001u, false, Vr.UN)]
    [InlineData(0x00100000u, false, Vr.UL)]
    public void What_an_implicit_element_is_follows_from_its_tag_and_the_pixels(uint tag, bool signedPixels, Vr vr) =>
        Assert.Equal(vr, ElementDictionary.VrOf(tag, signedPixels));

    [Fact]
    public void Dcmtk_gives_the_same_vr_to_every_attribute_that_both_know()
    {
        var others = new List<string>();
        int compared = 0;
        foreach (string line in File.ReadLines(Directory.GetFiles("/usr/share", "dicom.dic", SearchOption.AllDirectories)[0]))
        {
            string[] columns = line.Split('\t');
            if (columns.Length < 5 || columns[0].Length != 11 || columns[4] != "DICOM") continue;
            uint tag = Convert.ToUInt32(columns[0][1..5] + columns[0][6..10], 16);
            // up, ox, xs and lx are DCMTK's own: offsets, and what may be of several kinds.
            if (!Enum.TryParse(columns[1], out Vr vr) || ElementDictionary.Find(tag) is not { } element) continue;
            compared++;
            if (element.Vr != vr && !element.Others.Contains(vr)) others.Add($"{columns[0]} {vr} {element.Vr}");
        }
        Assert.True(compared > 3500, $"{compared}");
        Assert.Empty(others);
    }
}
