using System.Text;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Tests.Transformers.Terminology;

public sealed class TableMapTests
{
    [Theory]
    [InlineData("AdministrativeSex", "A", "http://hl7.org/fhir/administrative-gender|other", "Other")]
    [InlineData("PatientClass[EncounterClass]", "E", "http://terminology.hl7.org/CodeSystem/v3-ActCode|EMER", "emergency")]
    [InlineData("PatientClass[EncounterClass]", "B", "http://terminology.hl7.org/CodeSystem/v2-0004|B", "Obstetrics")]
    [InlineData("PatientClass[EncounterStatus]", "P", "http://hl7.org/fhir/encounter-status|planned", "")]
    [InlineData("Relationship", "EMR", "http://terminology.hl7.org/CodeSystem/v2-0131|E", "Employer")]
    [InlineData("ProcessingMode", "T", "http://terminology.hl7.org/CodeSystem/v2-0207|T", "Current processing, transmitted at intervals (scheduled or on demand)")]
    [InlineData("InterpretationCodes", "<", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation|<", "Off scale low")]
    [InlineData("UniversalIDType", "L", "http://terminology.hl7.org/CodeSystem/v2-0301|L", "Local")]
    [InlineData("SegmentActionCode", "U", "http://hl7.org/fhir/http-verb|PUT", "PUT")]
    public void A_code_of_the_table_becomes_the_code_of_the_official_row(string map, string code, string token, string display)
    {
        Assert.True(Map(map).TryGet(Encoding.UTF8.GetBytes(code), out var mapped));
        Assert.Equal(token, mapped.Token);
        Assert.Equal(display, Encoding.UTF8.GetString(mapped.Display));
    }

    [Theory]
    [InlineData("AdministrativeSex", "X")]
    [InlineData("AdministrativeSex", "f")]
    [InlineData("AdministrativeSex", "")]
    [InlineData("NameType", "B")] // the official row leaves its FHIR side empty
    [InlineData("ResultStatus[Non-Queries]", "Z")]
    [InlineData("DischargeDisposition", "01")] // each site has its own codes
    public void A_code_without_official_target_is_not_mapped(string map, string code) =>
        Assert.False(Map(map).TryGet(Encoding.UTF8.GetBytes(code), out _));

    [Fact]
    public void Every_row_is_found_by_its_code_and_names_a_code_system()
    {
        var rows = 0;
        foreach (var map in TableMaps.All)
        {
            foreach (var code in map.Codes)
            {
                Assert.True(map.TryGet(code.Span, out var mapped), map.Name);
                Assert.False(mapped.Code.IsEmpty, map.Name);
                Assert.True(Uri.IsWellFormedUriString(Encoding.UTF8.GetString(mapped.System), UriKind.Absolute), map.Name);
                Assert.True(mapped.Code.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0, map.Name);
                rows++;
            }
        }

        Assert.Equal(2320, rows);
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var map = TableMaps.Relationship;
        map.TryGet("SPO"u8, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            if (map.TryGet("SPO"u8, out var mapped) && mapped.Code.SequenceEqual("SPS"u8)) found++;
            if (map.TryGet("NOTTHERE"u8, out _)) found++;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, found);
    }

    private static TableMap Map(string name) => TableMaps.All.Single(map => map.Name == name);
}
