using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Injection;

/// <summary>Files and bodies that do something to the program that reads them: entities of XML, formulas of spreadsheets, scripts in narratives.</summary>
public sealed class HostileFileTest(AttackedHub attacked)
{
    private const string OutsideEntity = """<?xml version="1.0"?><!DOCTYPE ADT_A05 [<!ENTITY x SYSTEM "file:///etc/passwd">]><ADT_A05 xmlns="urn:hl7-org:v2xml"><MSH><MSH.1>|</MSH.1><MSH.2>^~\&amp;</MSH.2><MSH.10>&x;</MSH.10></MSH></ADT_A05>""";

    private static readonly string ManyLaughs =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"ha\">" + string.Concat(Enumerable.Range(1, 30).Select(each => $"<!ENTITY a{each} \"&a{each - 1};&a{each - 1};&a{each - 1};&a{each - 1};\">"))
        + "]><ADT_A05 xmlns=\"urn:hl7-org:v2xml\"><MSH><MSH.10>&a30;</MSH.10></MSH></ADT_A05>";

    private static readonly string Deep = "<ADT_A05 xmlns=\"urn:hl7-org:v2xml\">" + string.Concat(Enumerable.Repeat("<PID>", 100_000));

    [Fact]
    public async Task Entities_of_XML_are_not_read_over_MLLP()
    {
        foreach (var xml in new[] { OutsideEntity, ManyLaughs, Deep })
        {
            var answer = await attacked.SendAsync(xml);

            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            Assert.Matches("AE|AR", answer);
        }
    }

    [Fact]
    public async Task Entities_of_XML_are_not_read_from_an_upload()
    {
        using var http = attacked.Hub.Anonymous(await attacked.CertificateAsync("demo-laboratory-1"));
        http.DefaultRequestHeaders.Authorization = new("Bearer", attacked.Hub.Token("source"));
        foreach (var xml in new[] { OutsideEntity, ManyLaughs, Deep })
        {
            using var body = new StringContent(xml, MediaTypeHeaderValue.Parse("application/hl7-v2+xml"));
            using var answer = await http.PostAsync("/uploads", body, TestContext.Current.CancellationToken);
            var location = answer.Headers.Location!.OriginalString;
            var state = "";
            await Wait.UntilAsync(async () => (state = await http.GetStringAsync(location)).Contains("\"answer\"", StringComparison.Ordinal), TimeSpan.FromSeconds(60), () => state);

            Assert.DoesNotContain("root:", await http.GetStringAsync(location + "/answer", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(0, JsonNode.Parse(state)!["counts"]!["accepted"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task No_cell_of_a_downloaded_list_is_a_formula()
    {
        await attacked.EnrolAsync(150);
        foreach (var code in new[] { "=1+1", "@SUM(1)", "+1", "-1" })
        {
            var message = Messages.Result(150, $"FORMULA{Guid.NewGuid():N}"[..20], "FORMULA", enhanced: false).Replace("718-7^Hemoglobin^LN", $"{code}^Made up^99MADEUP", StringComparison.Ordinal);
            Assert.Contains("MSA|AA", await attacked.SendAsync(message), StringComparison.Ordinal);
        }

        using var http = attacked.Program(attacked.Hub.Token("operator"));
        var csv = "";
        await Wait.UntilAsync(
            async () => (csv = await http.GetStringAsync("/terminology/unmapped.csv")).Contains("=1+1", StringComparison.Ordinal), TimeSpan.FromSeconds(60), () => csv);

        Assert.DoesNotContain(csv.Trim('\uFEFF').Split('\n').SelectMany(line => line.Split(',')), cell => cell.Trim('"') is ['=' or '+' or '-' or '@' or '\t', ..]);
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_a_narrative_or_a_name_is_never_served_as_markup()
    {
        var person = await attacked.EnrolAsync(151);
        using var registrar = attacked.Program(attacked.Hub.Token("registrar"));
        using var body = JsonContent.Create(new
        {
            resourceType = "Consent", status = "active",
            text = new { status = "generated", div = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>window.taken=1</script></div>" },
            patient = new { reference = $"Patient/{person}" },
        });
        var given = await Judged.AskAsync(registrar, "POST", "/fhir/Consent", body);
        var message = Messages.Result(151, "SCRIPT151", "SCRIPT151", enhanced: false).Replace("Hemoglobin", "<script>window.taken=1</script>", StringComparison.Ordinal);
        await attacked.SendAsync(message);
        await CitizenRecord.ShareAsync(attacked.Hub, 151);
        using var clinician = attacked.Program(attacked.Hub.Token("clinician"));
        var read = await Judged.AskAsync(clinician, "GET", $"/fhir/Observation?patient={person}");

        Assert.DoesNotContain("<script", given.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, read.Status);
        Assert.Empty(read.Faults());
        Assert.StartsWith("application/fhir+json", read.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("nosniff", read.Headers["X-Content-Type-Options"]);
        Assert.DoesNotContain("\"div\"", read.Body, StringComparison.Ordinal);
    }
}
