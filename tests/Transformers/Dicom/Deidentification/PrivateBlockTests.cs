using EHealthPlus.Transformers.Dicom.Deidentification;
using static EHealthPlus.Transformers.Dicom.Deidentification.ConfidentialityOption;

namespace EHealthPlus.Tests.Transformers.Dicom.Deidentification;

/// <summary>Private attributes: gone, unless they are known or declared to be safe, and their creators with them.</summary>
public class PrivateBlockTests
{
    [Fact]
    public async Task A_creator_stays_only_with_an_element_of_its_block_that_stays()
    {
        var dataSet = DataSetBuilder.Instance().Text(0x70530010, "LO", "SYNTHETIC").Text(0x70530011, "LO", "Philips PET Private Group").Text(0x70531000, "LO", "TESTPATIENT")
            .Text(0x70531100, "DS", "0.000587").Text(0x70531109, "DS", "1.5").Text(0x70531110, "LO", "FREE TEXT");

        var kept = await Subject.ValuesAsync(dataSet, RetainSafePrivate);
        var removed = await Subject.ValuesAsync(dataSet);

        Assert.Equal(["70530011", "70531100", "70531109"], kept.All.Where(element => element.Tag >> 16 == 0x7053).Select(element => element.Path));
        Assert.DoesNotContain(removed.All, element => element.Tag >> 16 == 0x7053);
    }

    [Fact]
    public async Task The_same_number_of_another_creator_is_not_safe()
    {
        var values = await Subject.ValuesAsync(DataSetBuilder.Instance().Text(0x70530010, "LO", "SOMEBODY ELSE").Text(0x70531000, "DS", "1.5"), RetainSafePrivate);

        Assert.DoesNotContain(values.All, element => element.Tag >> 16 == 0x7053);
    }

    [Fact]
    public async Task Blocks_in_items_are_judged_in_their_item()
    {
        var dataSet = DataSetBuilder.Instance().Header(0x52009230, "SQ", 0xFFFFFFFF)
            .Item().Text(0x00190010, "LO", "SIEMENS MR HEADER").Text(0x0019100C, "IS", "1000").ItemEnd()
            .Item().Text(0x00190010, "LO", "SYNTHETIC").Text(0x0019100C, "IS", "1000").ItemEnd().SequenceEnd();

        var values = await Subject.ValuesAsync(dataSet, RetainSafePrivate);

        Assert.Equal("1000", values.Text("52009230/1/0019100C"));
        Assert.DoesNotContain(values.All, element => element.Path.StartsWith("52009230/2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SAFE", true)]
    [InlineData("UNSAFE", false)]
    public async Task What_the_instance_declares_safe_stays_but_never_names_and_uids(string status, bool stays)
    {
        var dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001")
            .Header(0x00080300, "SQ", 0xFFFFFFFF).Item().Word(0x00080301, 0x0009).Text(0x00080302, "LO", "SYNTHETIC").Text(0x00080303, "CS", status).ItemEnd().SequenceEnd()
            .Text(0x00090010, "LO", "SYNTHETIC").Text(0x00091001, "LO", "FILTER 7").Text(0x00091002, "PN", "SYNTHETIC^AUNT").Text(0x00091003, "UI", "2.25.9");

        var values = await Subject.ValuesAsync(dataSet, RetainSafePrivate);

        Assert.Equal(stays, values.Has("00091001"));
        Assert.Equal(stays, values.Has("00090010"));
        Assert.False(values.Has("00091002") || values.Has("00091003"));
    }

    [Fact]
    public async Task Elements_declared_one_by_one_stay_alone()
    {
        var dataSet = new DataSetBuilder().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001")
            .Header(0x00080300, "SQ", 0xFFFFFFFF).Item().Word(0x00080301, 0x0009).Text(0x00080302, "LO", "SYNTHETIC").Text(0x00080303, "CS", "MIXED").Word(0x00080304, 0x0001).ItemEnd().SequenceEnd()
            .Text(0x00090010, "LO", "SYNTHETIC").Text(0x00091001, "LO", "FILTER 7").Text(0x00091002, "LO", "SOMETHING");

        var values = await Subject.ValuesAsync(dataSet, RetainSafePrivate);

        Assert.Equal("FILTER 7", values.Text("00091001"));
        Assert.False(values.Has("00091002"));
    }
}
