using System.Text;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Specific Character Set (PS3.3 C.12.1.1.2). The names are the examples of PS3.5 annexes H, I, J and K.</summary>
public class CharacterSetTests
{
    public static TheoryData<string, string, string> Names => new()
    {
        { "", "Adams^John", "41 64 61 6D 73 5E 4A 6F 68 6E" },
        { @"\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう",
            "59 61 6D 61 64 61 5E 54 61 72 6F 75 3D 1B 24 42 3B 33 45 44 1B 28 42 5E 1B 24 42 42 40 4F 3A 1B 28 42 3D 1B 24 42 24 64 24 5E 24 40 1B 28 42 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 42" },
        { @"ISO 2022 IR 13\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
            "D4 CF C0 DE 5E C0 DB B3 3D 1B 24 42 3B 33 45 44 1B 28 4A 5E 1B 24 42 42 40 4F 3A 1B 28 4A 3D 1B 24 42 24 64 24 5E 24 40 1B 28 4A 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 4A" },
        { @"\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동",
            "48 6F 6E 67 5E 47 69 6C 64 6F 6E 67 3D 1B 24 29 43 FB F3 5E 1B 24 29 43 D1 CE D4 D7 3D 1B 24 29 43 C8 AB 5E 1B 24 29 43 B1 E6 B5 BF" },
        { "ISO_IR 192", "Wang^XiaoDong=王^小東=", "57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D E7 8E 8B 5E E5 B0 8F E6 9D B1 3D" },
        { "GB18030", "Wang^XiaoDong=王^小东=", "57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D CD F5 5E D0 A1 B6 AB 3D" },
        { "GBK", "王^小東", "CD F5 5E D0 A1 96 7C" },
        { @"\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东=", "5A 68 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D 1B 24 29 41 D5 C5 5E 1B 24 29 41 D0 A1 B6 AB 3D" },
        { "BIG5", "陳^大文", "B3 AF 5E A4 6A A4 E5" },
        { "ISO_IR 100", "Buc^Jérôme", "42 75 63 5E 4A E9 72 F4 6D 65" },
        { "ISO_IR 101", "Wałęsa", "57 61 B3 EA 73 61" },
        { "ISO_IR 109", "antaŭ", "61 6E 74 61 FD" },
        { "ISO_IR 110", "vārds", "76 E0 72 64 73" },
        { "ISO_IR 126", "Διονυσιος", "C4 E9 EF ED F5 F3 E9 EF F2" },
        { "ISO_IR 127", "قباني^لنزار", "E2 C8 C7 E6 EA 5E E4 E6 D2 C7 D1" },
        { "ISO_IR 138", "שרון^דבורה", "F9 F8 E5 EF 5E E3 E1 E5 F8 E4" },
        { "ISO_IR 144", "Люкceмбypг", "BB EE DA 63 65 DC D1 79 70 D3" },
        { "ISO_IR 148", "Çağrı", "C7 61 F0 72 FD" },
        { "ISO_IR 166", "สวัสดี", "CA C7 D1 CA B4 D5" },
        { "ISO_IR 203", "prix 5 €", "70 72 69 78 20 35 20 A4" },
        { @"\ISO 2022 IR 159", "丂", "1B 24 28 44 30 21 1B 28 42" },
    };

