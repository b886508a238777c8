using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Transformers.DicomToFhir;

namespace EHealthPlus.Tests.Transformers.DicomToFhir;

/// <summary>Single claims about the way from a document among the images to a report; the golden pair shows the whole.</summary>
public sealed class ReportTests
{
    private const string BasicText = "1.2.840.10008.5.1.4.1.1.88.11";
    private const string Pdf = "1.2.840.10008.5.1.4.1.1.104.1";

    private static readonly Source Source = new("pacs", "centre", "main", "PACS", "CENTRE", UtcOffset: "+08:00");
    private static readonly StudyTranslator Translator = new("https://hub.invalid/dicomweb");

    [Theory]
    [InlineData("COMPLETE", "VERIFIED", null, "final")]
    [InlineData("COMPLETE", "UNVERIFIED", null, "preliminary")]
    [InlineData("COMPLETE", "UNVERIFIED", "FINAL", "final")]
    [InlineData("COMPLETE", "VERIFIED", "PRELIMINARY", "preliminary")]
    [InlineData("PARTIAL", "VERIFIED", "FINAL", "partial")]
    [InlineData(null, null, null, "unknown")]
    public void Status_is_what_the_three_flags_say(string? completion, string? verification, string? preliminary, string expected) =>
        Assert.Equal(expected, Report(Translate(Sr("1", completion, verification, preliminary)))["status"]!.ToString());

    [Fact]
    public void A_corrected_document_is_the_same_report_and_a_finished_draft_is_final()
    {
        var first = Report(Translate(Sr("1")));
        var corrected = Report(Translate(Sr("1"), Sr("2", predecessor: "1")));
        Assert.Equal(("final", "corrected"), (first["status"]!.ToString(), corrected["status"]!.ToString()));
        Assert.Equal(first["id"]!.ToString(), corrected["id"]!.ToString());
        Assert.Equal("urn:oid:1.2.3.9.2", corrected["identifier"]![0]!["value"]!.ToString());
        // Its predecessor was sent elsewhere, or comes later: the id is the same.
        Assert.Equal(first["id"]!.ToString(), Report(Translate(Sr("2", predecessor: "1")))["id"]!.ToString());
        Assert.Equal("final", Report(Translate(Sr("1", verification: "UNVERIFIED"), Sr("2", predecessor: "1")))["status"]!.ToString());
    }

    [Fact]
    public void Documents_that_name_each_other_in_a_ring_end()
    {
        Assert.Equal("urn:oid:1.2.3.9.2", Report(Translate(Sr("1", predecessor: "2"), Sr("2", predecessor: "1")))["identifier"]![0]!["value"]!.ToString());
        Assert.Equal("urn:oid:1.2.3.9.1", Report(Translate(Sr("1", predecessor: "1")))["identifier"]![0]!["value"]!.ToString());
    }

    [Fact]
    public void What_a_corrected_report_no_longer_measures_is_withdrawn()
    {
        var translation = Translate(Sr("1", content: $"{Num("length", "7.50")},{Num("width", "4")}"), Sr("2", predecessor: "1", content: Num("length", "7.60")));
        var measured = translation.Resources.Where(resource => resource.Type == "Observation").Select(resource => JsonNode.Parse(resource.Json.Span)!)
            .ToDictionary(observation => observation["code"]!["coding"]![0]!["code"]!.ToString());
        Assert.Equal(("corrected", "7.60"), (measured["length"]["status"]!.ToString(), measured["length"]["valueQuantity"]!["value"]!.ToJsonString()));
        Assert.Equal("entered-in-error", measured["width"]["status"]!.ToString());
        Assert.Equal([$"Observation/{measured["length"]["id"]}"], Report(translation)["result"]!.AsArray().Select(result => result!["reference"]!.ToString()));
    }

    [Theory]
    [InlineData("7.50", "7.50")]
    [InlineData("+012", "12")]
    [InlineData("-.5", "-0.5")]
    [InlineData("1e3", "1e3")]
    [InlineData("NaN", null)]
    public void A_number_keeps_its_digits_and_what_is_none_is_carried(string stated, string? expected)
    {
        var translation = Translate(Sr("1", content: Num("length", stated)));
        var observation = JsonNode.Parse(translation.Resources.Single(resource => resource.Type == "Observation").Json.Span)!;
        Assert.Equal(expected, observation["valueQuantity"]?["value"]?.ToJsonString());
        Assert.Equal(LedgerDisposition.Mapped, translation.Ledger.Rows().Single(row => row.Value == stated).Disposition);
    }

    [Fact]
    public void Markup_in_a_report_is_text()
    {
        var div = Report(Translate(Sr("1", content: Text("121071", "<script>alert(1)</script> & \"x\" \\u0007end"))))["text"]!["div"]!.ToString();
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; end", div, StringComparison.Ordinal);
        Assert.Equal("div", System.Xml.Linq.XElement.Parse(div).Name.LocalName);
    }

    [Fact]
    public void The_conclusion_is_the_text_of_the_sections_that_are_called_so()
    {
        var report = Report(Translate(Sr("1", content: $"{Text("121071", "A finding")},{Text("121077", "No change.")},{Text("121073", "Benign.")}")));
        Assert.Equal("No change.\nBenign.", report["conclusion"]!.ToString());
    }

