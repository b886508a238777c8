using System.Net;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Search parameters: what they are read as, and what is refused.</summary>
public sealed class SearchTests : InterfaceTests
{
    private const string Base = $"/fhir/Observation?patient={FhirInterface.Ann}";

    [Fact]
    public async Task A_search_finds_by_code_category_and_status()
    {
        Fhir.FileObservation("hb", code: "http://loinc.org|718-7");
        Fhir.FileObservation("na", code: "http://loinc.org|2951-2");
        Fhir.FileObservation("old", code: "http://loinc.org|718-7", status: "cancelled");

        Assert.Equal(["hb", "old"], (await Fhir.GetAsync($"{Base}&code=http://loinc.org|718-7")).Ids);
        Assert.Equal(["hb", "na", "old"], (await Fhir.GetAsync($"{Base}&code=718-7,2951-2")).Ids);
        Assert.Equal(["hb"], (await Fhir.GetAsync($"{Base}&code=718-7&status=final")).Ids);
        Assert.Equal(["old"], (await Fhir.GetAsync($"{Base}&status=cancelled,entered-in-error&category=laboratory")).Ids);
        Assert.Equal(["na"], (await Fhir.GetAsync($"{Base}&_id=na,gone")).Ids);
    }

    [Fact]
    public async Task Tokens_go_to_the_record_as_stated()
    {
        await Fhir.GetAsync($"{Base}&code=http://loinc.org|718-7,|local,plain&category=laboratory&status=http://hl7.org/fhir/observation-status|final");

        Assert.Equal(["http://loinc.org|718-7", "|local", "plain"], Assert.Single(Fhir.Record.LastQuery!.Codes));
        Assert.Equal(["laboratory"], Assert.Single(Fhir.Record.LastQuery.Categories));
        Assert.Equal(["final"], Fhir.Record.LastQuery.Statuses);
        Assert.Equal((FhirInterface.Ann, 50, null), (Fhir.Record.LastQuery.PersonId, Fhir.Record.LastQuery.Count, Fhir.Record.LastQuery.After));
    }

    [Fact]
    public async Task An_escaped_comma_belongs_to_the_value()
    {
        await Fhir.GetAsync($@"{Base}&code=a\,b,c\\d");

        Assert.Equal(["a,b", @"c\d"], Assert.Single(Fhir.Record.LastQuery!.Codes));
    }