    // The last is read only: whoever switches the upper half leaves it as it was.
    [Theory]
    [MemberData(nameof(Names))]
    [InlineData(@"ISO 2022 IR 100\ISO 2022 IR 144", @"é\Д", "E9 5C 1B 2D 4C B4")]
    public void Names_are_read_in_their_characters(string terms, string name, string bytes)
    {
        string read = SpecificCharacterSet.Find(terms)!.Decode(Bytes(bytes), Vr.PN, out bool valid);

        Assert.Equal((name, true), (read, valid));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_written_in_the_bytes_of_the_standard(string terms, string name, string bytes) =>
        Assert.Equal(Bytes(bytes), SpecificCharacterSet.Find(terms)!.TryEncode(name, Vr.PN));

    [Theory]
    [InlineData(@"ISO 2022 IR 100\ISO 2022 IR 144", @"é\Дé", "E9 5C 1B 2D 4C B4 1B 2D 41 E9")]
    [InlineData(@"ISO 2022 IR 100\ISO 2022 IR 144", "Д^é", "1B 2D 4C B4 1B 2D 41 5E E9")]
    [InlineData(@"\ISO 2022 IR 87", "山~", "1B 24 42 3B 33 1B 28 42 7E")]
    [InlineData(@"\ISO 2022 IR 58\ISO 2022 IR 149", "张홍", "1B 24 29 41 D5 C5 1B 24 29 43 C8 AB")]
    public void A_writer_switches_and_switches_back(string terms, string text, string bytes)
    {
        SpecificCharacterSet set = SpecificCharacterSet.Find(terms)!;

        Assert.Equal(Bytes(bytes), set.TryEncode(text, Vr.PN));
        Assert.Equal((text, true), (set.Decode(Bytes(bytes), Vr.PN, out bool valid), valid));
    }

    // GBK has 陳 and ⅰ in the two bytes of GB 2312, which has neither.
    [Theory]
    [InlineData("", "é")]
    [InlineData("ISO_IR 100", "Œ")]
    [InlineData("ISO_IR 100", "陳")]
    [InlineData("ISO_IR 13", "~")]
    [InlineData("ISO_IR 100", "\u001B-A")]
    [InlineData(@"\ISO 2022 IR 58", "陳")]
    [InlineData(@"\ISO 2022 IR 58", "ⅰ")]
    [InlineData(@"\ISO 2022 IR 87", "张")]
    [InlineData(@"\ISO 2022 IR 149", "😀")]
    [InlineData("GBK", "😀")]
    public void What_a_set_lacks_is_not_written(string terms, string text) => Assert.Null(SpecificCharacterSet.Find(terms)!.TryEncode(text, Vr.PN));

    [Fact]
    public void A_switch_ends_at_a_delimiter_and_what_follows_without_one_is_not_valid()
    {
        string read = SpecificCharacterSet.Find(@"\ISO 2022 IR 149")!.Decode(Bytes("1B 24 29 43 FB F3 5E D1 CE"), Vr.PN, out bool valid);

        Assert.Equal((@"洪^\321\316", false), (read, valid));
    }

    [Fact]
    public void A_caret_ends_a_switch_in_names_only()
    {
        string read = SpecificCharacterSet.Find(@"\ISO 2022 IR 149")!.Decode(Bytes("1B 24 29 43 FB F3 5E D1 CE"), Vr.LO, out bool valid);

        Assert.Equal(("洪^吉", true), (read, valid));
    }

    [Fact]
    public void A_line_end_ends_a_switch()
    {
        SpecificCharacterSet.Find(@"\ISO 2022 IR 149")!.Decode(Bytes("1B 24 29 43 FB F3 0D 0A D1 CE"), Vr.LT, out bool valid);

        Assert.False(valid);
    }

    [Theory]
    [InlineData("ISO_IR 192", "61 FF 62", @"a\377b")]
    [InlineData("", "61 E9", @"a\351")]
    [InlineData("ISO_IR 100", "61 80", @"a\200")]
    [InlineData("GB18030", "61 FF 62", @"a\377b")]
    [InlineData("BIG5", "A4 6A FF", @"大\377")]
    [InlineData(@"\ISO 2022 IR 87", "1B 24 42 7E 7E 1B 28 42", @"\176\176")]
    public void Bytes_that_are_not_valid_are_told_in_octal_digits_and_never_replaced(string terms, string bytes, string shown)
    {
        string read = SpecificCharacterSet.Find(terms)!.Decode(Bytes(bytes), Vr.LO, out bool valid);

        Assert.Equal((shown, false), (read, valid));
    }

    [Theory]
    [InlineData("ISO_IR 999")]
    [InlineData("LATIN1")]
    [InlineData(@"ISO_IR 192\ISO 2022 IR 87")]
    [InlineData("ISO_IR 87")]
    public void A_term_that_is_none_is_not_found(string terms) => Assert.Null(SpecificCharacterSet.Find(terms));

    [Fact]
    public async Task Pydicom_reads_the_same_names_in_its_test_files()
    {
        const string Script = """
            import glob, pydicom
            for file in sorted(glob.glob('/usr/lib/python3/dist-packages/pydicom/data/charset_files/*.dcm')):
                data = pydicom.dcmread(file)
                data.decode()
                print(file.split('/')[-1], '|', str(data.get('PatientName', '')), sep='')
            """;
        string judged = await Judge.Run("/usr/bin/python3", "-c", Script);
        int compared = 0;
        foreach (string[] line in judged.Split('\n').Select(line => line.Split('|')).Where(line => line.Length == 2 && line[0].StartsWith("chr", StringComparison.Ordinal)))
        {
            var name = new NameOnly();
            byte[] file = TestFiles.Read($"charset_files/{line[0]}");
            Assert.Null(await Inspected.ReadFile(file, name));
            // A group that is empty leaves its sign behind, or does not.
            Assert.Equal(line[1].TrimEnd().TrimEnd('='), (name.Name ?? "").TrimEnd().TrimEnd('='));
            compared++;
        }
        Assert.True(compared >= 15, judged);
    }

    private static byte[] Bytes(string digits) => Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal));
}
