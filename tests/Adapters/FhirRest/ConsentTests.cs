using System.Net;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Adapters.FhirRest.EnrolmentBodies;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Consents are given and revoked by registrars, and by citizens for themselves.</summary>
public sealed class ConsentTests : InterfaceTests
{
    private const string AnnReference = $"Patient/{FhirInterface.Ann}";

    private static readonly string OfAnn = new('2', 32);

    [Fact]
    public async Task A_citizen_gives_a_consent_without_end_and_the_clinician_reads_at_once()
    {
        Fhir.FileObservation("obs-1");
        (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}", FhirInterface.OtherClinician)).IsRefused(HttpStatusCode.Forbidden, 511);

        var answer = await Fhir.PostAsync("/fhir/Consent", Sharing(AnnReference, "clinic-b"), FhirInterface.Citizen);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = answer.Json.GetProperty("id").GetString();
        Assert.Equal($"http://hub.test/fhir/Consent/{id}/_history/1", answer.Headers.Location?.ToString());
        Assert.Equal("W/\"1\"", answer.Headers.ETag?.ToString());
        Assert.Equal(answer.Text, (await Fhir.GetAsync($"/fhir/Consent/{id}", FhirInterface.Citizen)).Text);
        Assert.Equal(1, (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}", FhirInterface.OtherClinician)).Total);
        Assert.Equal(("consent-give", FhirInterface.Ann), (Fhir.Audit.Entries[1].Action, Fhir.Audit.Entries[1].PersonId));
    }

    [Theory]
    [InlineData("2027-11-20")]
    [InlineData("2027-11-21")]
    [InlineData("2027-11-21T23:59:59+08:00")]
    public async Task One_year_ends_as_the_day_begins_in_hong_kong(string end)
    {
        var answer = await Fhir.PostAsync("/fhir/Consent", Sharing(AnnReference, "clinic-b", end));

        Assert.Equal("2027-11-20T16:00:00.000Z", answer.Json.GetProperty("provision").GetProperty("period").GetProperty("end").GetString());
        Fhir.Clock.Now = new(2027, 11, 20, 15, 59, 59, TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.OtherClinician)).Status);
        Fhir.Clock.Now = new(2027, 11, 20, 16, 0, 0, TimeSpan.Zero);
        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.OtherClinician)).IsRefused(HttpStatusCode.Forbidden, 512);
    }

    [Fact]
    public async Task The_patient_may_be_named_by_number()
    {
        var body = Sharing("x", "clinic-b").Replace("""{"reference":"x"}""", $$$$"""{"identifier":{"system":"{{{{FhirSystems.HongKongIdentityCard}}}}","value":"A123456(3)"}}""", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Created, (await Fhir.PostAsync("/fhir/Consent", body)).Status);
        Assert.Equal(FhirInterface.Ann, Fhir.Consents.All[^1].PersonId);
    }

    /// <summary>Decisions read the consents of the one who survived.</summary>
    [Fact]
    public async Task A_consent_of_a_merged_person_is_that_of_the_survivor()
    {
        Fhir.Persons.All[1] = Fhir.Persons.All[1] with { MergedInto = FhirInterface.Ann };
        Fhir.FileObservation("obs-1");

        Assert.Equal(HttpStatusCode.Created, (await Fhir.PostAsync("/fhir/Consent", Sharing($"Patient/{FhirInterface.Ben}", "clinic-b"))).Status);

        Assert.Equal(FhirInterface.Ann, Fhir.Consents.All[^1].PersonId);
        Assert.Equal(1, (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}", FhirInterface.OtherClinician)).Total);
    }

    [Fact]
    public async Task A_consent_in_force_is_not_given_twice()
    {
        var again = await Fhir.PostAsync("/fhir/Consent", Sharing(AnnReference));
        var joining = await Fhir.PostAsync("/fhir/Consent", Joining(AnnReference));

        Assert.Equal((HttpStatusCode.OK, OfAnn), (again.Status, again.Json.GetProperty("id").GetString()));
        Assert.Equal((HttpStatusCode.OK, new string('1', 32)), (joining.Status, joining.Json.GetProperty("id").GetString()));
        Assert.Equal((3, 2), (Fhir.Consents.All.Count, Fhir.Audit.Entries.Count));
    }

    [Fact]
    public async Task A_citizen_gives_no_consent_for_another_and_learns_nothing_of_who_exists()
    {
        var ben = await Fhir.PostAsync("/fhir/Consent", Sharing($"Patient/{FhirInterface.Ben}"), FhirInterface.Citizen);
        var nobody = await Fhir.PostAsync("/fhir/Consent", Sharing($"Patient/{FhirInterface.Nobody}"), FhirInterface.Citizen);

        ben.IsRefused(HttpStatusCode.Forbidden, 514);
        Assert.Equal(ben.Text, nobody.Text);
        (await Fhir.PostAsync("/fhir/Consent", Sharing(AnnReference), FhirInterface.Clinician)).IsRefused(HttpStatusCode.Forbidden, 513);
        (await Fhir.PostAsync("/fhir/Consent", Sharing($"Patient/{FhirInterface.Nobody}"))).IsRefused(HttpStatusCode.UnprocessableEntity, 403);
        Assert.Equal(3, Fhir.Consents.All.Count);
    }

    public static TheoryData<string, string> BadConsents() => new()
    {
        { Sharing(AnnReference, end: "2028-11-21"), "Consent.provision.period.end" },
        { Sharing(AnnReference, end: "2026-12-21"), "Consent.provision.period.end" },
        { Sharing(AnnReference, end: "never"), "Consent.provision.period.end" },
        { Sharing(AnnReference, "clinic-closed"), "Consent.provision.actor[0].reference" },
        { Sharing(AnnReference, "../x"), "Consent.provision.actor[0].reference" },
        { Sharing(AnnReference).Replace("permit", "deny", StringComparison.Ordinal), "Consent.provision.type" },
        { Sharing(AnnReference).Replace("\"type\":\"permit\"", "\"dataPeriod\":{\"start\":\"2024\"}", StringComparison.Ordinal), "Consent.provision" },
        { Sharing(AnnReference).Replace("\"active\"", "\"draft\"", StringComparison.Ordinal), "Consent.status" },
        { Sharing(AnnReference).Replace("\"code\":\"sharing\"", "\"code\":\"other\"", StringComparison.Ordinal), "Consent.category" },
        { Joining(AnnReference).Replace("\"joining\"", "\"sharing\"", StringComparison.Ordinal), "Consent.provision" },
        { Joining(AnnReference)[..^1] + ",\"provision\":{\"period\":{\"end\":\"2027-11-21\"}}}", "Consent.provision.period" },
        { Joining("x").Replace("""{"reference":"x"}""", "{}", StringComparison.Ordinal), "Consent.patient" },
        { """{"resourceType":"Observation"}""", "resourceType" },
    };

    [Theory]
    [MemberData(nameof(BadConsents))]
    public async Task A_consent_that_the_hub_could_not_keep_as_stated_is_refused(string body, string expression)
    {
        var answer = await Fhir.PostAsync("/fhir/Consent", body);

        answer.IsRefused(HttpStatusCode.BadRequest, 706);
        Assert.Contains(expression, answer.Expressions);
        Assert.Equal(3, Fhir.Consents.All.Count);
    }

    [Fact]
    public async Task A_consent_is_revoked_once_and_stays_revoked()
    {
        var first = await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn), FhirInterface.Citizen);
        Fhir.Clock.Now = FhirInterface.Start.AddHours(1);
        var again = await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn), FhirInterface.Registrar);

        Assert.Equal((HttpStatusCode.OK, "inactive", "W/\"2\""), (first.Status, first.Json.GetProperty("status").GetString(), first.Headers.ETag?.ToString()));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(FhirInterface.Start, Fhir.Consents.All[1].RevokedAt);
        Assert.Equal(["consent-revoke", "consent-revoke"], Fhir.Audit.Entries.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Revoking_one_paper_revokes_the_provider()
    {
        Fhir.Consents.All.Add(FhirInterface.Consent('4', FhirInterface.Ann, ConsentKind.Sharing, "clinic-a", FhirInterface.Start.AddDays(100)));
        Fhir.Consents.All.Add(FhirInterface.Consent('5', FhirInterface.Ann, ConsentKind.Sharing, "clinic-b"));

        await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn), FhirInterface.Citizen);

        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}")).IsRefused(HttpStatusCode.Forbidden, 512);
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.OtherClinician)).Status);
    }

    [Fact]
    public async Task A_revocation_is_refused_where_it_is_not_the_askers_or_not_a_revocation()
    {
        var another = new string('3', 32);

        (await Fhir.PutAsync($"/fhir/Consent/{another}", Inactive(another), FhirInterface.Citizen)).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.PutAsync("/fhir/Consent/none", Inactive("none"), FhirInterface.Citizen)).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.PutAsync("/fhir/Consent/none", Inactive("none"))).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn), FhirInterface.Clinician)).IsRefused(HttpStatusCode.Forbidden, 513);
        (await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(another))).IsRefused(HttpStatusCode.BadRequest, 706);
        (await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn).Replace("inactive", "active", StringComparison.Ordinal))).IsRefused(HttpStatusCode.BadRequest, 706);
        (await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn), FhirInterface.Registrar, ("If-Match", "W/\"2\""))).IsRefused(HttpStatusCode.PreconditionFailed, 709);
        Assert.All(Fhir.Consents.All, consent => Assert.Null(consent.RevokedAt));
        Assert.Equal(HttpStatusCode.OK, (await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", Inactive(OfAnn), FhirInterface.Registrar, ("If-Match", "W/\"1\""))).Status);
    }

    [Fact]
    public async Task What_the_hub_wrote_can_be_sent_back_as_inactive()
    {
        var read = await Fhir.GetAsync($"/fhir/Consent/{OfAnn}", FhirInterface.Citizen);

        var answer = await Fhir.PutAsync($"/fhir/Consent/{OfAnn}", read.Text.Replace("\"active\"", "\"inactive\"", StringComparison.Ordinal), FhirInterface.Citizen);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    private static string Inactive(string id) => $$"""{"resourceType":"Consent","id":"{{id}}","status":"inactive"}""";
}
