using System.Net;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>_include, _revinclude, _sort, _elements and repeated parameters.</summary>
public sealed class InclusionTests : InterfaceTests
{
    private const string Reports = $"/fhir/DiagnosticReport?patient={FhirInterface.Ann}";
    private const string Observations = $"/fhir/Observation?patient={FhirInterface.Ann}";

    private void FileReport()
    {
        Fhir.FileObservation("hb");
        Fhir.FileObservation("na");
        File("DiagnosticReport", "report", FhirInterface.Ann, SharingCategory.LaboratoryAndRadiologyReports,
            $$"""
            "status":"final","subject":{"reference":"Patient/{{FhirInterface.Ann}}"},"result":[{"reference":"Observation/hb"},{"reference":"Observation/gone"}],
            "performer":[{"reference":"Practitioner/doctor"},{"reference":"https://elsewhere.test/fhir/Practitioner/x"}],"encounter":{"reference":"Encounter/visit"}
            """);
        File("Practitioner", "doctor", null, SharingCategory.None, "\"active\":true");
        File("Encounter", "visit", FhirInterface.Ann, SharingCategory.EncountersAndAppointments, "\"status\":\"finished\"");
    }

    private void File(string type, string id, string? person, SharingCategory category, string content) =>
        Fhir.Record.File(type, id, person, category, FhirInterface.Start, content: content);

    private static List<string> Entries(Answer answer, string mode) =>
        [.. answer.Json.GetProperty("entry").EnumerateArray().Where(entry => entry.GetProperty("search").GetProperty("mode").GetString() == mode)
            .Select(entry => $"{entry.GetProperty("resource").GetProperty("resourceType")}/{entry.GetProperty("resource").GetProperty("id")}")];

