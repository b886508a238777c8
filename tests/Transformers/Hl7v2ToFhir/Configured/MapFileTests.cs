using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir;
using EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Configured;

/// <summary>Z-segments and carried fields mapped by a file: docs/maps.md, with its example.</summary>
public class MapFileTests
{
    private static readonly TranslationContext Context = Translating.Context("+08:00") with
    {
        Source = Translating.Context("+08:00").Source with { Id = "synthetic-hospital" },
    };

    private static readonly byte[] Message = Encoding.UTF8.GetBytes(Translating.Message(
        "ADT^A01^ADT_A01", Translating.Patient, "PV1|1|I|W1||||||||||||||||V77||CP^Full price^L",
        "ZPD|Y|TESTCONTACT^AUNT|^PRN^PH^^^^21230000|unmapped", "ZVT|VT1^^^WARD|8310-5^Body temperature^LN|37.5^Cel&degree&UCUM|202611201030|H^High^HL70078"));

    [Fact]
    public void The_example_of_the_documentation_maps_its_segments()
    {
        var bundle = Translated(Text, out var rows);

        var patient = Resource(bundle, "Patient");
        Assert.Equal("TESTCONTACT", patient.GetProperty("contact")[0].GetProperty("name").GetProperty("family").GetString());
        Assert.Equal(1, patient.GetProperty("contact").GetArrayLength());
        Assert.True(patient.GetProperty("contact")[0].TryGetProperty("telecom", out _));
        Assert.Contains(patient.GetProperty("extension").EnumerateArray(), extension => extension.GetProperty("url").GetString() == "https://clinic.example/fhir/interpreter-needed" && extension.GetProperty("valueBoolean").GetBoolean());
        var observation = Resource(bundle, "Observation");
        Assert.Equal("37.5", observation.GetProperty("valueQuantity").GetProperty("value").GetRawText());
        Assert.Equal("final", observation.GetProperty("status").GetString());
        Assert.Equal($"Patient/{patient.GetProperty("id").GetString()}", observation.GetProperty("subject").GetProperty("reference").GetString());
        Assert.Equal("2026-11-20T10:30:00+08:00", observation.GetProperty("effectiveDateTime").GetString());
        Assert.Contains(rows, row => row.Location.ToString() == "ZPD[1]-2[1].1.1" && row.Path.Contains("Patient.contact[0].name.family"));
        Assert.Contains(rows, row => row.Location.ToString() == "PV1[1]-21[1].1.1" && row.Disposition == LedgerDisposition.Mapped);
        Assert.Contains(rows, row => row.Location.ToString() == "ZPD[1]-4[1].1.1" && row.Disposition == LedgerDisposition.Carried);
    }

    [Fact]
    public void What_a_file_makes_names_its_deposit()
    {
        var bundle = Translated(Text, out _);

        var made = $"Observation/{Resource(bundle, "Observation").GetProperty("id").GetString()}";
        Assert.Contains(Resource(bundle, "Provenance").GetProperty("target").EnumerateArray(), target => target.GetProperty("reference").GetString() == made);
    }

