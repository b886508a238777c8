using EHealthPlus.Transformers.Dicom.Deidentification;
using static EHealthPlus.Transformers.Dicom.Deidentification.ConfidentialityOption;

namespace EHealthPlus.Tests.Transformers.Dicom.Deidentification;

/// <summary>Content trees, graphics and institutions: sequences whose items are dealt with as a whole.</summary>
public class StructuredContentTests
{
    [Fact]
    public async Task A_report_keeps_its_form_and_loses_what_it_says()
    {
        var values = await Subject.ValuesAsync(Report());

        Assert.Equal("121071", values.Text("0040A730/1/0040A043/1/00080100"));
        Assert.Equal("REMOVED", values.Text("0040A730/1/0040A160"));
        Assert.Equal("0", values.Text("0040A730/2/0040A300/1/0040A30A"));
        Assert.Equal("DEIDENTIFIED", values.Text("0040A730/4/0040A123"));
        Assert.Equal(Subject.Key.Uid("2.25.1001"), values.Text("0040A730/5/00081199/1/00081155"));
    }

    [Fact]
    public async Task Cleaned_it_keeps_measured_values_and_harmless_words_but_not_those_of_the_patient()
    {
        var values = await Subject.ValuesAsync(Report(), CleanStructuredContent);
        var withPatient = await Subject.ValuesAsync(Report(), CleanStructuredContent, RetainPatientCharacteristics);

        Assert.Equal("nodule right lung", values.Text("0040A730/1/0040A160")?.ToLowerInvariant());
        Assert.Equal("12.5", values.Text("0040A730/2/0040A300/1/0040A30A"));
        Assert.Equal("0", values.Text("0040A730/3/0040A300/1/0040A30A"));
        Assert.Equal("82", withPatient.Text("0040A730/3/0040A300/1/0040A30A"));
        Assert.Equal("DEIDENTIFIED", values.Text("0040A730/4/0040A123"));
    }

    [Fact]
    public async Task Graphics_stay_without_their_words_where_they_are_cleaned()
    {
        var dataSet = DataSetBuilder.Instance().Header(0x00700001, "SQ", 0xFFFFFFFF).Item()
            .Header(0x00700008, "SQ", 0xFFFFFFFF).Item().Text(0x00700006, "ST", "Mrs SYNTHETIC").ItemEnd().SequenceEnd()
            .Header(0x00700009, "SQ", 0xFFFFFFFF).Item().Element(0x00700022, "FL", [0, 0, 128, 63]).ItemEnd().SequenceEnd().ItemEnd().SequenceEnd();

        var plain = await Subject.ValuesAsync(dataSet);
        var cleaned = await Subject.ValuesAsync(dataSet, CleanGraphics);

        Assert.Equal("REMOVED", cleaned.Text("00700001/1/00700008/1/00700006"));
        Assert.Equal([0, 0, 128, 63], cleaned.All.Find(element => element.Tag == 0x00700022).Value);
        Assert.Equal([0, 0, 0, 0], plain.All.Find(element => element.Tag == 0x00700022).Value);
    }

    [Fact]
    public async Task The_code_of_an_institution_is_no_less_a_name_than_its_name()
    {
        var dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001")
            .Header(0x00080082, "SQ", 0xFFFFFFFF).Item().Text(0x00080100, "SH", "SYNTHOSP").Text(0x00080102, "SH", "99SYN").Text(0x00080104, "LO", "SYNTHETIC HOSPITAL").ItemEnd().SequenceEnd();

        var values = await Subject.ValuesAsync(dataSet);
        var retained = await Subject.ValuesAsync(dataSet, RetainInstitutionIdentity);

        Assert.Equal("REMOVED", values.Text("00080082/1/00080100"));
        Assert.Equal("SYNTHOSP", retained.Text("00080082/1/00080100"));
    }

    /// <summary>A text, a diameter, the age of the subject, an observer and an image.</summary>
    private static DataSetBuilder Report()
    {
        var builder = DataSetBuilder.Instance().Header(0x0040A730, "SQ", 0xFFFFFFFF);
        Concept(builder.Item().Text(0x0040A040, "CS", "TEXT"), "121071").Text(0x0040A160, "UT", "Nodule seen in right lung, told to TESTPATIENT").ItemEnd();
        Number(Concept(builder.Item().Text(0x0040A040, "CS", "NUM"), "M-02550"), "12.5").ItemEnd();
        Number(Concept(builder.Item().Text(0x0040A040, "CS", "NUM"), "121033"), "82").ItemEnd();
        Concept(builder.Item().Text(0x0040A040, "CS", "PNAME"), "121008").Text(0x0040A123, "PN", "SYNTHETIC^READER").ItemEnd();
        return builder.Item().Header(0x00081199, "SQ", 0xFFFFFFFF).Item().Text(0x00081150, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00081155, "UI", "2.25.1001").ItemEnd().SequenceEnd().Text(0x0040A040, "CS", "IMAGE").ItemEnd().SequenceEnd();
    }

    private static DataSetBuilder Concept(DataSetBuilder builder, string code) =>
        builder.Header(0x0040A043, "SQ", 0xFFFFFFFF).Item().Text(0x00080100, "SH", code).Text(0x00080102, "SH", "DCM").Text(0x00080104, "LO", "Concept").ItemEnd().SequenceEnd();

    private static DataSetBuilder Number(DataSetBuilder builder, string value) =>
        builder.Header(0x0040A300, "SQ", 0xFFFFFFFF).Item().Text(0x0040A30A, "DS", value).ItemEnd().SequenceEnd();
}
