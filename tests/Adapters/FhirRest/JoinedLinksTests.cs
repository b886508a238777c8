using System.Net;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Orders, images and reports of one examination name each other when they are read, as far as the reader may see them.</summary>
public sealed class JoinedLinksTests : InterfaceTests
{
    private const string Logical = """{"type":"ServiceRequest","identifier":{"value":"ACC1"}}""";

    [Fact]
    public async Task A_report_names_its_study_and_its_order_and_keeps_what_it_said_itself()
    {
        File("DiagnosticReport", $$$"""
            "basedOn":[{"reference":"ServiceRequest/own"},{{{Logical}}}],"status":"final","imagingStudy":[{"type":"ImagingStudy","identifier":{"value":"prior"}}]
            """, Order("own"), Order("other"), Study("images"));
        foreach (var report in (JsonElement[])[(await Fhir.GetAsync("/fhir/DiagnosticReport/r")).Json, (await Fhir.GetAsync($"/fhir/DiagnosticReport?patient={FhirInterface.Ann}")).Resources.Single()])
        {
            Assert.Equal("""[{"reference":"ServiceRequest/own"},{"reference":"ServiceRequest/other","type":"ServiceRequest","identifier":{"value":"ACC1"}}]""", report.GetProperty("basedOn").GetRawText());
            Assert.Equal("""[{"type":"ImagingStudy","identifier":{"value":"prior"}},{"reference":"ImagingStudy/images"}]""", report.GetProperty("imagingStudy").GetRawText());
            Assert.Equal("1", report.GetProperty("meta").GetProperty("versionId").GetString());
        }
    }

    [Fact]
    public async Task A_study_names_its_orders()
    {
        File("ImagingStudy", $"\"basedOn\":[{Logical}]", Order("one"), Order("two"));
        var study = (await Fhir.GetAsync("/fhir/ImagingStudy/r")).Json;
        Assert.Equal(["ServiceRequest/one", "ServiceRequest/two"], study.GetProperty("basedOn").EnumerateArray().Select(link => link.GetProperty("reference").GetString()));
    }

    [Fact]
    public async Task What_the_reader_may_not_see_is_not_named()
    {
        File("DiagnosticReport", "\"status\":\"final\"", Order("order"), Study("images"));
        Fhir.Policy.Scope.Remove(SharingCategory.RadiologyImages);
        var answer = await Fhir.GetAsync("/fhir/DiagnosticReport/r");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Json.TryGetProperty("imagingStudy", out _));
        Assert.Single(answer.Json.GetProperty("basedOn").EnumerateArray());
    }

    [Fact]
    public async Task Links_come_without_a_version_so_such_a_resource_is_always_sent_again()
    {
        File("DiagnosticReport", "\"status\":\"final\"");
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/DiagnosticReport/r", headers: ("If-None-Match", "W/\"1\""))).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await Fhir.GetAsync("/fhir/DiagnosticReport/r/_history/1", headers: ("If-None-Match", "W/\"1\""))).Status);
    }

    [Fact]
    public async Task An_include_follows_what_was_joined()
    {
        File("ImagingStudy", $"\"basedOn\":[{Logical}]", Order("order"));
        Fhir.Record.File("ServiceRequest", "order", FhirInterface.Ann, SharingCategory.LaboratoryAndRadiologyReports, FhirInterface.Start);
        Assert.Equal(["r", "order"], (await Fhir.GetAsync($"/fhir/ImagingStudy?patient={FhirInterface.Ann}&_include=ImagingStudy:basedon")).Ids);
        Assert.Equal(["order", "r"], (await Fhir.GetAsync($"/fhir/ServiceRequest?patient={FhirInterface.Ann}&_revinclude=ImagingStudy:basedon")).Ids);
    }

    private void File(string type, string content, params JoinedResource[] joined)
    {
        var category = type == "ImagingStudy" ? SharingCategory.RadiologyImages : SharingCategory.LaboratoryAndRadiologyReports;
        var stored = Fhir.Record.File(type, "r", FhirInterface.Ann, category, FhirInterface.Start, content: content.Trim());
        Fhir.Record.All[^1] = new(stored with { Joined = joined }, ResourceIndex.Empty);
    }

    private static JoinedResource Order(string id) => new("ServiceRequest", id, SharingCategory.LaboratoryAndRadiologyReports);

    private static JoinedResource Study(string id) => new("ImagingStudy", id, SharingCategory.RadiologyImages);
}
