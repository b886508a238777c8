using System.Net;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Adapters.FhirRest.EnrolmentBodies;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Who decides on behalf of a child or of somebody lacking capacity: registered by a registrar, ended on the day, every act recorded as such.</summary>
public sealed class SubstituteDecisionMakerTests : InterfaceTests
{
    private const string Parent = FhirInterface.Citizen;
    private static readonly string Child = new('e', 32);
    private static readonly string OfChild = $"Patient/{Child}";

    private readonly DateOnly turns16 = new(2026, 12, 24);

    [Fact]
    public async Task A_registered_parent_reads_and_consents_for_the_child_and_each_act_says_so()
    {
        var maker = await RegisterAsync();
        Fhir.FileObservation("obs-child", Child);

        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/Observation/obs-child", Parent)).Status);
        Assert.Equal((true, Child), (Fhir.Audit.Entries[^1].Permitted, Fhir.Audit.Entries[^1].OnBehalfOf));
        var given = await Fhir.PostAsync("/fhir/Consent", Sharing(OfChild), Parent);
        Assert.Equal(HttpStatusCode.Created, given.Status);
        Assert.Equal($"RelatedPerson/{maker}", given.Json.GetProperty("performer")[0].GetProperty("reference").GetString());
        Assert.Equal(("consent-give", Child), (Fhir.Audit.Entries[^1].Action, Fhir.Audit.Entries[^1].OnBehalfOf));
        Assert.EndsWith($"on behalf of the citizen by RelatedPerson/{maker}", Fhir.Audit.Entries[^1].Reason, StringComparison.Ordinal);

        var id = given.Json.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await Fhir.PutAsync($"/fhir/Consent/{id}", Inactive("Consent", id!), Parent)).Status);
        Assert.Equal(("consent-revoke", Child), (Fhir.Audit.Entries[^1].Action, Fhir.Audit.Entries[^1].OnBehalfOf));
    }

    [Fact]
    public async Task The_authority_ends_by_itself_as_the_16th_birthday_begins_in_Hong_Kong()
    {
        var maker = await RegisterAsync();
        Fhir.Clock.Now = HongKongDay.StartOf(turns16).AddSeconds(-1);
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/Patient/{Child}", Parent)).Status);

        Fhir.Clock.Now = HongKongDay.StartOf(turns16);
        Assert.NotEqual(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/Patient/{Child}", Parent)).Status);
        (await Fhir.PostAsync("/fhir/Consent", Sharing(OfChild), Parent)).IsRefused(HttpStatusCode.Forbidden, 524);
        Assert.False((await Fhir.GetAsync($"/fhir/RelatedPerson/{maker}", FhirInterface.Registrar)).Json.GetProperty("active").GetBoolean());
        Assert.Equal(HttpStatusCode.Created, (await Fhir.PostAsync("/fhir/Consent", Sharing(OfChild), "citizen-L5555550")).Status);
    }

    [Fact]
    public async Task A_child_consents_through_somebody_else_only_also_at_the_registrars_desk()
    {
        var maker = await RegisterAsync();

        (await Fhir.PostAsync("/fhir/Consent", Sharing(OfChild), "citizen-L5555550")).IsRefused(HttpStatusCode.Forbidden, 523);
        (await Fhir.PostAsync("/fhir/Consent", Sharing(OfChild))).IsRefused(HttpStatusCode.Forbidden, 523);
        (await Fhir.PostAsync("/fhir/Consent", By(Sharing(OfChild), new string('9', 32)))).IsRefused(HttpStatusCode.UnprocessableEntity, 525);
        Assert.Equal(HttpStatusCode.Created, (await Fhir.PostAsync("/fhir/Consent", By(Sharing(OfChild), maker))).Status);
        Assert.Equal(maker, Fhir.Consents.All[^1].SubstituteDecisionMakerId);
    }

    [Fact]
    public async Task An_authority_that_is_ended_gives_nothing_from_the_next_read_on()
    {
        var maker = await RegisterAsync();

        var ended = await Fhir.PutAsync($"/fhir/RelatedPerson/{maker}", $$"""{"resourceType":"RelatedPerson","id":"{{maker}}","active":false}""");

        Assert.Equal(HttpStatusCode.OK, ended.Status);
        Assert.False(ended.Json.GetProperty("active").GetBoolean());
        Assert.NotEqual(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/Patient/{Child}", Parent)).Status);
        Assert.Equal(["proxy-register", "proxy-end"], Fhir.Audit.Entries.Where(entry => entry.Action.StartsWith("proxy", StringComparison.Ordinal)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Registering_twice_is_one_authority()
    {
        var first = await RegisterAsync();
        var again = await Fhir.PostAsync("/fhir/RelatedPerson", Body(OfChild));
        Assert.Equal((HttpStatusCode.OK, first), (again.Status, again.Json.GetProperty("id").GetString()));
        Assert.Single(Fhir.Substitutes.All);
    }

    [Theory]
    [InlineData("L5555550", "TESTPATIENT", "minor", "no account")]
    [InlineData("A1234563", "STRANGER", "minor", "another name")]
    [InlineData("A1234563", "TESTPATIENT", "lacking-capacity", "a child")]
    public async Task Whoever_does_not_fit_is_not_registered(string by, string family, string ground, string why)
    {
        Assert.NotEmpty(why);
        await AddChildAsync();
        if (by == "L5555550") by = "AB9876543";
        (await Fhir.PostAsync("/fhir/RelatedPerson", Body(OfChild, by, family, ground))).IsRefused(HttpStatusCode.UnprocessableEntity, 525);
        Assert.Empty(Fhir.Substitutes.All);
    }

    [Fact]
    public async Task An_adult_is_decided_for_on_the_ground_of_lacking_capacity_only()
    {
        (await Fhir.PostAsync("/fhir/RelatedPerson", Body($"Patient/{FhirInterface.Ben}"))).IsRefused(HttpStatusCode.UnprocessableEntity, 525);
        var answer = await Fhir.PostAsync("/fhir/RelatedPerson", Body($"Patient/{FhirInterface.Ben}", ground: "lacking-capacity"));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.False(answer.Json.GetProperty("period").TryGetProperty("end", out _));
    }

    [Theory]
    [InlineData(FhirInterface.Citizen, HttpStatusCode.Forbidden)]
    [InlineData(FhirInterface.Clinician, HttpStatusCode.Forbidden)]
    public async Task Only_a_registrar_registers(string bearer, HttpStatusCode status)
    {
        await AddChildAsync();
        (await Fhir.PostAsync("/fhir/RelatedPerson", Body(OfChild), bearer)).IsRefused(status, 513);
        Assert.Empty(Fhir.Substitutes.All);
        Assert.False(Assert.Single(Fhir.Audit.Entries).Permitted);
    }

    [Fact]
    public async Task A_stranger_can_neither_end_nor_see_an_authority()
    {
        var maker = await RegisterAsync();
        var body = $$"""{"resourceType":"RelatedPerson","id":"{{maker}}","active":false}""";
        (await Fhir.PutAsync($"/fhir/RelatedPerson/{maker}", body, "citizen-G123456A")).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.GetAsync($"/fhir/RelatedPerson/{maker}", "citizen-G123456A")).IsRefused(HttpStatusCode.NotFound, 701);
        Assert.Equal([maker], (await Fhir.GetAsync($"/fhir/RelatedPerson?patient={Child}", FhirInterface.Registrar)).Ids);
    }

    [Fact]
    public async Task A_clinician_who_knows_the_id_from_the_consent_reads_nothing_of_the_one_who_gave_it()
    {
        var maker = await RegisterAsync();
        var consent = (await Fhir.PostAsync("/fhir/Consent", Sharing(OfChild), Parent)).Json.GetProperty("id").GetString();
        Assert.Contains($"RelatedPerson/{maker}", (await Fhir.GetAsync($"/fhir/Consent/{consent}")).Text, StringComparison.Ordinal);

        foreach (var path in (string[])[$"/fhir/RelatedPerson/{maker}", $"/fhir/RelatedPerson/{maker}/_history", $"/fhir/RelatedPerson/{maker}/_history/1"])
        {
            (await Fhir.GetAsync(path)).IsRefused(HttpStatusCode.NotFound, 701);
        }

        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/RelatedPerson/{maker}", Parent)).Status);
    }

    [Fact]
    public async Task The_rights_of_law_are_shown_as_derived_consents_with_their_rule_and_end_with_the_joining_consent()
    {
        var id = new string('1', 32) + "-hospital-authority";
        var derived = await Fhir.GetAsync($"/fhir/Consent/{id}", FhirInterface.Citizen);

        Assert.Equal("active", derived.Json.GetProperty("status").GetString());
        Assert.Equal("O1", derived.Json.GetProperty("policyRule").GetProperty("coding")[0].GetProperty("code").GetString());
        Assert.Equal($"Consent/{new string('1', 32)}", derived.Json.GetProperty("sourceReference").GetProperty("reference").GetString());
        Assert.Equal([id], (await Fhir.GetAsync("/fhir/Consent?category=derived", FhirInterface.Citizen)).Ids);
        (await Fhir.GetAsync($"/fhir/Consent/{id}")).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.PutAsync($"/fhir/Consent/{id}", Inactive("Consent", id), FhirInterface.Citizen)).IsRefused(HttpStatusCode.NotFound, 701);

        Fhir.Consents.All[0] = Fhir.Consents.All[0] with { RevokedAt = FhirInterface.Start.AddHours(-1) };
        Assert.Equal("inactive", (await Fhir.GetAsync($"/fhir/Consent/{id}", FhirInterface.Citizen)).Json.GetProperty("status").GetString());
    }

    private async Task<string> RegisterAsync()
    {
        await AddChildAsync();
        var answer = await Fhir.PostAsync("/fhir/RelatedPerson", Body(OfChild));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json.GetProperty("id").GetString()!;
    }

    private Task AddChildAsync()
    {
        Fhir.Persons.All.Add(Fhir.Persons.All[0] with { Id = Child, DocumentNumber = "L5555550", GivenName = "CHILD", BirthDate = turns16.AddYears(-16) });
        Fhir.Consents.All.Add(FhirInterface.Consent('7', Child, ConsentKind.Joining, null));
        return Task.CompletedTask;
    }

    private static string Body(string patient, string by = "A1234563", string family = "TESTPATIENT", string ground = "minor") => $$"""
        {"resourceType":"RelatedPerson","active":true,"patient":{"reference":"{{patient}}"},
         "identifier":[{"system":"{{FhirSystems.HongKongIdentityCard}}","value":"{{by}}"}],"name":[{"family":"{{family}}"}],
         "relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"MTH"}]},
          {"coding":[{"system":"{{FhirSystems.SubstitutionGround}}","code":"{{ground}}"}]}]}
        """;

    private static string By(string consent, string maker) =>
        consent.Replace("\"status\"", $"\"performer\":[{{\"reference\":\"RelatedPerson/{maker}\"}}],\"status\"", StringComparison.Ordinal);

    private static string Inactive(string type, string id) => $$"""{"resourceType":"{{type}}","id":"{{id}}","status":"inactive"}""";
}
