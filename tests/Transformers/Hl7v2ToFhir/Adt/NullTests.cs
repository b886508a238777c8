using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>Two quotation marks delete what a field said before (HL7 v2.5.1 2.5.3), and nothing else.</summary>
public sealed class NullTests
{
    [Theory]
    [InlineData("PID", 6, "MOTHER^MAIDEN")]
    [InlineData("PID", 9, "ALIAS")]
    [InlineData("PID", 12, "ST")]
    [InlineData("PID", 14, "23456789")]
    [InlineData("PID", 17, "BUD")]
    [InlineData("PID", 19, "S1")]
    [InlineData("PID", 20, "L1")]
    [InlineData("PID", 23, "Hong Kong")]
    [InlineData("PID", 24, "Y")]
    [InlineData("PID", 25, "2")]
    [InlineData("PID", 26, "CN")]
    [InlineData("PID", 28, "HKG")]
    [InlineData("PID", 29, "20261120")]
    [InlineData("PID", 30, "Y")]
    [InlineData("PID", 39, "T")]
    [InlineData("PID", 40, "^PRS^CP^^^^^^^^^91234567")]
    [InlineData("PD1", 3, "CLINIC")]
    [InlineData("PD1", 4, "D1^ONE")]
    [InlineData("PD1", 6, "D")]
    [InlineData("PD1", 14, "CHURCH")]
    [InlineData("PV1", 5, "PRE1")]
    [InlineData("PV1", 37, "HOME")]
    [InlineData("PV1", 50, "A1")]
    [InlineData("PV2", 8, "20261120")]
    [InlineData("PV2", 9, "20261124")]
    [InlineData("PV2", 11, "3")]
    [InlineData("PV2", 38, "A")]
    [InlineData("NK1", 4, "1 STREET")]
    [InlineData("NK1", 5, "23456789")]
    [InlineData("NK1", 6, "23456789")]
    [InlineData("NK1", 20, "ZH")]
    public void What_the_field_said_goes_from_the_record(string segment, int field, string value)
    {
        var type = segment switch { "PV1" or "PV2" => "Encounter", "NK1" => "RelatedPerson", _ => "Patient" };
        var (before, stated, nulled) = (With(segment, field, ""), With(segment, field, value), With(segment, field, "\"\""));
        var update = nulled.Only(type);
        var record = ResourceMerge.Merge(stated.Only(type).Json, update.Json, update.DeletedElements).Read();

        Assert.False(JsonElement.DeepEquals(before.Only(type).Read(), stated.Only(type).Read()));
        Assert.True(JsonElement.DeepEquals(before.Only(type).Read(), record), record.GetRawText());
        Assert.Equal(LedgerDisposition.Dropped, Assert.Single(nulled.Ledger.Rows(), row => row.Location.Segment == segment && row.Location.Field == field).Disposition);
    }

    [Fact]
    public void A_county_goes_from_the_address_that_it_was_part_of()
    {
        var update = With("PID", 12, "\"\"").Only("Patient");
        var record = ResourceMerge.Merge(With("PID", 12, "ST", ("PID", 11, "1 TEST STREET")).Only("Patient").Json, update.Json, update.DeletedElements).Read();
        Assert.Equal(("1 TEST STREET", null), (record.At("address/0/line/0"), record.At("address/0/district")));
    }

    [Fact]
    public void A_living_will_that_is_deleted_has_no_value()
    {
        var (stated, nulled) = (With("PD1", 7, "Y").Only("Observation"), With("PD1", 7, "\"\"").Only("Observation"));
        Assert.Equal((stated.Id, WriteMode.Replace), (nulled.Id, nulled.Mode));
        Assert.Equal((null, "unknown"), (nulled.Read().At("valueCodeableConcept"), nulled.Read().At("dataAbsentReason/coding/0/code")));
    }

    [Fact]
    public void What_another_field_says_at_once_stays()
    {
        var patient = With("PID", 29, "\"\"", ("PID", 30, "Y")).Only("Patient").Read();
        Assert.Equal("true", patient.At("deceasedBoolean"));
    }

    private static Translation With(string segment, int field, string value, params (string Segment, int Field, string Value)[] others)
    {
        (string Segment, int Field, string Value)[] values =
        [
            ("PID", 3, "A123456(3)^^^HKID^NI~MRN0001^^^HOSPITAL^MR"), ("PID", 5, "TESTPATIENT^ALPHA"), ("PD1", 1, "A"), ("NK1", 1, "1"), ("NK1", 2, "TESTPATIENT^BETA"), ("NK1", 3, "MTH"),
            ("PV1", 2, "I"), ("PV1", 3, "W3"), ("PV1", 19, "V0001^^^HOSPITAL^VN"), ("PV2", 2, "A"), (segment, field, value), .. others,
        ];
        return Translate("A08", [.. new[] { "PID", "PD1", "NK1", "PV1", "PV2" }.Select(name => Segment(name, values.Where(value => value.Segment == name)))]);
    }

    private static string Segment(string name, IEnumerable<(string Segment, int Field, string Value)> values)
    {
        var fields = new string[53];
        fields[0] = name;
        foreach (var (_, field, value) in values) fields[field] = value;
        return string.Join('|', fields).TrimEnd('|');
    }
}
