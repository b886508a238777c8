using System.Globalization;
using EHealthPlus.Transformers.Dicom.Deidentification;
using static EHealthPlus.Transformers.Dicom.Deidentification.ConfidentialityOption;

namespace EHealthPlus.Tests.Transformers.Dicom.Deidentification;

/// <summary>What becomes of single attributes: one at least for each action code of table E.1-1, and for what the table leaves to a rule.</summary>
public class ActionTests
{
    [Fact]
    public void The_table_has_all_rows_of_its_edition()
    {
        // 627 attributes and 3 repeating groups of E.1-1, and what is done beyond it.
        int beyond = ProfileTable.Count - 630;
        Assert.InRange(beyond, 30, 60);
        Assert.Equal("X/Z/U*", ProfileTable.Find(0x00081140)!.Basic);
        Assert.Equal('C', ProfileTable.Find(0x00080020)!.Of(RetainModifiedDates));
        Assert.Equal('K', ProfileTable.Find(0x00181002)!.Of(RetainDeviceIdentity));
        Assert.Equal("X", ProfileTable.Find(0x60023000)!.Basic);
        Assert.Equal("X", ProfileTable.Find(0x50043000)!.Basic);
        Assert.Null(ProfileTable.Find(0x60013000));
    }

    [Theory]
    [InlineData(0x00101040u, "LO", "1 SYNTHETIC ROAD", null)] // X
    [InlineData(0x00200010u, "SH", "STUDY7", "")] // Z
    [InlineData(0x00120020u, "LO", "PROTOCOL7", "REMOVED")] // D
    [InlineData(0x00080022u, "DA", "20260301", "")] // X/Z
    [InlineData(0x00181030u, "LO", "SYNTHETICPROTOCOL", "REMOVED")] // X/D
    [InlineData(0x00700084u, "PN", "SYNTHETIC^READER", "DEIDENTIFIED")] // Z/D
    [InlineData(0x00080080u, "LO", "SYNTHETIC HOSPITAL", "REMOVED")] // X/Z/D
    [InlineData(0x00080021u, "DA", "20260301", "19000101")] // X/D of a date
    [InlineData(0x00181000u, "LO", "SN7", "REMOVED")]
    [InlineData(0x00180015u, "CS", "CHEST", "CHEST")] // not in the table
    [InlineData(0x00400513u, "SQ", "", "")]
    public async Task The_basic_profile_removes_empties_replaces_or_keeps(uint tag, string vr, string value, string? expected)
    {
        var values = await Subject.ValuesAsync(With(tag, vr, value));

        Assert.Equal(expected, values.Text($"{tag:X8}"));
    }