    [Fact]
    public void A_field_goes_to_the_nearest_resource_before_it()
    {
        const string map = """
            { "source": "*", "segments": [{ "segment": "ZNK", "resource": "RelatedPerson", "fields": [
                { "field": "ZNK-1", "extension": "https://clinic.example/fhir/key-holder", "type": "boolean" }] }] }
            """;
        var bundle = Translated(map, out var rows, Encoding.UTF8.GetBytes(Translating.Message(
            "ADT^A01^ADT_A01", "ZNK|Y", Translating.Patient, "NK1|1|TESTPATIENT^BETA", "ZNK|Y", "NK1|2|TESTPATIENT^GAMMA", "PV1|1|I", "ZNK|N", "ZNK|N")));

        Assert.Equal(
            [("BETA", ["true"]), ("GAMMA", ["false", "false"])],
            bundle.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).Where(resource => resource.GetProperty("resourceType").GetString() == "RelatedPerson")
                .Select(person => (person.At("name/0/given/0")!, person.GetProperty("extension").EnumerateArray().Select(extension => extension.At("valueBoolean")!).ToArray())),
            EqualityComparer<(string, string[])>.Create((one, other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2)));
        Assert.Equal(LedgerDisposition.Carried, rows.Single(row => row.Location.ToString() == "ZNK[1]-1[1].1.1").Disposition);
    }

    [Fact]
    public void Without_the_file_all_of_it_is_carried()
    {
        Translated(null, out var rows);

        Assert.All(rows.Where(row => row.Location.Segment is "ZPD" or "ZVT"), row => Assert.Equal(LedgerDisposition.Carried, row.Disposition));
    }

    [Fact]
    public void A_file_for_another_source_is_not_followed()
    {
        Translated(Text.Replace("synthetic-hospital", "elsewhere", StringComparison.Ordinal), out var rows);

        Assert.DoesNotContain(rows, row => row.Location.Segment is "ZPD" && row.Disposition == LedgerDisposition.Mapped);
    }

    [Fact]
    public void The_same_key_again_is_the_same_resource()
    {
        var first = Resource(Translated(Text, out _), "Observation").GetProperty("id").GetString();
        var other = Resource(Translated(Text, out _, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Message).Replace("37.5", "38.1", StringComparison.Ordinal))), "Observation").GetProperty("id").GetString();

        Assert.Equal(first, other);
    }

    [Theory]
    [InlineData("\"contact.name\"", "\"contact.colour\"", "map.json:10: M07 R4 has no Patient.contact.colour")]
    [InlineData("\"contact.name\", \"type\": \"HumanName\"", "\"contact.name\", \"type\": \"Period\"", "map.json:10: M08 'Period' is no data type that can be written")]
    [InlineData("\"contact.name\", \"type\": \"HumanName\"", "\"contact.name\", \"type\": \"string\"", "map.json:10: M09 Patient.contact.name is HumanName, not string")]
    [InlineData("\"field\": \"ZPD-2\"", "\"field\": \"ZPX-2\"", "map.json:10: M05 'ZPX-2' is no field of this segment")]
    [InlineData("\"resource\": \"Patient\"", "\"resource\": \"Citizen\"", "map.json:7: M06 'Citizen' is no resource type that can be mapped to")]
    [InlineData("\"InterpretationCodes\"", "\"Moods\"", "map.json:27: M10 There is no table map 'Moods'")]
    [InlineData("https://clinic.example/fhir/interpreter-needed", "interpreter", "map.json:9: M11 'interpreter' is no absolute URL")]
    [InlineData("https://clinic.example/fhir/interpreter-needed", "https://clinic.example/擴展/x", "map.json:9: M11")]
    [InlineData("https://clinic.example/fhir/interpreter-needed", "https://clinic.example/\\\"y", "map.json:9: M11")]
    [InlineData("https://clinic.example/fhir/interpreter-needed", "/disability", "map.json:9: M11")]
    [InlineData("\"ObservationsAndLifestyle\"", "\"Secrets\"", "map.json:19: M12 'Secrets' is no sharing category")]
    [InlineData("{ \"status\": \"final\" }", "{ }", "map.json:17: M13 R4 asks for Observation.status")]
    [InlineData("\"source\"", "\"sauce\"", "map.json:3: M03 \"sauce\" is not known here")]
    [InlineData("\"segments\": [", "\"segments\": [[", "map.json:")]
    public void A_fault_is_told_with_its_line(string good, string bad, string fault)
    {
        var (map, faults) = ConfiguredMapReader.Read("map.json", Encoding.UTF8.GetBytes(Text.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Null(map);
        Assert.Contains(faults, found => found.ToString().StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_file_that_got_a_fault_the_last_good_version_stays()
    {
        var set = new MapFileSet();
        set.Take([("clinic.json", Encoding.UTF8.GetBytes(Text))], DateTimeOffset.UnixEpoch);
        var state = set.Take([("clinic.json", "{"u8.ToArray())], DateTimeOffset.UnixEpoch).Single();

        Assert.Equal(("synthetic-hospital", 9), (state.Source, state.Fields));
        Assert.Contains("M01", Assert.Single(state.Faults), StringComparison.Ordinal);
        Assert.NotSame(ConfiguredMaps.None, set.Maps);
        set.Take([], DateTimeOffset.UnixEpoch);
        Assert.Same(ConfiguredMaps.None, set.Maps);
    }

    private static string Text { get; } = File.ReadAllText(Path.Combine(Here(), "../../../../docs/examples/clinic-map.json"));

    private static JsonElement Translated(string? map, out List<LedgerRow> rows, byte[]? message = null)
    {
        var translator = new Hl7v2Translator();
        if (map is not null)
        {
            var (read, faults) = ConfiguredMapReader.Read("map.json", Encoding.UTF8.GetBytes(map));
            Assert.Empty(faults);
            translator.Maps = new ConfiguredMaps([read!]);
        }

        var translation = translator.Translate(message ?? Message, Context).Value;
        rows = [.. translation.Ledger.Rows()];
        return JsonDocument.Parse(translation.Bundle).RootElement;
    }

    private static JsonElement Resource(JsonElement bundle, string type) =>
        bundle.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).Single(resource => resource.GetProperty("resourceType").GetString() == type);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
