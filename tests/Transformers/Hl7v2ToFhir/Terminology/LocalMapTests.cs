using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Transformers.Hl7v2ToFhir;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Terminology;

/// <summary>What a source's own map does to its codes, and which codes are left as work to do.</summary>
public class LocalMapTests
{
    private const string Header = "source,field,code,system,target_system,target_code,target_display,from,until,comment\n";
    private const string Glucose = Header + "lab,OBX-3,GLU,99LAB,LN,15074-8,Glucose [Moles/volume] in Blood,2026-01-01,2026-06-30,old method\nlab,OBX-3,GLU,99LAB,LN,14749-6,Glucose [Moles/volume] in Serum or Plasma,2026-07-01,,\n";

    [Fact]
    public void The_standard_code_stands_beside_the_senders_which_is_marked_as_chosen()
    {
        var translation = Translate(Glucose, Result("GLU^Glucose^99LAB", "20260801"));

        var codings = Code(translation);
        Assert.Equal(
            [("http://loinc.org", "14749-6", "Glucose [Moles/volume] in Serum or Plasma", false), ("urn:ehealthplus:local:lab:99LAB", "GLU", "Glucose", true)], codings);
        var row = translation.Ledger.Rows().First(row => row.Location.ToString() == "OBX-3.1" || (row.Location.Segment == "OBX" && row.Location.Field == 3));
        Assert.Contains("Local map maps.csv line 3", row.Rule, StringComparison.Ordinal);
        Assert.Empty(translation.Unmapped);
    }

    [Theory]
    [InlineData("20260630", "", "15074-8")]
    [InlineData("20260701", "", "14749-6")]
    [InlineData("", "20260630", "15074-8")]
    [InlineData("", "202607", "14749-6")]
    [InlineData("", "", "14749-6")]
    public void The_clinical_date_decides_then_that_of_the_order_then_that_of_the_message(string observed, string ordered, string code)
    {
        var translation = Translate(Glucose, Result("GLU^Glucose^99LAB", observed, ordered));
        Assert.Equal(code, Code(translation)[0].Code);
    }

    [Fact]
    public void A_code_before_its_row_begins_stays_local_and_is_work_to_do()
    {
        var translation = Translate(Glucose, Result("GLU^Glucose^99LAB", "20251231"));
        Assert.Equal("GLU", Assert.Single(Code(translation)).Code);
        Assert.Equal([new UnmappedCode("OBX-3", "", "GLU", "99LAB")], translation.Unmapped);
    }

    [Fact]
    public void What_the_sender_says_in_the_standard_himself_is_not_said_again()
    {
        var translation = Translate(Glucose, Result("GLU^Glucose^99LAB^14749-6^Glucose^LN", "20260801"));
        Assert.Equal([("urn:ehealthplus:local:lab:99LAB", "GLU", "Glucose", false), ("http://loinc.org", "14749-6", "Glucose", false)], Code(translation));
    }

    [Theory]
    [InlineData("GLU^Glucose", "lab,OBX-3,GLU,,LN,14749-6,,2026-01-01,,", "14749-6")]
    [InlineData("GLU^Glucose^L", "lab,OBX-3,GLU,,LN,14749-6,,2026-01-01,,", "14749-6")]
    [InlineData("GLU^Glucose^L", "lab,OBX-3,GLU,,LN,15074-8,,2026-01-01,,\nlab,OBX-3,GLU,L,LN,14749-6,,2026-01-01,,", "14749-6")]
    [InlineData("1234-5^x^LN", "lab,OBX-3,1234-5,,SCT,73211009,,2026-01-01,,", "1234-5")]
    [InlineData("GLU^Glucose", "clinic,OBX-3,GLU,,LN,14749-6,,2026-01-01,,", "GLU")]
    public void A_row_without_system_is_for_codes_without_a_standard_one(string sent, string rows, string code) =>
        Assert.Equal(code, Code(Translate(Header + rows + "\n", Result(sent, "20260801")))[0].Code);

    [Theory]
    [InlineData("lab,0001,乾,,http://terminology.hl7.org/CodeSystem/v2-0001,M,,2026-01-01,,", "male")]
    [InlineData("lab,PID-8,乾,,http://hl7.org/fhir/administrative-gender,male,,2026-01-01,,", "male")]
    [InlineData("lab,PID-8,乾,,SCT,248153007,,2026-01-01,,", null)]
    [InlineData("lab,PID-10,乾,,SCT,248153007,,2026-01-01,,", null)]
    public void A_code_that_fhir_binds_becomes_one_of_fhirs(string row, string? gender)
    {
        var translation = Translate(Header + row + "\n", "PID|1||MRN1^^^HOSPITAL^MR||TESTPATIENT^ALPHA||19700102|乾");
        var patient = translation.Resources.Single(resource => resource.Type == "Patient").Read();
        Assert.Equal(gender, patient.TryGetProperty("gender", out var value) ? value.GetString() : null);
        if (gender is null) Assert.Equal([new UnmappedCode("PID-8", "0001", "乾", "")], translation.Unmapped);
        else Assert.Empty(translation.Unmapped);
    }

