using System.Net;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Read, vread, history and conditional read.</summary>
public sealed class ReadTests : InterfaceTests
{
    [Fact]
    public async Task A_resource_comes_as_stored_with_its_version_and_time()
    {
        var stored = Fhir.FileObservation("obs-1");

        var answer = await Fhir.GetAsync("/fhir/Observation/obs-1");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(stored.Json.Span), answer.Text);
        Assert.Equal("W/\"1\"", answer.Headers.ETag?.ToString());
        Assert.Equal(stored.LastUpdated, answer.ContentHeaders.LastModified);
        Assert.Equal("application/fhir+json; charset=utf-8", answer.ContentHeaders.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Each_version_can_be_read_and_others_are_not_there()
    {
        Fhir.FileObservation("obs-1", status: "preliminary");
        Fhir.FileObservation("obs-1", status: "final");

        Assert.Equal("preliminary", (await Fhir.GetAsync("/fhir/Observation/obs-1/_history/1")).Json.GetProperty("status").GetString());
        Assert.Equal("final", (await Fhir.GetAsync("/fhir/Observation/obs-1/_history/2")).Json.GetProperty("status").GetString());
        foreach (var version in new[] { "3", "0", "-1", "x", "1.0", "99999999999" })
        {
            (await Fhir.GetAsync($"/fhir/Observation/obs-1/_history/{version}")).IsRefused(HttpStatusCode.NotFound, 701);
        }
    }

    [Fact]
    public async Task History_lists_the_versions_newest_first()
    {
        Fhir.FileObservation("obs-1", status: "preliminary");
        Fhir.FileObservation("obs-1", status: "corrected");

        var answer = await Fhir.GetAsync("/fhir/Observation/obs-1/_history");

        Assert.Equal("history", answer.Json.GetProperty("type").GetString());
        Assert.Equal(2, answer.Total);
        Assert.Equal(["corrected", "preliminary"], answer.Resources.Select(resource => resource.GetProperty("status").GetString()));
        Assert.Equal(["W/\"2\"", "W/\"1\""], answer.Json.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("response").GetProperty("etag").GetString()));
    }