    [Fact]
    public void A_PDF_is_a_link_and_never_its_bytes()
    {
        var translation = Translate($$$"""{"00080016":{"vr":"UI","Value":["{{{Pdf}}}"]},"00080018":{"vr":"UI","Value":["1.2.3.9.1"]},"00420011":{"vr":"OB","InlineBinary":"JVBERi0="},"00420012":{"vr":"LO","Value":["application/pdf"]}}""");
        var form = Report(translation)["presentedForm"]![0]!;
        Assert.Equal(("application/pdf", "https://hub.invalid/dicomweb/studies/1.2.3/series/1.2.3.9/instances/1.2.3.9.1/rendered"), (form["contentType"]!.ToString(), form["url"]!.ToString()));
        Assert.DoesNotContain("JVBERi0=", Encoding.UTF8.GetString(translation.Bundle.Span), StringComparison.Ordinal);
        Assert.Equal("unknown", Report(translation)["status"]!.ToString());
        var reference = translation.Resources.Single(resource => resource.Type == "DocumentReference");
        Assert.Equal(SharingCategory.LaboratoryAndRadiologyReports, reference.Category);
    }

    [Fact]
    public void Each_value_of_a_document_is_in_the_ledger_once()
    {
        var translation = Translate(Sr("1", content: $"{Text("121071", "A finding")},{Num("length", "7.5")}"), Sr("2", predecessor: "1"));
        var rows = translation.Ledger.Rows().ToList();
        Assert.Equal(rows.Count, translation.Ledger.Mapped + translation.Ledger.Carried + translation.Ledger.Dropped);
        Assert.Equal(rows.Count, rows.Select(row => row.Location).Distinct().Count());
        Assert.All(rows.Where(row => row.Disposition == LedgerDisposition.Mapped), row => Assert.NotEmpty(row.Path));
        Assert.All(rows.Where(row => row.Disposition != LedgerDisposition.Mapped), row => Assert.False(string.IsNullOrEmpty(row.Rule)));
    }

    [Fact]
    public void A_narrative_has_an_end_and_what_is_beyond_is_carried()
    {
        var translation = Translate(Sr("1", content: string.Join(',', Enumerable.Range(0, 40).Select(number => Text("121071", $"{number} {new string('x', 10_000)}")))));
        Assert.InRange(Report(translation)["text"]!["div"]!.ToString().Length, 200_000, 300_000);
        Assert.Contains(translation.Ledger.Rows(), row => row.Disposition == LedgerDisposition.Carried && row.Rule!.StartsWith("The narrative is full", StringComparison.Ordinal));
    }

    private static JsonNode Report(Translation translation) => JsonNode.Parse(translation.Resources.Single(resource => resource.Type == "DiagnosticReport").Json.Span)!;

    private static Translation Translate(params string[] instances) => Translator.Translate(
        Encoding.UTF8.GetBytes($$$"""
            {"studyManifest":1,"studyInstanceUid":"1.2.3","revision":4,"conflicts":0,"patient":{"00100020":{"vr":"LO","Value":["MR1"]} },"study":{"00080020":{"vr":"DA","Value":["20260302"]} },
            "series":[{"attributes":{"0020000E":{"vr":"UI","Value":["1.2.3.9"]} },"instances":[{{{string.Join(',', instances)}}}]}]}
            """),
        new(Source, new DepositId(1), [new MessageSubject("ann")], default)).Value;

    private static string Sr(string number, string? completion = "COMPLETE", string? verification = "VERIFIED", string? preliminary = null, string? predecessor = null, string? content = null)
    {
        var flags = string.Concat(((string Tag, string? Value)[])[("0040A491", completion), ("0040A493", verification), ("0040A496", preliminary)] is var all
            ? all.Where(flag => flag.Value is not null).Select(flag => $"\"{flag.Tag}\":{{\"vr\":\"CS\",\"Value\":[\"{flag.Value}\"]}},") : []);
        var before = predecessor is null ? "" : $$$"""
            "0040A360":{"vr":"SQ","Value":[{"00081115":{"vr":"SQ","Value":[{"00081199":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2.3.9.{{{predecessor}}}"]}}]}}]}}]},
            """;
        return $$$"""
            {"00080016":{"vr":"UI","Value":["{{{BasicText}}}"]},"00080018":{"vr":"UI","Value":["1.2.3.9.{{{number}}}"]},"0040A040":{"vr":"CS","Value":["CONTAINER"]},{{{flags}}}{{{before}}}
            "0040A730":{"vr":"SQ","Value":[{{{content ?? Text("121071", "A finding")}}}]} }
            """;
    }

    private static string Text(string concept, string text) => $$$"""
        {"0040A010":{"vr":"CS","Value":["CONTAINS"]},"0040A040":{"vr":"CS","Value":["TEXT"]},"0040A043":{{{Code(concept, "DCM")}}},"0040A160":{"vr":"UT","Value":["{{{text.Replace("\"", "\\\"", StringComparison.Ordinal)}}}"]} }
        """;

    private static string Num(string concept, string value) => $$$"""
        {"0040A040":{"vr":"CS","Value":["NUM"]},"0040A043":{{{Code(concept, "DCM")}}},"0040A300":{"vr":"SQ","Value":[{"0040A30A":{"vr":"DS","Value":["{{{value}}}"]},"004008EA":{{{Code("mm", "UCUM")}}} }]} }
        """;

    private static string Code(string code, string scheme) => $$$"""
        {"vr":"SQ","Value":[{"00080100":{"vr":"SH","Value":["{{{code}}}"]},"00080102":{"vr":"SH","Value":["{{{scheme}}}"]},"00080104":{"vr":"LO","Value":["Meaning of {{{code}}}"]} }]}
        """;
}
