using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>The audit trail at /fhir/AuditEvent: who may see which part of it, and that it follows IHE BALP.</summary>
public sealed class AuditEventTests : InterfaceTests
{
    private const string Auditor = "auditor";
    private const string Profile = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

    [Fact]
    public async Task An_auditor_sees_all_of_it_newest_first()
    {
        Fhir.Audit.Entries.AddRange(Trail());
        var count = Fhir.Audit.Entries.Count;

        var answer = await Fhir.GetAsync("/fhir/AuditEvent", Auditor);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        // The look itself is the newest.
        Assert.Equal(Enumerable.Range(1, count + 1).Reverse().Select(number => $"{number}"), answer.Ids);
        Assert.Equal(["audit", "trail"], Fhir.Order.Calls);
        Assert.Equal(("search", "AuditEvent", true), (Fhir.Audit.Entries[^1].Action, Fhir.Audit.Entries[^1].Target, Fhir.Audit.Entries[^1].Permitted));
    }

    [Fact]
    public async Task A_citizen_sees_who_looked_at_the_own_record()
    {
        Fhir.Audit.Entries.AddRange(Trail());

        var answer = await Fhir.GetAsync("/fhir/AuditEvent?subtype=read,search", FhirInterface.Citizen);

        Assert.Equal(["12", "10", "2", "1"], answer.Ids);
        Assert.All(answer.Resources, resource => Assert.Contains($"Patient/{FhirInterface.Ann}", resource.GetRawText(), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/AuditEvent/1", FhirInterface.Citizen)).Status);
        (await Fhir.GetAsync("/fhir/AuditEvent/3", FhirInterface.Citizen)).IsRefused(HttpStatusCode.NotFound, 701);
        (await Fhir.GetAsync($"/fhir/AuditEvent?patient={FhirInterface.Ben}", FhirInterface.Citizen)).IsRefused(HttpStatusCode.Forbidden, 514);
    }

    [Fact]
    public async Task A_citizen_reads_an_entry_of_who_was_merged_into_the_own_record()
    {
        Fhir.Audit.Entries.AddRange(Trail());
        Fhir.Persons.All[1] = Fhir.Persons.All[1] with { MergedInto = FhirInterface.Ann };

        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/AuditEvent/3", FhirInterface.Citizen)).Status);
        Assert.Equal(["4", "1"], (await Fhir.GetAsync("/fhir/AuditEvent?_id=1,4,8", FhirInterface.Citizen)).Ids);
    }

    [Theory]
    [InlineData(FhirInterface.Clinician)]
    [InlineData(FhirInterface.Registrar)]
    [InlineData("operator")]
    [InlineData("administrator")]
    public async Task Nobody_else_sees_any_of_it(string bearer)
    {
        Fhir.Audit.Entries.AddRange(Trail());

        (await Fhir.GetAsync($"/fhir/AuditEvent?patient={FhirInterface.Ann}", bearer)).IsRefused(HttpStatusCode.Forbidden, 513);
        (await Fhir.GetAsync("/fhir/AuditEvent/1", bearer)).IsRefused(HttpStatusCode.Forbidden, 513);

        Assert.All(Fhir.Audit.Entries.TakeLast(2), entry => Assert.Equal((bearer, false), (entry.Actor, entry.Permitted)));
    }

    [Theory]
    [InlineData("subtype=deposit", "3")]
    [InlineData("outcome=4&agent-name=clinician-1", "7,4")]
    [InlineData("outcome=0&subtype=sign-in,sign-in-refused", "6")]
    [InlineData("date=ge2026-11-21T10:00:00%2B08:00&date=lt2026-11-21T10:02:00%2B08:00&agent-name=clinician-1", "2,1")]
    [InlineData("_id=2,5,700", "5,2")]
    [InlineData("_id=1,2,3,4,7&outcome=4", "7,4")]
    [InlineData("_id=1,2,3&subtype=deposit", "3")]
    [InlineData("_id=1,2,3&agent-name=clinician-1&date=lt2026-11-21T10:02:00%2B08:00", "2,1")]
    [InlineData("patient=cccccccccccccccccccccccccccccccc", "")]
    [InlineData("subtype=read&subtype=search", "")]
    public async Task It_is_searched_by(string query, string found)
    {
        Fhir.Audit.Entries.AddRange(Trail());

        var answer = await Fhir.GetAsync($"/fhir/AuditEvent?{query}", Auditor);

        Assert.Equal(found, string.Join(',', answer.Ids));
    }

    [Fact]
    public async Task It_comes_in_pages_that_new_entries_do_not_shift()
    {
        Fhir.Audit.Entries.AddRange(Trail());

        var first = await Fhir.GetAsync("/fhir/AuditEvent?_count=3", Auditor);
        var second = await Fhir.GetAsync(first.Next!, Auditor);

        Assert.Equal(first.Ids.Select(int.Parse).Min() - 1, int.Parse(second.Ids[0], System.Globalization.CultureInfo.InvariantCulture));
        (await Fhir.GetAsync(first.Next!, FhirInterface.Citizen)).IsRefused(HttpStatusCode.BadRequest, 705);
        (await Fhir.GetAsync("/fhir/AuditEvent?date=ne2026", Auditor)).IsRefused(HttpStatusCode.BadRequest, 705);
    }

    [Fact]
    public async Task Those_named_by_id_come_in_pages_too()
    {
        Fhir.Audit.Entries.AddRange(Trail());

        var first = await Fhir.GetAsync("/fhir/AuditEvent?_id=1,2,3&_count=2", Auditor);
        var second = await Fhir.GetAsync(first.Next!, Auditor);

        Assert.Equal(["3", "2"], first.Ids);
        Assert.Equal(["1"], second.Ids);
        Assert.Null(second.Next);
    }

    /// <summary>BALP 1.1: for a read the client is the destination, for a query the source; the user, both ends' addresses, the patient and what was asked.</summary>
    [Theory]
    [InlineData("1", "PatientRead", "110152", "110153", "4")]
    [InlineData("2", "PatientQuery", "110153", "110152", "24")]
    [InlineData("5", "PatientCreate", "110153", "110152", "4")]
    public async Task A_permitted_entry_follows_its_profile(string id, string profile, string client, string server, string objectRole)
    {
        Fhir.Audit.Entries.AddRange(Trail());

        var audit = (await Fhir.GetAsync($"/fhir/AuditEvent/{id}", Auditor)).Json;

        Assert.Equal(Profile + profile, audit.GetProperty("meta").GetProperty("profile")[0].GetString());
        Assert.Equal(("rest", "0"), (audit.GetProperty("type").GetProperty("code").GetString(), audit.GetProperty("outcome").GetString()));
        var agents = audit.GetProperty("agent").EnumerateArray().ToDictionary(agent => agent.GetProperty("type").GetProperty("coding")[0].GetProperty("code").GetString()!);
        Assert.Equal("192.0.2.1", agents[client].GetProperty("network").GetProperty("address").GetString());
        Assert.Equal("http://hub.test/fhir", agents[server].GetProperty("network").GetProperty("address").GetString());
        var user = agents[profile == "PatientCreate" ? "AUT" : "IRCP"];
        Assert.True(user.GetProperty("requestor").GetBoolean());
        Assert.False(user.TryGetProperty("network", out _));
        var entities = audit.GetProperty("entity").EnumerateArray().ToDictionary(entity => entity.GetProperty("type").GetProperty("code").GetString()!);
        Assert.Equal(($"Patient/{FhirInterface.Ann}", "1"), (entities["1"].GetProperty("what").GetProperty("reference").GetString(), entities["1"].GetProperty("role").GetProperty("code").GetString()));
        Assert.Equal(objectRole, entities["2"].GetProperty("role").GetProperty("code").GetString());
        Assert.Equal(profile == "PatientQuery", entities["2"].TryGetProperty("query", out _));
        Assert.Equal(profile != "PatientQuery", entities["2"].TryGetProperty("what", out _));
        if (id == "1") Assert.Equal("TREAT", user.GetProperty("purposeOfUse")[0].GetProperty("coding")[0].GetProperty("code").GetString());
    }

    /// <summary>The kinds of entries as they are approved; the Golden tests hold this file against the R4 definitions. EHEALTHPLUS_GOLDEN=write writes it.</summary>
    [Fact]
    public async Task Each_kind_of_entry_is_written_as_approved()
    {
        Fhir.Audit.Entries.AddRange(Trail());
        var answer = await Fhir.GetAsync($"/fhir/AuditEvent?_id={string.Join(',', Enumerable.Range(1, Trail().Length))}", Auditor);
        var written = JsonNode.Parse(answer.Text)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
        if (Environment.GetEnvironmentVariable("EHEALTHPLUS_GOLDEN") == "write") await File.WriteAllTextAsync(Approved(), written, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(Approved(), TestContext.Current.CancellationToken), written);
    }

    private static string Approved([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../../Golden/AuditEvents/trail.json");

    private static AuditEntry[] Trail()
    {
        var clinician = new AuditEntry(
            FhirInterface.Start, "clinician-1", "clinician", AuditAction.Read, FhirInterface.Ann, "Observation/obs-1", true, "Sharing consent in force: Cap. 625 section 12",
            "TREAT", new("192.0.2.1"), "clinic-a", null, true);
        return
        [
            clinician,
            clinician with { At = FhirInterface.Start.AddMinutes(1), Action = AuditAction.Search, Target = "Observation?code,patient", CareRelation = false },
            new(FhirInterface.Start.AddMinutes(2), "source:lis", "source", AuditAction.Deposit, FhirInterface.Ben, "deposit:12", true, "Joining consent in force", Origin: new(null, "lis", new string('A', 64)), ProviderId: "clinic-b"),
            clinician with { At = FhirInterface.Start.AddMinutes(3), PersonId = FhirInterface.Ben, Permitted = false, Reason = "511 SharingConsentMissing (no sharing consent)" },
            clinician with { At = FhirInterface.Start.AddMinutes(4), Actor = "registrar-1", Role = "registrar", Action = "consent-give", Target = "Consent/c1", ProviderId = null, PurposeOfUse = null, OnBehalfOf = FhirInterface.Ann },
            new(FhirInterface.Start.AddMinutes(5), "clinician-1", "clinician", AuditAction.SignIn, null, "session", true, "password and one-time code", Origin: new("192.0.2.1"), ProviderId: "clinic-a"),
            new(FhirInterface.Start.AddMinutes(6), "clinician-1", "clinician", AuditAction.SignInRefused, null, "session", false, "516 CredentialInvalid", Origin: new("192.0.2.9")),
            new(FhirInterface.Start.AddMinutes(7), "operator-1", "operator", "replay", null, "deposit:9", true, "Replay of a Refused deposit"),
            clinician with { At = FhirInterface.Start.AddMinutes(8), Action = AuditAction.Everything, Target = $"Patient/{FhirInterface.Ann}/$everything" },
            clinician with { At = FhirInterface.Start.AddMinutes(9), Target = "Observation/obs-1/_history/1" },
            clinician with { At = FhirInterface.Start.AddMinutes(10), Action = AuditAction.History, Origin = null },
        ];
    }
}
