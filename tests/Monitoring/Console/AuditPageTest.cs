using System.Net;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The audit trail and the cases for auditors, and who looked for citizens.</summary>
public sealed partial class AuditPageTest : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly AuditEntry Look = new(
        Noon, "doctor.test", "clinician", AuditAction.Read, FakeIdentities.Citizen.Id, "Observation/o1", true, "O2 rule <b>", "TREAT",
        new("192.0.2.7", null, new string('A', 64)), "synthetic-hospital", CareRelation: false);

    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_row_says_why_from_where_care_relation_decision_and_reason()
    {
        hub.Audit.Add(Look);
        var page = await hub.Browsing(Role.Auditor).GetStringAsync("/audit");
        foreach (var shown in new[] { "TREAT", "192.0.2.7", "no care relation", "Permitted", "O2 rule &lt;b&gt;", "synthetic-hospital", """<a href="/audit/1" data-open>1</a>""" }) Assert.Contains(shown, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_go_to_the_trail_and_stay_in_the_links()
    {
        for (var number = 0; number < 150; number++) hub.Audit.Add(Look);
        var page = await hub.Browsing(Role.Auditor).GetStringAsync($"/audit?person={FakeIdentities.Citizen.Id}&actor=doctor.test&provider=synthetic-hospital&action=read&outcome=refused&from=2026-11-20T00:00&until=2026-11-21");
        var asked = Assert.Single(hub.Searched);
        Assert.Equal((FakeIdentities.Citizen.Id, "doctor.test", "synthetic-hospital", "read", false), (asked.PersonId, asked.Actor, asked.ProviderId, Assert.Single(asked.Actions!), asked.Permitted));
        Assert.Equal((Noon.AddHours(-12), Noon.AddHours(12)), (asked.From, asked.Until));
        var older = WebUtility.HtmlDecode(Older().Match(page).Groups[1].Value);
        Assert.EndsWith("&before=51", older, StringComparison.Ordinal);
        await hub.Browsing(Role.Auditor).GetStringAsync(older);
        Assert.Equal(asked with { Before = 51, Actions = null }, hub.Searched[1] with { Actions = null });
    }

    [Theory]
    [InlineData("/audit", AuditAction.Search, "AuditEvent", false)]
    [InlineData("/audit?person=PERSON&outcome=refused", AuditAction.Search, "AuditEvent?person,outcome", true)]
    [InlineData("/audit/1", AuditAction.Read, "AuditEvent/1", true)]
    [InlineData("/cases/1", AuditAction.Read, "case/1", false)]
    [InlineData("/api/cases/1", AuditAction.Read, "case/1", false)]
    public async Task Who_looks_at_the_trail_stands_in_it(string path, string action, string target, bool ofPerson)
    {
        hub.Audit.Add(Look);
        await hub.Cases.KeepAsync(new(1, 2), [new(9, SuspectKind.Account, "doctor.test", "synthetic-hospital", [1], Noon, Noon)], default);
        await hub.Browsing(Role.Auditor).GetStringAsync(path.Replace("PERSON", FakeIdentities.Citizen.Id, StringComparison.Ordinal));

        var entry = hub.Audit.Skip(1).Single(entry => entry.Action == action);
        Assert.Equal((target, ofPerson ? FakeIdentities.Citizen.Id : null), (entry.Target, entry.PersonId));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said() =>
        Assert.Equal(2, (await hub.Browsing(Role.Auditor).GetStringAsync("/audit?outcome=xyz&before=abc")).Split("is not a valid value of the filter").Length - 1);

    [Fact]
    public async Task A_time_that_cannot_be_read_is_said() =>
        Assert.Contains("“yesterday” is not a valid value", WebUtility.HtmlDecode(await hub.Browsing(Role.Auditor).GetStringAsync("/audit?from=yesterday")), StringComparison.Ordinal);

    [Fact]
    public async Task An_entry_has_a_page_with_all_of_it()
    {
        hub.Audit.Add(Look);
        var client = hub.Browsing(Role.Auditor);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-HK");
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/audit/1"));
        foreach (var shown in new[] { "治療 (TREAT)", "沒有醫護關係", "模擬醫院", new string('A', 64), "2026-11-20 12:00:00.000 +08:00" }) Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Browsing(Role.Auditor).GetAsync("/audit/9")).StatusCode);
    }

    [Fact]
    public async Task A_case_links_to_its_evidence_and_is_assigned_and_closed_with_reasons()
    {
        hub.Audit.Add(Look);
        await hub.Cases.KeepAsync(new(1, 2), [new(9, SuspectKind.Account, "doctor.test", "synthetic-hospital", [1], Noon, Noon)], default);
        Assert.Contains("A record read without a care relation", await hub.Browsing(Role.Auditor).GetStringAsync("/cases"), StringComparison.Ordinal);
        var page = await hub.Browsing(Role.Auditor).GetStringAsync("/cases/1");
        Assert.Contains("""<a href="/audit/1" data-open>1</a>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeIdentities.Citizen.Id, page, StringComparison.Ordinal);

        using var wanting = await PostAsync("/cases/1/close", ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wanting.StatusCode);
        using var unknown = await PostAsync("/cases/1/assign", ("to", "nobody.here"), ("reason", ""));
        Assert.Contains("name=\"to\" value=\"nobody.here\"", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var assigned = await PostAsync("/cases/1/assign", ("to", ""), ("reason", "asked the clinic"));
        Assert.Equal("/cases/1", assigned.Headers.Location?.OriginalString);
        using var closed = await PostAsync("/cases/1/close", ("reason", "a home visit"));
        Assert.Equal([(CaseState.Assigned, "demo-auditor"), (CaseState.Closed, "demo-auditor")], hub.Cases.Cases[0].Acts.Select(act => (act.State, act.AssignedTo)));
        Assert.DoesNotContain("<form class=\"act\"", await hub.Browsing(Role.Auditor).GetStringAsync("/cases/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_sees_who_looked_one_line_an_access_and_what_was_refused()
    {
        hub.Audit.AddRange(
        [
            Look with { At = Noon.AddHours(-2), Action = AuditAction.Everything, Target = "Patient/x/$everything", Permitted = false, Actor = "nurse.test", Reason = "511 SharingConsentMissing" },
            Look, Look with { At = Noon.AddMinutes(12), Action = AuditAction.Search, Target = "MedicationRequest?patient" }, Look with { At = Noon.AddMinutes(31) },
            Look with { Actor = "registrar.test", Role = "registrar", ProviderId = null, PurposeOfUse = null, CareRelation = null, Action = AuditAction.Match, Target = "Patient/$match" },
            Look with { Actor = "registrar.test", Role = "registrar", ProviderId = null, PurposeOfUse = null, CareRelation = null, At = Noon.AddHours(-5), Target = "Notice" },
            Look with { Actor = "demo-citizen", Role = "citizen" }, Look with { PersonId = "somebody-else", Actor = "another.doctor" },
        ]);
        var page = WebUtility.HtmlDecode(await hub.Browsing(Role.Citizen).GetStringAsync("/looks"));
        Assert.Equal(5, Regex.Count(page, "<tr><td class=\"time\" ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        foreach (var shown in new[] { "2 times until 12:12", "test results and observations, medicines", "Synthetic Hospital", "treatment", "no care relation", "nurse.test", "Refused: nothing was shown", "registration and identity", "eHealth+ office", "your notices" })
            Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain("another.doctor", page, StringComparison.Ordinal);
        Assert.DoesNotContain(AuditAction.Deposit, Assert.Single(hub.Searched).Actions!);
        var own = hub.Audit[^1];
        Assert.Equal(("demo-citizen", AuditAction.Search, FakeIdentities.Citizen.Id, "AuditEvent"), (own.Actor, own.Action, own.PersonId, own.Target));
    }

    [Fact]
    public async Task Each_page_keeps_the_session_for_another_quarter_of_an_hour_and_no_longer()
    {
        using var page = await hub.Browsing(Role.Auditor).GetAsync("/cases");
        Assert.Contains("ehealthplus-console=auditor; max-age=900; path=/; samesite=strict; httponly", Assert.Single(page.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        using var script = await hub.As(Role.Auditor).GetAsync("/cases");
        Assert.False(script.Headers.Contains("Set-Cookie"));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var client = hub.Browsing(Role.Auditor);
        var token = Token().Match(await client.GetStringAsync("/cases/1")).Groups[1].Value;
        return await client.PostAsync(path, new FormUrlEncodedContent([new("antiforgery", token), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));
    }

    [GeneratedRegex("name=\"antiforgery\" value=\"([0-9a-f]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Older();
}
