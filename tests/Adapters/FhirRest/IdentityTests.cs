using System.Net;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>$match, $ihe-pix and the search by demographics: for registrars alone, and each answer in the audit trail.</summary>
public sealed class IdentityTests : InterfaceTests
{
    private const string Local = "urn:ehealthplus:local:lab-1:HOSP";

    private static string Asking(string patient, string more = "") =>
        $$"""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{{patient}}}{{more}}]}""";

    [Fact]
    public async Task A_match_tells_score_and_grade()
    {
        var answer = await Fhir.PostAsync("/fhir/Patient/$match", Asking("""{"resourceType":"Patient","birthDate":"1980-02-29","name":[{"family":"TESTPATIENT"}]}"""), FhirInterface.Registrar);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var entry = answer.Json.GetProperty("entry")[0];
        Assert.Equal(FhirInterface.Ann, entry.GetProperty("resource").GetProperty("id").GetString());
        Assert.Equal(0.8, entry.GetProperty("search").GetProperty("score").GetDouble());
        Assert.Equal("probable", entry.GetProperty("search").GetProperty("extension")[0].GetProperty("valueCode").GetString());
        Assert.Contains(Fhir.Audit.Entries, audit => audit is { Action: "match", Permitted: true, PersonId: FhirInterface.Ann });
    }

