using System.Net;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Deny by default: who may see what, what a refusal tells, and that the decision is recorded before data leaves.</summary>
public sealed class DecisionTests : InterfaceTests
{
    public static TheoryData<string> Addresses() =>
    [
        "/fhir/Observation/obs-1", "/fhir/Observation/obs-1/_history", "/fhir/Observation/obs-1/_history/1", $"/fhir/Observation?patient={FhirInterface.Ann}",
        $"/fhir/Patient/{FhirInterface.Ann}", $"/fhir/Patient/{FhirInterface.Ann}/$everything", "/fhir/Patient?identifier=A1234563",
        $"/fhir/Consent?patient={FhirInterface.Ann}", "/fhir/Consent/22222222222222222222222222222222", "/fhir/Practitioner/dr-1", "/fhir/Practitioner",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Without_a_credential_or_with_a_wrong_one_nothing_is_read(string address)
    {
        FileAll();

        var none = await Fhir.GetAsync(address, bearer: null);
        var wrong = await Fhir.GetAsync(address, bearer: "forged");

        none.IsRefused(HttpStatusCode.Unauthorized, 515);
        wrong.IsRefused(HttpStatusCode.Unauthorized, 516);
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        Assert.Empty(Fhir.Order.Calls);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_role_that_reads_no_records_is_told_so_and_the_refusal_is_recorded(string address)
    {
        FileAll();

        foreach (var role in new[] { "operator", "administrator", "auditor", "integrationengineer", "clinician-clinic-closed", "clinician" })
        {
            if (role.StartsWith("clinician", StringComparison.Ordinal) && address.Contains("Practitioner", StringComparison.Ordinal)) continue;
            var answer = await Fhir.GetAsync(address, role);

            answer.IsRefused(HttpStatusCode.Forbidden, 513);
            var entry = Fhir.Audit.Entries[^1];
            Assert.Equal((role, false), (entry.Actor, entry.Permitted));
            Assert.StartsWith("513 RoleNotPermitted", entry.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_permit_is_recorded_before_anything_leaves(string address)
    {
        FileAll();

        var answer = await Fhir.GetAsync(address, FhirInterface.Citizen);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var entry = Assert.Single(Fhir.Audit.Entries);
        Assert.True(entry.Permitted);
        Assert.Equal(("citizen-A1234563", "citizen", FhirInterface.Start), (entry.Actor, entry.Role, entry.At));
        Assert.Equal(address.Contains("Practitioner", StringComparison.Ordinal) ? null : FhirInterface.Ann, entry.PersonId);
        Assert.DoesNotContain("A1234563", entry.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_is_recorded_before_it_is_made()
    {
        FileAll();

        await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}&code=718-7");
        await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything");

        Assert.Equal(["audit", "search", "audit", "search", "everything"], Fhir.Order.Calls);
        Assert.Equal(["Observation?code,patient", $"Patient/{FhirInterface.Ann}/$everything"], Fhir.Audit.Entries.Select(entry => entry.Target));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task What_cannot_be_recorded_is_not_answered(string address)
    {
        FileAll();
        Fhir.Audit.Fault = new IOException("disk full, while A1234563 was read");

        var answer = await Fhir.GetAsync(address, FhirInterface.Citizen);

        answer.IsRefused(HttpStatusCode.ServiceUnavailable, 602);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.DoesNotContain("TESTPATIENT", answer.Text, StringComparison.Ordinal);
        Assert.Contains(Fhir.Log.Lines, line => line.StartsWith("7002 ", StringComparison.Ordinal));
        Assert.DoesNotContain(Fhir.Log.Lines, line => line.Contains("A1234563", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revocation_holds_from_the_next_read_on()
    {
        Fhir.FileObservation("obs-1");
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/Observation/obs-1")).Status);
        Assert.Equal(1, (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}")).Total);

        var consent = new string('2', 32);
        var revoked = await Fhir.PutAsync($"/fhir/Consent/{consent}", $$"""{"resourceType":"Consent","id":"{{consent}}","status":"inactive"}""", FhirInterface.Citizen);
        Assert.Equal(HttpStatusCode.OK, revoked.Status);

        (await Fhir.GetAsync("/fhir/Observation/obs-1")).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}")).IsRefused(HttpStatusCode.Forbidden, 512);
        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything")).IsRefused(HttpStatusCode.Forbidden, 512);
    }

    [Theory]
    [InlineData("/fhir/Patient/{0}")]
    [InlineData("/fhir/Patient/{0}/_history")]
    [InlineData("/fhir/Patient/{0}/$everything")]
    [InlineData("/fhir/Patient?_id={0}")]
    [InlineData("/fhir/Observation?patient={0}")]
    [InlineData("/fhir/Consent?patient={0}")]
    public async Task A_person_who_does_not_exist_is_refused_like_one_who_gave_no_consent(string address)
    {
        var left = new string('d', 32);
        Fhir.Persons.All.Add(Fhir.Persons.All[1] with { Id = left, DocumentNumber = "L5555550" });
        Fhir.Consents.All.Add(FhirInterface.Consent('5', left, ConsentKind.Joining, null) with { RevokedAt = FhirInterface.Start.AddDays(-1) });

        foreach (var bearer in new[] { FhirInterface.Clinician, FhirInterface.Citizen })
        {
            var nobody = await Fhir.GetAsync(Format(address, FhirInterface.Nobody), bearer);
            var ben = await Fhir.GetAsync(Format(address, FhirInterface.Ben), bearer);
            var withdrawn = await Fhir.GetAsync(Format(address, left), bearer);

            nobody.IsRefused(HttpStatusCode.Forbidden, bearer == FhirInterface.Clinician ? 511 : 514);
            Assert.Equal(nobody.Text, ben.Text);
            Assert.Equal(nobody.Text, withdrawn.Text);
        }

        Assert.Contains(Fhir.Audit.Entries, entry => entry.PersonId == FhirInterface.Ben && entry.Reason.StartsWith("511 ", StringComparison.Ordinal));
        Assert.Contains(Fhir.Audit.Entries, entry => entry.PersonId == left && entry.Reason.StartsWith("502 ", StringComparison.Ordinal));
        Assert.Contains(Fhir.Audit.Entries, entry => entry.PersonId is null && entry.Reason.EndsWith("no such person or resource", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_refused_like_one_of_a_stranger()
    {
        var nobody = await Fhir.GetAsync("/fhir/Patient?identifier=L5555550");
        var ben = await Fhir.GetAsync("/fhir/Patient?identifier=G123456A");

        nobody.IsRefused(HttpStatusCode.Forbidden, 511);
        Assert.Equal(nobody.Text, ben.Text);
    }

    [Fact]
    public async Task A_resource_of_a_stranger_is_answered_like_one_that_does_not_exist()
    {
        Fhir.FileObservation("obs-ben", FhirInterface.Ben);

        foreach (var bearer in new[] { FhirInterface.Clinician, FhirInterface.Citizen })
        {
            var hidden = await Fhir.GetAsync("/fhir/Observation/obs-ben", bearer);
            var absent = await Fhir.GetAsync("/fhir/Observation/obs-none", bearer);

            hidden.IsRefused(HttpStatusCode.NotFound, 701);
            Assert.Equal(absent.Text, hidden.Text);
        }

        Assert.Equal(4, Fhir.Audit.Entries.Count);
        Assert.All(Fhir.Audit.Entries, entry => Assert.False(entry.Permitted));
    }

    [Fact]
    public async Task Categories_outside_the_permit_are_invisible()
    {
        Fhir.FileObservation("obs-1");
        Fhir.Record.File("Observation", "life-1", FhirInterface.Ann, SharingCategory.ObservationsAndLifestyle, FhirInterface.Start);
        Fhir.Policy.Scope.Remove(SharingCategory.ObservationsAndLifestyle);

        Assert.Equal(["obs-1"], (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}")).Ids);
        Assert.DoesNotContain("life-1", (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything")).Ids);
        (await Fhir.GetAsync("/fhir/Observation/life-1")).IsRefused(HttpStatusCode.NotFound, 701);
        Assert.StartsWith("503 CategoryOutOfScope", Fhir.Audit.Entries[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_personal_particulars_the_patient_stays_out()
    {
        Fhir.Policy.Scope.Remove(SharingCategory.PersonalParticulars);

        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}")).IsRefused(HttpStatusCode.Forbidden, 503);
        Assert.DoesNotContain("TESTPATIENT", (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FhirInterface.Ben, SharingCategory.LaboratoryAndRadiologyReports)]
    [InlineData(FhirInterface.Ann, SharingCategory.Referrals)]
    public async Task Should_the_store_answer_more_than_was_decided_nothing_leaves(string personId, SharingCategory category)
    {
        Fhir.Policy.Scope.Remove(SharingCategory.Referrals);
        Fhir.FileObservation("obs-1");
        Fhir.Record.Intruder = Fhir.FileObservation("obs-2") with { PersonId = personId, Category = category };

        (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}")).IsRefused(HttpStatusCode.InternalServerError, 900);
        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything")).IsRefused(HttpStatusCode.InternalServerError, 900);
    }

    [Fact]
    public async Task Patient_data_that_belongs_to_nobody_is_shown_to_nobody()
    {
        Fhir.Record.File("Observation", "lost", null, SharingCategory.LaboratoryAndRadiologyReports, FhirInterface.Start);

        (await Fhir.GetAsync("/fhir/Observation/lost")).IsRefused(HttpStatusCode.NotFound, 701);
    }

    [Fact]
    public async Task The_registrar_sees_index_and_consents_and_no_record()
    {
        Fhir.FileObservation("obs-1");

        Assert.Equal([FhirInterface.Ann], (await Fhir.GetAsync("/fhir/Patient?identifier=A123456(3)", FhirInterface.Registrar)).Ids);
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.Registrar)).Status);
        Assert.Equal(2, (await Fhir.GetAsync($"/fhir/Consent?patient={FhirInterface.Ann}&category=joining,sharing", FhirInterface.Registrar)).Total);
        Assert.Equal(0, (await Fhir.GetAsync("/fhir/Patient?identifier=L5555550", FhirInterface.Registrar)).Total);
        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Nobody}", FhirInterface.Registrar)).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.GetAsync("/fhir/Observation/obs-1", FhirInterface.Registrar)).IsRefused(HttpStatusCode.Forbidden, 513);
        (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}", FhirInterface.Registrar)).IsRefused(HttpStatusCode.Forbidden, 513);
        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything", FhirInterface.Registrar)).IsRefused(HttpStatusCode.Forbidden, 513);
    }

    [Fact]
    public async Task A_clinician_does_not_see_to_whom_else_the_citizen_gave_consent()
    {
        Fhir.Consents.All.Add(FhirInterface.Consent('4', FhirInterface.Ann, ConsentKind.Sharing, "clinic-b"));

        Assert.Equal([new string('1', 32), new string('2', 32)], (await Fhir.GetAsync($"/fhir/Consent?patient={FhirInterface.Ann}")).Ids.Order());
        (await Fhir.GetAsync($"/fhir/Consent/{new string('4', 32)}")).IsRefused(HttpStatusCode.NotFound, 701);
        Assert.DoesNotContain("clinic-b", (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything")).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await Fhir.GetAsync("/fhir/Consent?category=joining,sharing", FhirInterface.Citizen)).Total);
    }

    [Fact]
    public async Task A_citizen_who_left_still_sees_the_own_consents()
    {
        Fhir.Consents.All[0] = Fhir.Consents.All[0] with { RevokedAt = FhirInterface.Start.AddDays(-1) };

        var answer = await Fhir.GetAsync("/fhir/Consent?status=inactive&category=joining", FhirInterface.Citizen);

        Assert.Equal([new string('1', 32)], answer.Ids);
    }

    [Fact]
    public async Task Reads_are_counted_by_interaction_and_decision()
    {
        var counted = new List<(object? Interaction, object? Granted)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "ehealthplus_record_reads_total") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (counted) counted.Add((tags[0].Value, tags[1].Value));
        });
        listener.Start();

        await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/_history");
        await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ben}/_history");

        // Tests of other classes read meanwhile, and are counted too.
        lock (counted)
        {
            Assert.Contains(("history", true), counted);
            Assert.Contains(("history", false), counted);
        }
    }

    private void FileAll()
    {
        Fhir.FileObservation("obs-1");
        Fhir.Record.File("Practitioner", "dr-1", null, SharingCategory.None, FhirInterface.Start);
    }

    private static string Format(string address, string id) => address.Replace("{0}", id, StringComparison.Ordinal);
}