    [Fact]
    public async Task History_is_given_in_pages_and_since_a_time()
    {
        for (var version = 0; version < 5; version++)
            Fhir.Record.File("DocumentReference", "doc-1", FhirInterface.Ann, SharingCategory.Referrals, FhirInterface.Start.AddHours(version));

        var pages = new List<string>();
        for (var next = "/fhir/DocumentReference/doc-1/_history?_count=2"; next is not null;)
        {
            var page = await Fhir.GetAsync(next);
            Assert.Equal(5, page.Total);
            pages.Add(string.Join(' ', page.Resources.Select(resource => resource.GetProperty("meta").GetProperty("versionId").GetString())));
            // What is made while somebody turns the pages moves none of them.
            next = page.Next;
        }

        Assert.Equal(["5 4", "3 2", "1"], pages);
        var since = await Fhir.GetAsync($"/fhir/DocumentReference/doc-1/_history?_since={Uri.EscapeDataString(FhirInterface.Start.AddHours(3).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture))}");
        Assert.Equal(2, since.Total);
        Assert.Contains("_since=", since.Json.GetProperty("link")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        var none = await Fhir.GetAsync("/fhir/DocumentReference/doc-1/_history?_count=0");
        Assert.Equal((5, false, null), (none.Total, none.Json.TryGetProperty("entry", out _), none.Next));
    }

    [Theory]
    [InlineData("_count=some", 705)]
    [InlineData("_since=yesterday", 705)]
    [InlineData("_since=ge2026-01-01", 705)]
    [InlineData("_at=2026-01-01", 704)]
    public async Task What_a_history_is_not_cut_by_is_refused(string query, int code)
    {
        Fhir.FileObservation("obs-1");
        (await Fhir.GetAsync($"/fhir/Observation/obs-1/_history?{query}")).IsRefused(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task History_leaves_out_versions_of_a_category_that_may_not_be_seen()
    {
        Fhir.Record.File("DocumentReference", "doc-1", FhirInterface.Ann, SharingCategory.MedicalCertificates, FhirInterface.Start);
        Fhir.Record.File("DocumentReference", "doc-1", FhirInterface.Ann, SharingCategory.Referrals, FhirInterface.Start);
        Fhir.Policy.Scope.Remove(SharingCategory.MedicalCertificates);

        var answer = await Fhir.GetAsync("/fhir/DocumentReference/doc-1/_history");

        Assert.Equal(1, answer.Total);
        Assert.Equal("2", answer.Resources[0].GetProperty("meta").GetProperty("versionId").GetString());
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again_but_is_decided_and_recorded_again()
    {
        Fhir.FileObservation("obs-1");

        var same = await Fhir.GetAsync("/fhir/Observation/obs-1", headers: ("If-None-Match", "W/\"1\""));
        var other = await Fhir.GetAsync("/fhir/Observation/obs-1", headers: ("If-None-Match", "W/\"7\", \"x\""));
        var since = await Fhir.GetAsync("/fhir/Observation/obs-1", headers: ("If-Modified-Since", FhirInterface.Start.ToString("R")));
        var before = await Fhir.GetAsync("/fhir/Observation/obs-1", headers: ("If-Modified-Since", FhirInterface.Start.AddDays(-2).ToString("R")));
        var stranger = await Fhir.GetAsync("/fhir/Observation/obs-1", FhirInterface.OtherClinician, ("If-None-Match", "W/\"1\""));

        Assert.Equal((HttpStatusCode.NotModified, ""), (same.Status, same.Text));
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal(HttpStatusCode.NotModified, since.Status);
        Assert.Equal(HttpStatusCode.OK, before.Status);
        stranger.IsRefused(HttpStatusCode.NotFound, 701);
        Assert.Equal(5, Fhir.Audit.Entries.Count);
    }

    /// <summary>An amendment or a merge changes it without a time that the hub could tell: its version says so.</summary>
    [Fact]
    public async Task The_citizens_own_Patient_is_known_by_its_version_and_not_by_a_time()
    {
        var before = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.Registrar);
        Fhir.Persons.All[0] = Fhir.Persons.All[0] with { GivenName = "ANNA" };

        var since = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.Registrar, ("If-Modified-Since", FhirInterface.Start.ToString("R")));
        var tagged = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.Registrar, ("If-None-Match", before.Headers.ETag!.ToString()));
        var again = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.Registrar, ("If-None-Match", since.Headers.ETag!.ToString()));

        Assert.Null(since.ContentHeaders.LastModified);
        Assert.False(since.Json.GetProperty("meta").TryGetProperty("lastUpdated", out _));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotModified), (since.Status, tagged.Status, again.Status));
    }

    [Fact]
    public async Task Head_has_the_headers_and_no_body()
    {
        Fhir.FileObservation("obs-1");

        var answer = await Fhir.SendAsync(HttpMethod.Head, "/fhir/Observation/obs-1", FhirInterface.Clinician, null);

        Assert.Equal((HttpStatusCode.OK, "", "W/\"1\""), (answer.Status, answer.Text, answer.Headers.ETag?.ToString()));
        Assert.Single(Fhir.Audit.Entries);
    }

    [Fact]
    public async Task The_citizens_patient_is_composed_from_the_index_with_links_to_the_sources()
    {
        Fhir.Record.File("Patient", "src-1", FhirInterface.Ann, SharingCategory.PersonalParticulars, FhirInterface.Start);

        var answer = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}");

        Assert.Equal(FhirInterface.Ann, answer.Json.GetProperty("id").GetString());
        var identifier = answer.Json.GetProperty("identifier")[0];
        Assert.Equal((FhirInterface.Hkid, "A1234563"), (identifier.GetProperty("system").GetString(), identifier.GetProperty("value").GetString()));
        Assert.Equal("TESTPATIENT", answer.Json.GetProperty("name")[0].GetProperty("family").GetString());
        Assert.Equal("ANN", answer.Json.GetProperty("name")[0].GetProperty("given")[0].GetString());
        Assert.Equal("測試安", answer.Json.GetProperty("name")[1].GetProperty("text").GetString());
        Assert.Equal(("female", "1980-02-29"), (answer.Json.GetProperty("gender").GetString(), answer.Json.GetProperty("birthDate").GetString()));
        var link = answer.Json.GetProperty("link")[0];
        Assert.Equal(("Patient/src-1", "seealso"), (link.GetProperty("other").GetProperty("reference").GetString(), link.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task The_citizens_patient_has_a_version_that_follows_its_content()
    {
        var first = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}");
        var again = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", headers: ("If-None-Match", first.Headers.ETag!.ToString()));
        Fhir.Record.File("Patient", "src-1", FhirInterface.Ann, SharingCategory.PersonalParticulars, FhirInterface.Start);
        var linked = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", headers: ("If-None-Match", first.Headers.ETag!.ToString()));
        var versionId = linked.Json.GetProperty("meta").GetProperty("versionId").GetString();

        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Equal(HttpStatusCode.OK, linked.Status);
        Assert.Equal(linked.Text, (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/_history/{versionId}")).Text);
        Assert.Equal(1, (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/_history")).Total);
    }

    [Fact]
    public async Task A_sources_own_patient_is_read_like_any_resource_of_the_record()
    {
        Fhir.Record.File("Patient", "src-1", FhirInterface.Ann, SharingCategory.PersonalParticulars, FhirInterface.Start);

        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/Patient/src-1")).Status);
        (await Fhir.GetAsync("/fhir/Patient/src-1", FhirInterface.OtherClinician)).IsRefused(HttpStatusCode.Forbidden, 511);
    }

    [Fact]
    public async Task A_provider_of_the_registry_reads_as_an_organization()
    {
        var answer = await Fhir.GetAsync("/fhir/Organization/clinic-a", FhirInterface.OtherClinician);

        Assert.Equal("Clinic A", answer.Json.GetProperty("name").GetString());
        (await Fhir.GetAsync("/fhir/Organization/clinic-x")).IsRefused(HttpStatusCode.NotFound, 701);
    }

    [Fact]
    public async Task A_consent_reads_with_its_provider_and_end_and_turns_inactive_on_the_day_it_expires()
    {
        Fhir.Consents.All.Add(FhirInterface.Consent('4', FhirInterface.Ann, ConsentKind.Sharing, "clinic-b", FhirInterface.Start.AddDays(1)));
        var path = $"/fhir/Consent/{new string('4', 32)}";

        var before = await Fhir.GetAsync(path, FhirInterface.Citizen);
        Fhir.Clock.Now = FhirInterface.Start.AddDays(1);
        var after = await Fhir.GetAsync(path, FhirInterface.Citizen, ("If-None-Match", before.Headers.ETag!.ToString()));

        Assert.Equal("active", before.Json.GetProperty("status").GetString());
        Assert.Equal("2026-11-22T02:00:00.000Z", before.Json.GetProperty("provision").GetProperty("period").GetProperty("end").GetString());
        Assert.Equal("Organization/clinic-b", before.Json.GetProperty("provision").GetProperty("actor")[0].GetProperty("reference").GetProperty("reference").GetString());
        Assert.Equal((HttpStatusCode.OK, "inactive"), (after.Status, after.Json.GetProperty("status").GetString()));
        Assert.Equal(2, (await Fhir.GetAsync(path + "/_history", FhirInterface.Citizen)).Total);
        Assert.Equal("active", (await Fhir.GetAsync(path + "/_history/1", FhirInterface.Citizen)).Json.GetProperty("status").GetString());
    }
}