    [Theory]
    [InlineData("system/Patient.rs", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("system/*.cruds", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("system/Patient.s", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData("system/Patient.r", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("system/Observation.rs", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task A_machines_token_looks_persons_up_within_its_scopes(string scope, HttpStatusCode match, HttpStatusCode pix, HttpStatusCode demographics)
    {
        using var asking = new StringContent(Asking("""{"resourceType":"Patient","birthDate":"1980-02-29"}"""), System.Text.Encoding.UTF8, "application/fhir+json");
        Assert.Equal(match, (await Fhir.SendAsync(HttpMethod.Post, "/fhir/Patient/$match", FhirInterface.Registrar, asking, ("Test-Scope", scope))).Status);
        Assert.Equal(pix, (await Fhir.GetAsync($"/fhir/Patient/$ihe-pix?sourceIdentifier={FhirInterface.Hkid}|A1234563", FhirInterface.Registrar, ("Test-Scope", scope))).Status);
        Assert.Equal(demographics, (await Fhir.GetAsync("/fhir/Patient?family=TESTPATIENT&birthdate=1980-02-29", FhirInterface.Registrar, ("Test-Scope", scope))).Status);
    }

    [Fact]
    public async Task Only_certain_matches_leaves_the_likely_out()
    {
        var answer = await Fhir.PostAsync(
            "/fhir/Patient/$match", Asking("""{"resourceType":"Patient","birthDate":"1980-02-29"}""", """,{"name":"onlyCertainMatches","valueBoolean":true}"""), FhirInterface.Registrar);
        Assert.Equal(0, answer.Json.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{"resourceType":"Parameters","parameter":[]}""")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":3}]}""")]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"Person"}}]}""")]
    [InlineData("""{"resourceType":"Patient"}""")]
    public async Task Parameters_without_a_patient_are_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Fhir.PostAsync("/fhir/Patient/$match", body, FhirInterface.Registrar)).Status);

    [Theory]
    [InlineData(FhirInterface.Clinician)]
    [InlineData(FhirInterface.Citizen)]
    public async Task Nobody_else_looks_persons_up(string bearer)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Fhir.PostAsync("/fhir/Patient/$match", Asking("""{"resourceType":"Patient","birthDate":"1980-02-29"}"""), bearer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Fhir.GetAsync($"/fhir/Patient/$ihe-pix?sourceIdentifier={FhirInterface.Hkid}|A1234563", bearer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Fhir.GetAsync("/fhir/Patient?family=TESTPATIENT&birthdate=1980-02-29", bearer)).Status);
        Assert.Equal(3, Fhir.Audit.Entries.Count(audit => !audit.Permitted));
    }

    [Fact]
    public async Task Pix_gives_the_other_numbers()
    {
        Fhir.Persons.Aliases[new("lab-1", "HOSP", "MR1")] = FhirInterface.Ann;
        var answer = await Fhir.GetAsync($"/fhir/Patient/$ihe-pix?sourceIdentifier={FhirInterface.Hkid}|A1234563", FhirInterface.Registrar);
        var parameters = answer.Json.GetProperty("parameter");
        Assert.Equal((Local, "MR1"), (parameters[0].GetProperty("valueIdentifier").GetProperty("system").GetString(), parameters[0].GetProperty("valueIdentifier").GetProperty("value").GetString()));
        Assert.Equal($"Patient/{FhirInterface.Ann}", parameters[1].GetProperty("valueReference").GetProperty("reference").GetString());
        Assert.Contains(Fhir.Audit.Entries, audit => audit is { Action: "pix", Permitted: true, PersonId: FhirInterface.Ann });

        var back = await Fhir.GetAsync($"/fhir/Patient/$ihe-pix?sourceIdentifier={Local}|MR1&targetSystem={FhirInterface.Hkid}", FhirInterface.Registrar);
        Assert.Equal("A1234563", back.Json.GetProperty("parameter")[0].GetProperty("valueIdentifier").GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?sourceIdentifier=MR1", HttpStatusCode.BadRequest)]
    [InlineData("?sourceIdentifier=urn:other|MR1", HttpStatusCode.BadRequest)]
    [InlineData("?sourceIdentifier=urn:ehealthplus:identifier:hkid|A1234563&targetSystem=urn:other", HttpStatusCode.Forbidden)]
    [InlineData("?sourceIdentifier=urn:ehealthplus:identifier:hkid|L5555550", HttpStatusCode.NotFound)]
    [InlineData("?sourceIdentifier=urn:ehealthplus:identifier:hkid|A1234563&other=1", HttpStatusCode.BadRequest)]
    public async Task Pix_refuses_as_the_profile_says(string query, HttpStatusCode status) =>
        Assert.Equal(status, (await Fhir.GetAsync($"/fhir/Patient/$ihe-pix{query}", FhirInterface.Registrar)).Status);

    [Theory]
    [InlineData("family=TESTPATIENT&birthdate=1980-02-29", 1)]
    [InlineData("family=TESTPATIENT&birthdate=eq1980-02-29&gender=female", 1)]
    [InlineData("family=TESTPATIENT&birthdate=1980-02-29&gender=male", 0)]
    [InlineData("family=TESTPATIENT&birthdate=1981-02-28", 0)]
    public async Task Demographics_find_persons(string query, int found) =>
        Assert.Equal(found, (await Fhir.GetAsync($"/fhir/Patient?{query}", FhirInterface.Registrar)).Json.GetProperty("total").GetInt32());

    [Theory]
    [InlineData("", 1)]
    [InlineData("&given=@", 1)]
    [InlineData("&given=@@@", 0)]
    public async Task A_name_of_which_a_part_agrees_is_found_unless_the_given_name_begins_otherwise(string given, int found)
    {
        Fhir.Index.NameAgreement = FieldAgreement.Partly;
        var known = Fhir.Persons.All.Find(person => $"{person.BirthDate:yyyy-MM-dd}" == "1980-02-29")!.GivenName;
        var query = given.Replace("@@@", "ZZZ", StringComparison.Ordinal).Replace("@", known[..3].ToLowerInvariant(), StringComparison.Ordinal);

        Assert.Equal(found, (await Fhir.GetAsync($"/fhir/Patient?family=TESTPATIENT&birthdate=1980-02-29{query}", FhirInterface.Registrar)).Json.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("family=TESTPATIENT")]
    [InlineData("birthdate=1980-02-29")]
    [InlineData("family=TESTPATIENT&birthdate=1980")]
    [InlineData("family=TESTPATIENT&birthdate=1980-02-29&identifier=A1234563")]
    public async Task Too_little_to_go_by_is_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Fhir.GetAsync($"/fhir/Patient?{query}", FhirInterface.Registrar)).Status);

    [Fact]
    public async Task A_merged_person_leads_to_the_one_who_survived()
    {
        Fhir.Persons.All[1] = Fhir.Persons.All[1] with { MergedInto = FhirInterface.Ann };
        var patient = (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ben}", FhirInterface.Registrar)).Json;
        Assert.False(patient.GetProperty("active").GetBoolean());
        var link = patient.GetProperty("link")[0];
        Assert.Equal(("replaced-by", $"Patient/{FhirInterface.Ann}"), (link.GetProperty("type").GetString(), link.GetProperty("other").GetProperty("reference").GetString()));
    }

    [Fact]
    public async Task Assurance_beyond_stated_is_said_of_each_field()
    {
        Fhir.Persons.All[0] = Fhir.Persons.All[0] with { Assurance = new(Assurance.ChipRead, Assurance.Stated, Assurance.Stated, Assurance.DocumentSeen) };
        var patient = (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.Registrar)).Json;
        Assert.Equal("chip-read", patient.GetProperty("identifier")[0].GetProperty("extension")[0].GetProperty("valueCode").GetString());
        Assert.Equal("document-seen", patient.GetProperty("_birthDate").GetProperty("extension")[0].GetProperty("valueCode").GetString());
        Assert.False(patient.TryGetProperty("_gender", out _));
    }
}
