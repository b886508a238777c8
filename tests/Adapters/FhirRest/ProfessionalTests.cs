using System.Net;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Professionals of the registry as Practitioner and PractitionerRole.</summary>
public sealed class ProfessionalTests : InterfaceTests
{
    private const string Number = "urn:ehealthplus:identifier:registration-number:medical-practitioner";

    [Fact]
    public async Task A_professional_is_read_with_registration_number_names_and_profession()
    {
        var answer = await Fhir.GetAsync("/fhir/Practitioner/dr-test");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var identifier = answer.Json.GetProperty("identifier")[0];
        Assert.Equal((Number, "M00001"), (identifier.GetProperty("system").GetString(), identifier.GetProperty("value").GetString()));
        Assert.Equal("測試醫生", answer.Json.GetProperty("name")[1].GetProperty("text").GetString());
        Assert.Equal("medical-practitioner", answer.Json.GetProperty("qualification")[0].GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString());
        Assert.False((await Fhir.GetAsync("/fhir/Practitioner/staff-test")).Json.GetProperty("active").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await Fhir.GetAsync("/fhir/Practitioner/nobody")).Status);
    }

    [Theory]
    [InlineData("M00001", 2)]
    [InlineData(Number + "|m00001", 1)]
    [InlineData(Number + "|M00002", 0)]
    [InlineData("urn:ehealthplus:identifier:registration-number:dentist|M00001", 0)]
    public async Task A_registration_number_finds_who_has_it(string identifier, int found)
    {
        var answer = await Fhir.GetAsync($"/fhir/Practitioner?identifier={Uri.EscapeDataString(identifier)}");
        Assert.Equal(found, answer.Json.GetProperty("total").GetInt32());
        Assert.Contains(Fhir.Audit.Entries, entry => entry is { Action: "search", Target: "Practitioner?identifier", Permitted: true, PersonId: null });
    }

    [Fact]
    public async Task Affiliations_are_roles_with_their_periods()
    {
        var answer = await Fhir.GetAsync("/fhir/PractitionerRole?practitioner=Practitioner/dr-test");
        var roles = answer.Json.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).ToList();
        Assert.Equal(["Organization/clinic-b", "Organization/clinic-a"], roles.Select(role => role.GetProperty("organization").GetProperty("reference").GetString()));
        Assert.Equal([false, true], roles.Select(role => role.GetProperty("active").GetBoolean()));
        Assert.Equal(("2024-11-21T02:00:00.000Z", "2025-11-21T01:59:59.999Z"), (roles[0].GetProperty("period").GetProperty("start").GetString(), roles[0].GetProperty("period").GetProperty("end").GetString()));
        Assert.False(roles[1].GetProperty("period").TryGetProperty("end", out _));

        var id = roles[1].GetProperty("id").GetString();
        Assert.Equal("Practitioner/dr-test", (await Fhir.GetAsync($"/fhir/PractitionerRole/{id}")).Json.GetProperty("practitioner").GetProperty("reference").GetString());
        Assert.Equal(1, (await Fhir.GetAsync("/fhir/PractitionerRole?practitioner=dr-test&organization=clinic-a")).Json.GetProperty("total").GetInt32());
        Assert.Equal(2, (await Fhir.GetAsync("/fhir/PractitionerRole?organization=Organization/clinic-a")).Json.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("organization=clinic-a&role=nurse", 1)]
    [InlineData("organization=clinic-a&role=medical-practitioner,nurse", 2)]
    [InlineData("organization=clinic-a&role=nurse&role=medical-practitioner", 0)]
    [InlineData("organization=clinic-a&code=urn:elsewhere|nurse", 0)]
    public async Task Roles_are_those_of_the_profession_asked_for(string query, int found) =>
        Assert.Equal(found, (await Fhir.GetAsync($"/fhir/PractitionerRole?{query}")).Total);

    [Fact]
    public async Task Roles_come_in_pages()
    {
        var first = await Fhir.GetAsync("/fhir/PractitionerRole?organization=clinic-a&_count=1&_elements=practitioner");
        var second = await Fhir.GetAsync(first.Next!);

        Assert.Equal((2, 2), (first.Total, second.Total));
        Assert.Equal(["Practitioner/dr-test", "Practitioner/nurse-test"], first.Resources.Concat(second.Resources).Select(role => role.GetProperty("practitioner").GetProperty("reference").GetString()));
        Assert.False(first.Resources[0].TryGetProperty("organization", out _));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("_lastUpdated=gt2026-01-01")]
    [InlineData("_sort=-_lastUpdated")]
    [InlineData("_include=PractitionerRole:practitioner")]
    public async Task What_the_registry_cannot_answer_is_not_passed_over(string parameter) =>
        (await Fhir.GetAsync($"/fhir/PractitionerRole?organization=clinic-a&{parameter}")).IsRefused(HttpStatusCode.BadRequest, 704);

    [Fact]
    public async Task Who_may_not_read_the_directory_finds_nobody() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await Fhir.GetAsync("/fhir/Practitioner?identifier=M00001", "operator")).Status);
}