    [Theory]
    [InlineData("patient=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("patient=Patient/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("subject=http://hub.test/fhir/Patient/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("patient=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&subject=Patient/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("patient=src-1")]
    public async Task The_patient_is_named_by_id_or_reference_of_the_index_or_a_source(string parameters)
    {
        Fhir.Record.File("Patient", "src-1", FhirInterface.Ann, SharingCategory.PersonalParticulars, FhirInterface.Start);
        Fhir.FileObservation("obs-1");

        Assert.Equal(["obs-1"], (await Fhir.GetAsync($"/fhir/Observation?{parameters}")).Ids);
    }

    [Fact]
    public async Task A_citizen_who_names_nobody_means_the_own_record()
    {
        Fhir.FileObservation("obs-1");
        Fhir.FileObservation("obs-2", FhirInterface.Ben);

        Assert.Equal(["obs-1"], (await Fhir.GetAsync("/fhir/Observation", FhirInterface.Citizen)).Ids);
        (await Fhir.GetAsync("/fhir/Observation", "citizen-L5555550")).IsRefused(HttpStatusCode.Forbidden, 514);
    }

    [Theory]
    [InlineData("/fhir/Observation", "http.patient")]
    [InlineData("/fhir/Observation?_id=obs-1", "http.patient")]
    [InlineData("/fhir/Consent", "http.patient")]
    [InlineData("/fhir/Patient", "http.identifier")]
    [InlineData("/fhir/Patient?_id=a,b", "http.identifier")]
    [InlineData($"{Base}&subject=Patient/bbb", "http.subject")]
    [InlineData("/fhir/Observation?patient=Patient/a/b", "http.patient")]
    [InlineData("/fhir/Observation?patient=http://elsewhere.test/fhir/Patient/a", "http.patient")]
    [InlineData("/fhir/Observation?patient=a,b", "http.patient")]
    [InlineData("/fhir/Observation?patient=' OR 1=1 --", "http.patient")]
    [InlineData("/fhir/Observation?patient=", "http.patient")]
    [InlineData($"{Base}&code=", "http.code")]
    [InlineData($"{Base}&code=a,,b", "http.code")]
    [InlineData($"{Base}&code=http://loinc.org|", "http.code")]
    [InlineData($@"{Base}&code=a\b", "http.code")]
    [InlineData($@"{Base}&code=a\", "http.code")]
    [InlineData($"{Base}&status=|", "http.status")]
    [InlineData($"{Base}&_id=../secret", "http._id")]
    [InlineData($"{Base}&_count=-1", "http._count")]
    [InlineData($"{Base}&_count=x", "http._count")]
    [InlineData($"{Base}&_summary=true", "http._summary")]
    [InlineData($"{Base}&date=2024-02-30", "http.date")]
    [InlineData($"{Base}&_lastUpdated=yesterday", "http._lastUpdated")]
    [InlineData("/fhir/Patient?identifier=", "http.identifier")]
    [InlineData("/fhir/Patient?identifier=A1234563,G123456A", "http.identifier")]
    public async Task A_value_that_cannot_be_searched_is_refused_by_name(string address, string expression)
    {
        var answer = await Fhir.GetAsync(address);

        answer.IsRefused(HttpStatusCode.BadRequest, 705);
        Assert.Equal([expression], answer.Expressions);
        Assert.DoesNotContain("search", Fhir.Order.Calls);
    }

    [Theory]
    [InlineData("_contained=true")]
    [InlineData("value-quantity=5")]
    [InlineData("Code=718-7")]
    public async Task An_unknown_parameter_is_refused_unless_the_client_is_lenient(string parameter)
    {
        Fhir.FileObservation("obs-1");
        var name = parameter.Split('=')[0];

        var answer = await Fhir.GetAsync($"{Base}&{parameter}");
        var strict = await Fhir.GetAsync($"{Base}&{parameter}", headers: ("Prefer", "handling=strict"));
        var lenient = await Fhir.GetAsync($"{Base}&{parameter}", headers: ("Prefer", "handling=lenient"));

        answer.IsRefused(HttpStatusCode.BadRequest, 704);
        strict.IsRefused(HttpStatusCode.BadRequest, 704);
        Assert.Equal([$"http.{name}"], answer.Expressions);
        Assert.Equal(HttpStatusCode.OK, lenient.Status);
        Assert.Equal(1, lenient.Total);
        var entries = lenient.Json.GetProperty("entry");
        Assert.Equal("outcome", entries[1].GetProperty("search").GetProperty("mode").GetString());
        Assert.Equal("warning", entries[1].GetProperty("resource").GetProperty("issue")[0].GetProperty("severity").GetString());
        Assert.DoesNotContain(name, lenient.Json.GetProperty("link")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_modifier_is_refused_even_for_a_lenient_client()
    {
        (await Fhir.GetAsync($"{Base}&code:not=718-7", headers: ("Prefer", "handling=lenient"))).IsRefused(HttpStatusCode.BadRequest, 704);
        (await Fhir.GetAsync("/fhir/Observation?patient:identifier=A1234563", headers: ("Prefer", "handling=lenient"))).IsRefused(HttpStatusCode.BadRequest, 704);
    }

    [Fact]
    public async Task The_name_of_an_unknown_parameter_is_repeated_only_where_it_looks_like_one()
    {
        var answer = await Fhir.GetAsync($"{Base}&%3Cscript%3Ealert(1)%3C/script%3E=1");

        answer.IsRefused(HttpStatusCode.BadRequest, 704);
        Assert.DoesNotContain("script", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_search_takes_its_parameters_from_the_form_and_the_address()
    {
        Fhir.FileObservation("hb", code: "http://loinc.org|718-7");
        Fhir.FileObservation("na", code: "http://loinc.org|2951-2");

        var answer = await Fhir.PostAsync("/fhir/Observation/_search?code=718-7", $"patient={FhirInterface.Ann}", FhirInterface.Clinician, "application/x-www-form-urlencoded");
        var byNumber = await Fhir.PostAsync(
            "/fhir/Patient/_search", "identifier=urn%3Aehealthplus%3Aidentifier%3Ahkid%7CA123456(3)", FhirInterface.Clinician, "application/x-www-form-urlencoded");

        Assert.Equal(["hb"], answer.Ids);
        Assert.Equal([FhirInterface.Ann], byNumber.Ids);
        (await Fhir.PostAsync("/fhir/Observation/_search", "{}", FhirInterface.Clinician)).IsRefused(HttpStatusCode.UnsupportedMediaType, 711);
        (await Fhir.PostAsync("/fhir/Observation/_search", new string('a', 1024 * 1024 + 1), FhirInterface.Clinician, "application/x-www-form-urlencoded"))
            .IsRefused(HttpStatusCode.RequestEntityTooLarge, 708);
    }

    [Fact]
    public async Task Count_only_tells_the_number_and_shows_nothing()
    {
        Fhir.FileObservation("obs-1");
        Fhir.FileObservation("obs-2");

        foreach (var parameter in new[] { "_summary=count", "_count=0" })
        {
            var answer = await Fhir.GetAsync($"{Base}&{parameter}");

            Assert.Equal((2, 0, null), (answer.Total, answer.Resources.Count, answer.Next));
        }
    }

    [Fact]
    public async Task Repeats_exclude_each_other()
    {
        Fhir.FileObservation("obs-1");

        var none = await Fhir.GetAsync($"{Base}&status=final&status=amended");
        var both = await Fhir.GetAsync($"{Base}&status=final,amended&status=final,cancelled&_id=obs-1,x&_id=obs-1");

        Assert.Equal((HttpStatusCode.OK, 0), (none.Status, none.Total));
        Assert.Equal(["obs-1"], both.Ids);
        Assert.Equal(2, Fhir.Audit.Entries.Count);
    }

    [Fact]
    public async Task A_patient_is_found_by_number_in_the_hubs_system_or_in_none()
    {
        Assert.Equal([FhirInterface.Ann], (await Fhir.GetAsync($"/fhir/Patient?identifier={FhirInterface.Hkid}|a1234563")).Ids);
        Assert.Equal([FhirInterface.Ann], (await Fhir.GetAsync("/fhir/Patient?identifier=A123456(3)")).Ids);
        Assert.Equal([FhirInterface.Ann], (await Fhir.GetAsync($"/fhir/Patient?_id={FhirInterface.Ann}&identifier=A1234563")).Ids);
        Assert.Equal(0, (await Fhir.GetAsync("/fhir/Patient?identifier=urn:other|A1234563")).Total);
        Assert.Equal(0, (await Fhir.GetAsync("/fhir/Patient?_id=x&identifier=A1234563")).Total);
    }

    [Fact]
    public async Task Official_names_and_short_names_look_at_the_same_column()
    {
        await Fhir.GetAsync($"/fhir/Condition?patient={FhirInterface.Ann}&clinical-status=active&date=ge2024");
        Assert.Equal(("active", 1), (Assert.Single(Fhir.Record.LastQuery!.Statuses), Fhir.Record.LastQuery.Dates.Count));
        await Fhir.GetAsync($"/fhir/DocumentReference?patient={FhirInterface.Ann}&type=11488-4");
        Assert.Equal(["11488-4"], Assert.Single(Fhir.Record.LastQuery.Codes));
        await Fhir.GetAsync($"/fhir/ServiceRequest?patient={FhirInterface.Ann}&authored=2024&status=active");
        Assert.Equal(("active", 1), (Assert.Single(Fhir.Record.LastQuery.Statuses), Fhir.Record.LastQuery.Dates.Count));
    }

    [Fact]
    public async Task The_directory_is_searched_without_a_patient()
    {
        Fhir.Record.File("Practitioner", "dr-1", null, SharingCategory.None, FhirInterface.Start);

        Assert.Equal(["dr-1"], (await Fhir.GetAsync("/fhir/Practitioner?_id=dr-1")).Ids);
        (await Fhir.GetAsync($"/fhir/Practitioner?patient={FhirInterface.Ann}")).IsRefused(HttpStatusCode.BadRequest, 704);
    }

    [Fact]
    public async Task Consents_are_searched_by_kind_and_status()
    {
        var address = $"/fhir/Consent?patient={FhirInterface.Ann}";

        Assert.Equal([new string('2', 32)], (await Fhir.GetAsync($"{address}&category=sharing", FhirInterface.Citizen)).Ids);
        Assert.Equal([new string('1', 32)], (await Fhir.GetAsync($"{address}&category={FhirSystems.ConsentKind}|joining&status=active", FhirInterface.Citizen)).Ids);
        Assert.Equal(0, (await Fhir.GetAsync($"{address}&category=urn:other|joining", FhirInterface.Citizen)).Total);
        Assert.Equal(0, (await Fhir.GetAsync($"{address}&status=inactive", FhirInterface.Citizen)).Total);
    }

    [Fact]
    public async Task Too_many_parameters_are_refused()
    {
        var address = Base + string.Concat(Enumerable.Repeat("&date=2024", 60));

        (await Fhir.GetAsync(address)).IsRefused(HttpStatusCode.BadRequest, 705);
        (await Fhir.GetAsync($"{Base}&code={new string('1', 2001)}")).IsRefused(HttpStatusCode.BadRequest, 705);
        (await Fhir.GetAsync($"{Base}&code={string.Join(',', Enumerable.Range(0, 51))}")).IsRefused(HttpStatusCode.BadRequest, 705);
    }
}
