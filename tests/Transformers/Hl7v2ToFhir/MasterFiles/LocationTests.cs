using EHealthPlus.Routing.Contracts.Messages;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.MasterFiles;

/// <summary>MFN^M05: places, each part of a wider one.</summary>
public sealed class LocationTests
{
    private static Translation Places(string code, params ReadOnlySpan<string> segments) => Translate("MFN^M05", ["MFI|LOC||UPD|||NE", $"MFE|{code}|1||W3", .. segments]);

    private static TranslatedResource Named(Translation translation, string name) =>
        Assert.Single(translation.Resources, resource => resource.Type == "Location" && resource.Read().At("name") == name);

    [Theory]
    [InlineData("MAD", "active")]
    [InlineData("MUP", "active")]
    [InlineData("MAC", "active")]
    [InlineData("MDC", "inactive")]
    [InlineData("MDL", "inactive")]
    public void The_record_event_says_the_status(string code, string status) =>
        Assert.Equal(status, Named(Places(code, "LOC|W3^^^HOSPITAL|Ward 3"), "W3").Read().At("status"));

    [Fact]
    public void Only_the_place_itself_is_written_over()
    {
        var translation = Places("MAD", "LOC|W3^301^1^HOSPITAL|Window bed");

        Assert.Equal(WriteMode.Replace, Named(translation, "1").Mode);
        Assert.Equal(WriteMode.CreateIfAbsent, Named(translation, "301").Mode);
        Assert.Equal(WriteMode.CreateIfAbsent, Named(translation, "W3").Mode);
        Assert.Equal($"Location/{Named(translation, "301").Id}", Named(translation, "1").Read().At("partOf/reference"));
    }

    [Fact]
    public void A_visit_refers_to_the_place_of_the_master_file() =>
        Assert.Equal(Named(Places("MAD", "LOC|W3^301^1|Window bed"), "1").Id, Named(Translate("A01", Pid, Pv1(location: "W3^301^1")), "1").Id);

    [Fact]
    public void A_stated_parent_stands_before_the_one_of_the_name()
    {
        var translation = Places("MAD", "LOC|W3^^^HOSPITAL|Ward 3", "LRL|W3^^^HOSPITAL|A|1|PAR||BLOCK^^^HOSPITAL");

        Assert.Equal($"Location/{Named(translation, "BLOCK").Id}", Named(translation, "W3").Read().At("partOf/reference"));
    }

    [Fact]
    public void Visiting_hours_name_each_day()
    {
        var ward = Named(Places("MAD", "LOC|W3|Ward 3", "LDP|W3|MED||||I||||SAT^MON^1000^2000"), "W3").Read();

        Assert.Equal("""["sat","sun","mon"]""", ward.At("hoursOfOperation/0/daysOfWeek"));
        Assert.Equal("10:00:00", ward.At("hoursOfOperation/0/openingTime"));
        Assert.Equal("inactive", ward.At("status"));
    }
}