    [Theory]
    [InlineData("NG^KA HO", "CT of Ng Ka Ho", false)]
    [InlineData("NG^KA HO", "CT of Ka-Ho Ng", false)]
    [InlineData("NG^KA HO", "CT of NG,KA", false)]
    [InlineData("NG^KA HO", "CT NGKAHO 2", false)]
    [InlineData("NG^KA HO", "kahong", false)]
    [InlineData("NG^KA HO", "5 ng per ml", true)]
    [InlineData("LEE^SIU MAN", "Siu Man, CT", false)]
    [InlineData("LEE^SIU MAN", "CT MAN", true)]
    [InlineData("LAM", "CT of Lam", false)]
    [InlineData("LAM", "LAMINA", true)]
    [InlineData("AU^A=\u9673^\u6587", "\u9673\u6587 CT", false)]
    public async Task A_text_with_a_short_name_goes_and_one_with_a_part_of_it_alone_stays(string name, string text, bool stays)
    {
        var dataSet = DataSetBuilder.Instance(name, characterSet: "ISO_IR 192").Element(0x00201040, "LO", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(stays ? text : "REMOVED", (await Subject.ValuesAsync(dataSet)).Text("00201040"));
    }

    [Theory]
    [InlineData(0x00080080u, "LO", "SYNTHETIC HOSPITAL", RetainInstitutionIdentity, "SYNTHETIC HOSPITAL")]
    [InlineData(0x00181000u, "LO", "SN7", RetainDeviceIdentity, "SN7")]
    [InlineData(0x00101030u, "DS", "70", RetainPatientCharacteristics, "70")]
    [InlineData(0x00080022u, "DA", "20260301", RetainFullDates, "20260301")]
    [InlineData(0x00181002u, "UI", "2.25.7", RetainDeviceIdentity, "2.25.7")]
    [InlineData(0x00080018u, "UI", "2.25.7", RetainUids, "2.25.7")]
    [InlineData(0x00081030u, "LO", "CT Chest of Mrs Testpatient 7", CleanDescriptors, "CT Chest of 7")]
    [InlineData(0x00081030u, "LO", "Testpatient", CleanDescriptors, null)]
    [InlineData(0x00081030u, "LO", "CT Chest", RetainUids, null)]
    [InlineData(0x00102110u, "LO", "Iodine, says Testpatient", RetainPatientCharacteristics, "Iodine")]
    public async Task An_option_keeps_or_cleans_what_its_column_says(uint tag, string vr, string value, ConfidentialityOption option, string? expected)
    {
        var values = await Subject.ValuesAsync(With(tag, vr, value), option);

        Assert.Equal(expected, values.Text($"{tag:X8}"));
    }

    [Fact]
    public async Task Name_and_number_become_a_pseudonym_of_the_key()
    {
        var values = await Subject.ValuesAsync(DataSetBuilder.Instance());

        string pseudonym = Subject.Key.Pseudonym("A123456(3)");
        Assert.Equal(pseudonym, values.Text("00100020"));
        Assert.Equal($"DEIDENTIFIED^{pseudonym}", values.Text("00100010"));
        Assert.NotEqual(pseudonym, Subject.OtherKey.Pseudonym("A123456(3)"));
        Assert.NotEqual(pseudonym, Subject.Key.Pseudonym("G123456(A)"));
    }

    [Fact]
    public async Task Dates_of_a_patient_move_together_and_times_stay()
    {
        var dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001").Text(0x00080020, "DA", "20260301")
            .Text(0x00080022, "DA", "20260315").Text(0x0008002A, "DT", "20260315093000.5+0800").Text(0x00080030, "TM", "093000").Text(0x00100020, "LO", "A123456(3)").Text(0x00100030, "DA", "19700101");

        var values = await Subject.ValuesAsync(dataSet, RetainModifiedDates);

        DateOnly study = DateOnly.ParseExact(values.Text("00080020")!, "yyyyMMdd", CultureInfo.InvariantCulture);
        Assert.Equal(Subject.Key.ShiftOfDays("A123456(3)"), study.DayNumber - new DateOnly(2026, 3, 1).DayNumber);
        Assert.Equal(14, DateOnly.ParseExact(values.Text("00080022")!, "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber - study.DayNumber);
        Assert.Equal($"{study.AddDays(14):yyyyMMdd}093000.5+0800", values.Text("0008002A"));
        Assert.Equal("093000", values.Text("00080030"));
        Assert.Equal("", values.Text("00100030"));
        Assert.Equal("MODIFIED", values.Text("00280303"));
        Assert.InRange(Subject.Key.ShiftOfDays("A123456(3)"), -3650, -1);
    }

    [Fact]
    public async Task What_does_not_parse_as_a_date_is_treated_as_without_the_option()
    {
        var values = await Subject.ValuesAsync(With(0x00080021, "DA", "TESTPATI"), RetainModifiedDates);

        Assert.Equal("19000101", values.Text("00080021"));
    }

    [Fact]
    public async Task References_stay_and_name_the_same_new_instances()
    {
        var dataSet = DataSetBuilder.Instance();
        var referring = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.2002")
            .Header(0x00081140, "SQ", 0xFFFFFFFF).Item().Text(0x00081150, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00081155, "UI", "2.25.1001").ItemEnd().SequenceEnd()
            .Text(0x0020000D, "UI", "2.25.1");

        var image = await Subject.ValuesAsync(dataSet);
        var values = await Subject.ValuesAsync(referring);

        Assert.Equal(image.Text("00080018"), values.Text("00081140/1/00081155"));
        Assert.Equal(image.Text("0020000D"), values.Text("0020000D"));
        Assert.Equal("1.2.840.10008.5.1.4.1.1.2", values.Text("00081140/1/00081150"));
        Assert.Matches("^2\\.25\\.[1-9][0-9]{30,38}$", image.Text("00080018")!);
    }

    [Fact]
    public async Task A_structure_set_still_names_its_images_and_their_frame_of_reference()
    {
        var image = await Subject.ValuesAsync(DataSetBuilder.Instance().Text(0x00200052, "UI", "2.25.52"));
        var structures = await Subject.ValuesAsync(DataSetBuilder.Instance().Header(0x30060010, "SQ", 0xFFFFFFFF).Item().Text(0x00200052, "UI", "2.25.52")
            .Header(0x30060012, "SQ", 0xFFFFFFFF).Item().Text(0x00081155, "UI", "2.25.1")
            .Header(0x30060014, "SQ", 0xFFFFFFFF).Item().Text(0x0020000E, "UI", "2.25.11")
            .Header(0x30060016, "SQ", 0xFFFFFFFF).Item().Text(0x00081155, "UI", "2.25.1001").ItemEnd().SequenceEnd().ItemEnd().SequenceEnd().ItemEnd().SequenceEnd().ItemEnd().SequenceEnd());

        Assert.Equal(image.Text("00200052"), structures.Text("30060010/1/00200052"));
        Assert.Equal(image.Text("0020000D"), structures.Text("30060010/1/30060012/1/00081155"));
        Assert.Equal(image.Text("0020000E"), structures.Text("30060010/1/30060012/1/30060014/1/0020000E"));
        Assert.Equal(image.Text("00080018"), structures.Text("30060010/1/30060012/1/30060014/1/30060016/1/00081155"));
    }

    [Fact]
    public async Task Names_dates_and_uids_that_the_table_does_not_know_go_in_every_sequence()
    {
        // Verifying observers are dummies; the person's name in a code's modifiers is in no table.
        var dataSet = DataSetBuilder.Instance().Header(0x00400440, "SQ", 0xFFFFFFFF).Item().Text(0x0040A123, "PN", "SYNTHETIC^AUNT")
            .Header(0x00400441, "SQ", 0xFFFFFFFF).Item().Text(0x00081155, "UI", "2.25.1001").Text(0x00741238, "LT", "Seen by TESTPATIENT").ItemEnd().SequenceEnd().ItemEnd().SequenceEnd();

        var values = await Subject.ValuesAsync(dataSet);

        Assert.Equal("DEIDENTIFIED", values.Text("00400440/1/0040A123"));
        Assert.Equal(Subject.Key.Uid("2.25.1001"), values.Text("00400440/1/00400441/1/00081155"));
        Assert.Equal("REMOVED", values.Text("00400440/1/00400441/1/00741238"));
    }

    [Theory]
    [InlineData(0x00090010u, "LO", "SYNTHETIC")]
    [InlineData(0x00101111u, "LO", "NOT REGISTERED")]
    [InlineData(0xFFFCFFFCu, "OB", "PADDING")]
    [InlineData(0x60003000u, "OW", "OVERLAY!")]
    [InlineData(0x60000010u, "US", "12")]
    [InlineData(0x50003000u, "OW", "CURVES!!")]
    [InlineData(0x00080000u, "UL", "1234")]
    [InlineData(0x00081190u, "UR", "https://synthetic.example/2.25.1")]
    public async Task Private_unknown_padding_overlays_curves_and_group_lengths_go(uint tag, string vr, string value)
    {
        var values = await Subject.ValuesAsync(With(tag, vr, value), CleanGraphics);

        Assert.False(values.Has($"{tag:X8}"));
    }

    [Fact]
    public async Task Digital_signatures_and_original_attributes_go_with_all_that_is_in_them()
    {
        var dataSet = DataSetBuilder.Instance().Header(0x04000561, "SQ", 0xFFFFFFFF).Item().Header(0x04000550, "SQ", 0xFFFFFFFF).Item().Text(0x00100010, "PN", "FORMER^NAME").ItemEnd().SequenceEnd().ItemEnd().SequenceEnd()
            .Header(0xFFFAFFFA, "SQ", 0xFFFFFFFF).Item().Text(0x04000100, "UI", "2.25.5").ItemEnd().SequenceEnd();

        var values = await Subject.ValuesAsync(dataSet);

        Assert.DoesNotContain(values.All, element => element.Path.StartsWith("0400", StringComparison.Ordinal) || element.Path.StartsWith("FFFA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sequence_written_as_unknown_bytes_is_gone_through()
    {
        byte[] item = new DataSetBuilder(implicitVr: true).Item(18).Text(0x00081155, "UI", "2.25.1001").Bytes;
        byte[] garbage = [1, 2, 3, 4, 5, 6, 7, 8];

        var read = await Subject.ValuesAsync(With(0x00081140, "UN", item));
        var broken = await Subject.ValuesAsync(With(0x00081140, "UN", garbage));

        Assert.Equal(Subject.Key.Uid("2.25.1001"), read.Text("00081140/1/00081155"));
        Assert.Equal("", broken.Text("00081140"));
    }

    [Fact]
    public async Task What_was_done_is_told_in_codes_after_what_was_done_before()
    {
        var dataSet = With(0x00120063, "LO", "By Dr SYNTHETIC").Header(0x00120064, "SQ", 0xFFFFFFFF).Item().Text(0x00080100, "SH", "113100").Text(0x00080102, "SH", "DCM").ItemEnd().SequenceEnd();

        var values = await Subject.ValuesAsync(dataSet, RetainFullDates, CleanDescriptors);

        Assert.Equal(["113100", "113100", "113105", "113106"], Enumerable.Range(1, 4).Select(number => values.Text($"00120064/{number}/00080100")));
        Assert.Equal("PS3.15-2025a E.1-1 basic profile", values.Text("00120063"));
        Assert.Equal("UNMODIFIED", values.Text("00280303"));
        uint[] tags = [.. values.All.Where(element => !element.Path.Contains('/', StringComparison.Ordinal)).Select(element => element.Tag)];
        Assert.Equal(tags.Order(), tags);
    }

    /// <summary>An instance with one attribute more, at its place in the order of tags.</summary>
    private static DataSetBuilder With(uint tag, string vr, string value) => With(tag, vr, System.Text.Encoding.ASCII.GetBytes(value));

    private static DataSetBuilder With(uint tag, string vr, byte[] value)
    {
        var builder = new DataSetBuilder();
        var elements = new SortedDictionary<uint, (string Vr, byte[] Value)>
        {
            [0x00080016] = ("UI", "1.2.840.10008.5.1.4.1.1.2"u8.ToArray()), [0x00080018] = ("UI", "2.25.1001"u8.ToArray()),
            [0x00100010] = ("PN", "TESTPATIENT^TAI MAN"u8.ToArray()), [0x00100020] = ("LO", "A123456(3)"u8.ToArray()), [0x0020000D] = ("UI", "2.25.1"u8.ToArray()),
            [tag] = (vr, value),
        };
        // What is added after (0012,0063) comes later in the order.
        foreach (var (at, element) in elements.Where(element => tag != 0x00120063 || element.Key < 0x00120064)) builder.Element(at, element.Vr, element.Value);
        return builder;
    }
}