    [Fact]
    public async Task An_include_follows_the_reference_and_counts_matches_only()
    {
        FileReport();

        var answer = await Fhir.GetAsync($"{Reports}&_include=DiagnosticReport:result&_include=DiagnosticReport:performer");

        Assert.Equal(["DiagnosticReport/report"], Entries(answer, "match"));
        Assert.Equal(["Observation/hb", "Practitioner/doctor"], Entries(answer, "include").Order(StringComparer.Ordinal));
        Assert.Equal(1, answer.Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_citizen_is_included_as_the_index_knows_him()
    {
        FileReport();

        var answer = await Fhir.GetAsync($"{Reports}&_include=DiagnosticReport:patient");

        Assert.Equal([$"Patient/{FhirInterface.Ann}"], Entries(answer, "include"));
        Assert.Contains("TESTPATIENT", answer.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reverse_include_finds_what_refers_to_the_matches()
    {
        FileReport();

        var answer = await Fhir.GetAsync($"{Observations}&_id=hb&_revinclude=DiagnosticReport:result");
        var none = await Fhir.GetAsync($"{Observations}&_id=na&_revinclude=DiagnosticReport:result");

        Assert.Equal(["DiagnosticReport/report"], Entries(answer, "include"));
        Assert.Empty(Entries(none, "include"));
    }

    [Fact]
    public async Task What_the_decision_does_not_permit_is_not_included()
    {
        FileReport();
        File("DiagnosticReport", "other", FhirInterface.Ann, SharingCategory.LaboratoryAndRadiologyReports, "\"result\":[{\"reference\":\"Observation/bens\"}]");
        Fhir.FileObservation("bens", FhirInterface.Ben);
        Fhir.Policy.Scope.Clear();
        Fhir.Policy.Scope.Add(SharingCategory.LaboratoryAndRadiologyReports);

        var answer = await Fhir.GetAsync($"{Reports}&_include=DiagnosticReport:encounter&_include=DiagnosticReport:result&_include=DiagnosticReport:patient");

        Assert.Equal(["Observation/hb"], Entries(answer, "include"));
    }

    [Fact]
    public async Task What_is_included_of_the_directory_stands_in_the_audit_trail()
    {
        FileReport();

        await Fhir.GetAsync($"{Reports}&_include=DiagnosticReport:performer");

        Assert.Contains(Fhir.Audit.Entries, entry => entry.Target == "DiagnosticReport?_include,patient" && entry.PersonId == FhirInterface.Ann);
        Assert.Contains(Fhir.Audit.Entries, entry => entry.Target == "Practitioner included in DiagnosticReport" && entry.PersonId is null);
    }

    [Theory]
    [InlineData("_include=Observation:subject")]
    [InlineData("_include=DiagnosticReport:subject:Group")]
    [InlineData("_include=DiagnosticReport:unheard-of")]
    [InlineData("_include=*")]
    [InlineData("_revinclude=Observation:subject")]
    [InlineData("_revinclude=PractitionerRole:practitioner")]
    [InlineData("_sort=code")]
    [InlineData("_sort=date&_sort=-date")]
    [InlineData("_elements=a b")]
    public async Task What_is_not_listed_is_refused(string parameters) => (await Fhir.GetAsync($"{Reports}&{parameters}")).IsRefused(HttpStatusCode.BadRequest, 705);

    [Fact]
    public async Task Every_listed_include_is_understood()
    {
        FileReport();
        var resources = (await Fhir.GetAsync("/fhir/metadata", null)).Json.GetProperty("rest")[0].GetProperty("resource").EnumerateArray().ToList();
        var asked = 0;
        foreach (var resource in resources)
        {
            foreach (var name in new[] { "Include", "RevInclude" })
            {
                if (!resource.TryGetProperty("search" + name, out var listed)) continue;
                foreach (var include in listed.EnumerateArray().Select(item => item.GetString()!))
                {
                    var answer = await Fhir.GetAsync($"/fhir/{resource.GetProperty("type")}?_{name.ToLowerInvariant()}={include}", FhirInterface.Citizen);
                    Assert.True(answer.Status == HttpStatusCode.OK, $"{name} {include}: {answer.Status}");
                    asked++;
                }
            }
        }

        Assert.True(asked > 100, $"{asked} only");
    }

    [Theory]
    [InlineData("_sort=date", RecordOrder.OldestDate)]
    [InlineData("_sort=-date", RecordOrder.NewestDate)]
    [InlineData("_sort=_lastUpdated", RecordOrder.OldestChange)]
    [InlineData("_sort=-_lastUpdated", RecordOrder.NewestChange)]
    [InlineData("status=final", RecordOrder.NewestEntry)]
    public async Task The_order_goes_to_the_record(string parameter, RecordOrder order)
    {
        await Fhir.GetAsync($"{Observations}&{parameter}");

        Assert.Equal(order, Fhir.Record.LastQuery!.Order);
    }

    [Fact]
    public async Task A_parameter_given_twice_must_hold_twice()
    {
        Fhir.FileObservation("hb");

        Assert.Equal(["hb"], (await Fhir.GetAsync($"{Observations}&code=718-7,2951-2&code=http://loinc.org|718-7&category=laboratory")).Ids);
        Assert.Empty((await Fhir.GetAsync($"{Observations}&code=718-7&code=2951-2")).Ids);
        Assert.Empty((await Fhir.GetAsync($"{Observations}&category=laboratory&category=imaging")).Ids);
    }

    [Fact]
    public async Task Elements_leave_the_rest_out_and_say_so()
    {
        Fhir.Record.File("Observation", "bp", FhirInterface.Ann, SharingCategory.LaboratoryAndRadiologyReports, FhirInterface.Start, content:
            "\"status\":\"final\",\"code\":{\"text\":\"x\"},\"effectiveDateTime\":\"2026\",\"valueQuantity\":{\"value\":1.50},\"note\":[{\"text\":\"y\"}]");

        var resource = (await Fhir.GetAsync($"{Observations}&_elements=value,performer")).Json.GetProperty("entry")[0].GetProperty("resource");

        Assert.Equal(["code", "id", "meta", "resourceType", "status", "valueQuantity"], resource.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal("1.50", resource.GetProperty("valueQuantity").GetProperty("value").GetRawText());
        Assert.Equal("SUBSETTED", resource.GetProperty("meta").GetProperty("tag")[0].GetProperty("code").GetString());
        Assert.Equal("1", resource.GetProperty("meta").GetProperty("versionId").GetString());
    }

    [Fact]
    public async Task What_belongs_to_a_citizen_is_his_whatever_its_type()
    {
        File("Location", "home", FhirInterface.Ben, SharingCategory.PersonalParticulars, "\"status\":\"active\"");

        Assert.Equal(HttpStatusCode.NotFound, (await Fhir.GetAsync("/fhir/Location/home")).Status);
    }
}