    [Fact]
    public void A_local_unit_becomes_one_of_ucum_and_is_still_written_as_sent()
    {
        var translation = Translate(Header + "lab,OBX-6,毫摩爾,,UCUM,mmol/L,,2026-01-01,,\n", Result("14749-6^Glucose^LN", "20260801"));
        var quantity = translation.Resources.Single(resource => resource.Type == "Observation").Read().GetProperty("valueQuantity");
        Assert.Equal(("毫摩爾", "http://unitsofmeasure.org", "mmol/L"), (quantity.GetProperty("unit").GetString(), quantity.GetProperty("system").GetString(), quantity.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("NNHKG", false)]
    [InlineData("NNCHN", false)]
    [InlineData("NNHK", true)]
    [InlineData("CARD", true)]
    public void The_type_of_a_national_number_is_no_work_to_do(string type, bool work)
    {
        var translation = Translate(Header, $"PID|1||L555555(0)^^^HKID^{type}||TESTPATIENT^ALPHA||19700102|F");
        Assert.Equal(work ? [new UnmappedCode("PID-3", "0203", type, "")] : [], translation.Unmapped);
    }

    [Fact]
    public void Text_in_place_of_a_code_is_never_kept_as_a_code()
    {
        var translation = Translate(Header, Result("a long text that may well say something of the patient^x^99LAB", "20260801"));
        Assert.Empty(translation.Unmapped);
    }

    [Fact]
    public void The_ledger_reads_the_maps_that_the_translation_had()
    {
        var translation = Translate(Glucose, Result("GLU^Glucose^99LAB", "20260801"));
        var counts = translation.Ledger.Rows().GroupBy(row => row.Disposition).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(translation.Ledger.Mapped, counts[LedgerDisposition.Mapped]);
    }

    private static string[] Result(string code, string observed, string ordered = "") =>
        ["PID|1||MRN1^^^HOSPITAL^MR||TESTPATIENT^ALPHA||19700102|F", $"OBR|1|P1|F1|24331-1^Panel^LN|||{ordered}||||||||||||||||||F", $"OBX|1|NM|{code}||5.50|毫摩爾|||||F|||{observed}"];

    private static Translation Translate(string map, params string[] segments)
    {
        var (maps, errors) = LocalMaps.Read([("maps.csv", Encoding.UTF8.GetBytes(map))]);
        Assert.Empty(errors);
        var source = new Source("lab", "lab", "lab", "LAB", "LAB", "UNICODE UTF-8", "+08:00");
        var text = $@"MSH|^~\&|LAB|LAB|HUB|HUB|20261121090000||ORU^R01|M1|P|2.5.1||||||UNICODE UTF-8" + "\r" + string.Join('\r', segments) + "\r";
        var result = new Hl7v2Translator { LocalMaps = maps! }.Translate(Encoding.UTF8.GetBytes(text), new(source, null, null, DateTimeOffset.UnixEpoch));
        Assert.True(result.Accepted, result.Rejection?.ToString());
        return result.Value;
    }

    private static List<(string? System, string? Code, string? Display, bool Chosen)> Code(Translation translation) =>
        [.. translation.Resources.Single(resource => resource.Type == "Observation").Read().GetProperty("code").GetProperty("coding").EnumerateArray()
            .Select(coding => (Text(coding, "system"), Text(coding, "code"), Text(coding, "display"), coding.TryGetProperty("userSelected", out var chosen) && chosen.GetBoolean()))];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [Fact]
    public void A_row_that_has_ended_is_not_in_the_way_of_one_that_names_no_system()
    {
        const string map = Header + "lab,OBX-3,GLU,99LAB,LN,15074-8,,2020-01-01,2025-12-31,\nlab,OBX-3,GLU,,LN,14749-6,,2026-01-01,,\n";

        Assert.Equal("15074-8", Code(Translate(map, Result("GLU^Glucose^99LAB", "20251231")))[0].Code);
        Assert.Equal("14749-6", Code(Translate(map, Result("GLU^Glucose^99LAB", "20260101")))[0].Code);
    }
}
