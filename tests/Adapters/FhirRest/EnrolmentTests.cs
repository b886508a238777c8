using System.Net;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Adapters.FhirRest.EnrolmentBodies;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Enrolment by a transaction Bundle.</summary>
public sealed class EnrolmentTests : InterfaceTests
{
    [Fact]
    public async Task A_registrar_enrols_a_citizen_with_joining_and_sharing_consent()
    {
        var answer = await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining(), Sharing(end: "2027-11-21"), Sharing(provider: "clinic-b")));

        Assert.Equal((HttpStatusCode.OK, "transaction-response"), (answer.Status, answer.Json.GetProperty("type").GetString()));
        Assert.Equal(["201 Created", "201 Created", "201 Created", "201 Created"], StatusesOf(answer));
        var person = Fhir.Persons.All[^1];
        Assert.Equal(("L5555550", "TESTPATIENT", "CHO LAM", "測試楚"), (person.DocumentNumber, person.FamilyName, person.GivenName, person.ChineseName));
        Assert.Equal(person.Id, answer.Ids[0]);
        var given = Fhir.Consents.All.Where(consent => consent.PersonId == person.Id).ToList();
        Assert.Equal([ConsentKind.Joining, ConsentKind.Sharing, ConsentKind.Sharing], given.Select(consent => consent.Kind));
        Assert.Equal([null, "clinic-a", "clinic-b"], given.Select(consent => consent.ProviderId));

        // The last moment of the year in Hong Kong, where the new day begins at 16:00 UTC.
        Assert.Equal([null, new DateTimeOffset(2027, 11, 20, 16, 0, 0, TimeSpan.Zero), null], given.Select(consent => consent.ExpiresAt));
    }

    [Fact]
    public async Task The_same_bundle_again_changes_nothing_and_is_answered_the_same()
    {
        var body = Bundle(Patient(), Joining(), Sharing(end: "2027-11-21"));
        var first = await Fhir.PostAsync("/fhir", body);
        var (persons, consents, entries) = (Fhir.Persons.All.Count, Fhir.Consents.All.Count, Fhir.Audit.Entries.Count);

        var again = await Fhir.PostAsync("/fhir", body);

        Assert.Equal(first.Ids, again.Ids);
        Assert.Equal(["200 OK", "200 OK", "200 OK"], StatusesOf(again));
        Assert.Equal((persons, consents), (Fhir.Persons.All.Count, Fhir.Consents.All.Count));
        Assert.Equal(2, Fhir.Audit.Entries.Count - entries);
    }

    [Fact]
    public async Task A_citizen_enrols_only_with_the_own_number()
    {
        Assert.Equal(HttpStatusCode.OK, (await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining()), "citizen-L5555550")).Status);
        (await Fhir.PostAsync("/fhir", Bundle(Patient("CA182361(1)"), Joining()), "citizen-L5555550")).IsRefused(HttpStatusCode.Forbidden, 514);
        Assert.False(Fhir.Audit.Entries[^1].Permitted);
    }

    [Theory]
    [InlineData("document-seen")]
    [InlineData("chip-read")]
    public async Task A_citizen_does_not_vouch_for_his_own_card_and_a_registrar_does(string assurance)
    {
        var body = Bundle(
            Patient().Replace("\"identifier\"", $"\"extension\":[{{\"url\":\"{FhirSystems.Assurance}\",\"valueCode\":\"{assurance}\"}}],\"identifier\"", StringComparison.Ordinal), Joining());

        (await Fhir.PostAsync("/fhir", body, "citizen-L5555550")).IsRefused(HttpStatusCode.Forbidden, 513);
        Assert.Equal(("enrol", "citizen", false), (Fhir.Audit.Entries[^1].Action, Fhir.Audit.Entries[^1].Role, Fhir.Audit.Entries[^1].Permitted));
        Assert.Equal(2, Fhir.Persons.All.Count);
        Assert.Equal(HttpStatusCode.OK, (await Fhir.PostAsync("/fhir", body)).Status);
    }

    [Theory]
    [InlineData("citizen-L5555550", "citizen")]
    [InlineData(FhirInterface.Registrar, "registrar")]
    public async Task An_enrolment_is_recorded_in_the_role_of_the_one_who_acted(string bearer, string role)
    {
        await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining()), bearer);
        Assert.Equal(role, Assert.Single(Fhir.Audit.Entries, entry => entry.Action == "enrol").Role);
    }

    [Fact]
    public async Task A_consent_that_another_gives_is_no_part_of_an_enrolment()
    {
        var by = Sharing().Replace("\"status\"", $"\"performer\":[{{\"reference\":\"RelatedPerson/{new string('9', 32)}\"}}],\"status\"", StringComparison.Ordinal);
        var answer = await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining(), by));
        answer.IsRefused(HttpStatusCode.BadRequest, 706);
        Assert.Equal(["Bundle.entry[2].resource.performer"], answer.Expressions);
        Assert.Equal((2, 3), (Fhir.Persons.All.Count, Fhir.Consents.All.Count));
    }

    [Theory]
    [InlineData(FhirInterface.Clinician)]
    [InlineData("operator")]
    [InlineData("administrator")]
    public async Task Other_roles_enrol_nobody(string bearer)
    {
        (await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining()), bearer)).IsRefused(HttpStatusCode.Forbidden, 513);
        Assert.Equal(2, Fhir.Persons.All.Count);
        Assert.Equal(("enrol", false), (Fhir.Audit.Entries[^1].Action, Fhir.Audit.Entries[^1].Permitted));
    }

    [Fact]
    public async Task What_the_index_refuses_is_told_with_its_place_and_recorded()
    {
        var wrong = await Fhir.PostAsync("/fhir", Bundle(Joining(), Patient("L555555(K)")));
        var conflict = await Fhir.PostAsync("/fhir", Bundle(Patient("A123456(3)", family: "OTHER"), Joining()));

        wrong.IsRefused(HttpStatusCode.UnprocessableEntity, 402);
        Assert.Equal(["Bundle.entry[1].resource"], wrong.Expressions);
        conflict.IsRefused(HttpStatusCode.UnprocessableEntity, 404);
        Assert.Equal([false, false], Fhir.Audit.Entries.Select(entry => entry.Permitted));
    }

    [Fact]
    public async Task Nothing_is_answered_when_the_audit_cannot_be_written()
    {
        await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining()));
        Fhir.Audit.Fault = new IOException("full");

        (await Fhir.PostAsync("/fhir", Bundle(Patient(), Joining()))).IsRefused(HttpStatusCode.ServiceUnavailable, 602);
        (await Fhir.PostAsync("/fhir", Bundle(Patient("CA182361(1)"), Joining()))).IsRefused(HttpStatusCode.ServiceUnavailable, 602);
        Assert.Equal(3, Fhir.Persons.All.Count);
    }

    public static TheoryData<string, string> BadBodies() => new()
    {
        { Bundle(Patient()), "Bundle.entry" },
        { Bundle(Joining()), "Bundle.entry" },
        { Bundle(Patient(), Joining(), Joining()), "Bundle.entry" },
        { Bundle(Patient(), Patient("CA182361(1)"), Joining()), "Bundle.entry" },
        { Bundle(Patient(), Joining("urn:uuid:other")), "Bundle.entry[1].resource.patient" },
        { Bundle(Patient(), Joining($"Patient/{FhirInterface.Ann}")), "Bundle.entry[1].resource.patient" },
        { Bundle(Patient(birthDate: "2023-02-29"), Joining()), "Bundle.entry[0].resource.birthDate" },
        { Bundle(Patient(birthDate: "1975"), Joining()), "Bundle.entry[0].resource.birthDate" },
        { Bundle(Patient().Replace("male", "m", StringComparison.Ordinal), Joining()), "Bundle.entry[0].resource.gender" },
        { Bundle(Patient().Replace("\"family\":\"TESTPATIENT\",", "", StringComparison.Ordinal), Joining()), "Bundle.entry[0].resource.name[0].family" },
        { Bundle(Patient().Replace("hkid", "other", StringComparison.Ordinal), Joining()), "Bundle.entry[0].resource.identifier" },
        { Bundle(Patient().Replace("\"gender\"", "\"address\":[{\"text\":\"secret street\"}],\"gender\"", StringComparison.Ordinal), Joining()), "Bundle.entry[0].resource" },
        { Bundle(Patient(), Joining(), Sharing(provider: "unknown")), "Bundle.entry[2].resource.provision.actor[0].reference" },
        { Bundle(Patient(), Joining()).Replace("transaction", "batch", StringComparison.Ordinal), "Bundle.type" },
        { Bundle(Patient(), Joining()).Replace("POST", "PUT", StringComparison.Ordinal), "Bundle.entry[0].request.method" },
        { """{"resourceType":"Bundle","type":"transaction"}""", "Bundle.entry" },
        { """{"resourceType":"Bundle","type":"transaction","entry":[1]}""", "Bundle.entry[0]" },
        { """{"resourceType":"Bundle","type":"transaction","entry":{}}""", "Bundle.entry" },
        { """{"resourceType":"Patient"}""", "resourceType" },
        { "[]", "resourceType" },
        { "null", "resourceType" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_bundle_is_refused_with_its_place_and_changes_nothing(string body, string expression)
    {
        var answer = await Fhir.PostAsync("/fhir", body);

        answer.IsRefused(HttpStatusCode.BadRequest, 706);
        Assert.Contains(expression, answer.Expressions);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Equal((2, 3), (Fhir.Persons.All.Count, Fhir.Consents.All.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<Bundle/>")]
    [InlineData("""{"resourceType":"Bundle","resourceType":"Patient"}""")]
    [InlineData("{\"resourceType\":\"Bundle\",\"x\":\"A1234563\u0001\"}")]
    public async Task What_is_not_json_is_refused_without_repeating_it(string body)
    {
        var answer = await Fhir.PostAsync("/fhir", body);

        answer.IsRefused(HttpStatusCode.BadRequest, 706);
        Assert.DoesNotContain("A1234563", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_size_and_encoding_have_limits()
    {
        (await Fhir.PostAsync("/fhir", new string('[', 100_000))).IsRefused(HttpStatusCode.BadRequest, 706);
        (await Fhir.PostAsync("/fhir", new string(' ', 1024 * 1024 + 1))).IsRefused(HttpStatusCode.RequestEntityTooLarge, 708);
        (await Fhir.PostAsync("/fhir", "{}", mediaType: "text/plain")).IsRefused(HttpStatusCode.UnsupportedMediaType, 711);

        var unsized = new StreamContent(new MemoryStream(new byte[3 * 1024 * 1024]));
        unsized.Headers.ContentType = new("application/fhir+json");
        unsized.Headers.ContentLength = null;
        (await Fhir.SendAsync(HttpMethod.Post, "/fhir", FhirInterface.Registrar, unsized)).IsRefused(HttpStatusCode.RequestEntityTooLarge, 708);

        var invalidUtf8 = new ByteArrayContent([(byte)'"', 0xC3, 0x28, (byte)'"']);
        invalidUtf8.Headers.ContentType = new("application/fhir+json");
        (await Fhir.SendAsync(HttpMethod.Post, "/fhir", FhirInterface.Registrar, invalidUtf8)).IsRefused(HttpStatusCode.BadRequest, 706);
    }

    private static List<string> StatusesOf(Answer answer) =>
        [.. answer.Json.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("response").GetProperty("status").GetString()!)];
}
