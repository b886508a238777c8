using System.Net;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Who may open what: the same answer for pages and for the interface, decided on the server.</summary>
public sealed class RoleTest : IAsyncDisposable
{
    private static readonly Dictionary<string, Role[]> Audiences = new()
    {
        ["/"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/deposits"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/deposits/7/timeline"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/deposits/7/message"] = [Role.IntegrationEngineer],
        ["/deposits/7/tree"] = [Role.IntegrationEngineer],
        ["/deposits/7/fhir"] = [Role.IntegrationEngineer],
        ["/deposits/7/ledger"] = [Role.IntegrationEngineer],
        ["/deposits/7/acknowledgement"] = [Role.IntegrationEngineer],
        ["/deposits/7/bytes"] = [Role.IntegrationEngineer],
        ["/deposits/7/repair"] = [Role.IntegrationEngineer],
        ["/deposits/7/replay"] = [Role.Operator, Role.IntegrationEngineer],
        ["/uploads"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/imaging"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/imaging/orders/31/dismiss"] = [Role.Operator, Role.IntegrationEngineer],
        ["/sources"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/terminology"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/terminology/unmapped.csv"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/terminology"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/terminology/unmapped"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/keys"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/keys/rotate"] = [Role.Administrator],
        ["/api/keys"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/identities"] = [Role.Registrar],
        ["/identities/5"] = [Role.Registrar],
        ["/persons/0123456789abcdef0123456789abcdef"] = [Role.Registrar],
        ["/rejections"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator, Role.Auditor],
        ["/audit"] = [Role.Auditor],
        ["/audit/1"] = [Role.Auditor],
        ["/cases"] = [Role.Auditor],
        ["/cases/1"] = [Role.Auditor],
        ["/api/cases"] = [Role.Auditor],
        ["/api/cases/1"] = [Role.Auditor],
        ["/looks"] = [Role.Citizen],
        ["/images"] = [Role.Clinician, Role.Citizen],
        ["/images/of/0123456789abcdef0123456789abcdef"] = [Role.Clinician, Role.Citizen],
        ["/api/flow"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/deposits"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/deposits/7"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/providers"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/service-locations"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/sources"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/dicom-peers"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/professionals"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/certificates"] = [Role.Operator, Role.IntegrationEngineer, Role.Administrator],
        ["/api/accounts"] = [Role.Administrator],
        ["/api/clients"] = [Role.Administrator],
    };

    private readonly FakeHub hub = new();

    public RoleTest()
    {
        hub.Imaging.Lines.Add(new(ImagingMismatch.OrderWithoutImages, DateTimeOffset.UnixEpoch, "ris", "ACC7", null, 0, 0, null, null, null, 31, "8.0"));
        hub.Audit.Add(new(DateTimeOffset.UnixEpoch, "doctor.test", "clinician", "read", FakeIdentities.Citizen.Id, "Observation/o1", true, "synthetic rule"));
        _ = hub.Cases.KeepAsync(new(1, 2), [new(9, SuspectKind.Account, "doctor.test", null, [1], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)], default);
    }

    public static TheoryData<string> Paths => [.. Audiences.Keys];

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Each_address_opens_to_its_roles_and_to_no_other(string path)
    {
        var permitted = new List<Role>();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var answer = await hub.As(role).GetAsync(path);
            if (answer.StatusCode == HttpStatusCode.OK) permitted.Add(role);
            else if (path is "/" && answer.StatusCode == HttpStatusCode.Redirect) Assert.NotEqual("/", answer.Headers.Location!.OriginalString);
            else Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(Audiences[path].Order(), permitted.Order());
    }

    [Theory]
    [InlineData(Role.Auditor, "/audit")]
    [InlineData(Role.Registrar, "/identities")]
    [InlineData(Role.Citizen, "/looks")]
    [InlineData(Role.Clinician, "/images")]
    public async Task The_start_page_leads_those_who_do_not_watch_the_flow_to_their_own(Role role, string page)
    {
        using var answer = await hub.As(role).GetAsync("/");
        Assert.Equal((HttpStatusCode.Redirect, page), (answer.StatusCode, answer.Headers.Location?.OriginalString));

        using var refused = await hub.Browsing(role).GetAsync("/sources");
        Assert.Contains($"""<p><a href="{page}">""", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_asks_for_a_page_reads_why_it_gets_none()
    {
        using var forbidden = await hub.As(Role.Source).GetAsync("/uploads");
        Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (forbidden.StatusCode, forbidden.Content.Headers.ContentType?.MediaType));

        using var program = hub.Anonymous();
        program.DefaultRequestHeaders.Authorization = new("Bearer", "of nobody");
        using var unknown = await program.GetAsync("/uploads");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (unknown.StatusCode, unknown.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Nobody_enters_without_a_credential(string path)
    {
        using var answer = await hub.Anonymous().GetAsync(path);

        if (path.StartsWith("/api", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        else Assert.StartsWith("/sign-in", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/providers", Role.Administrator)]
    [InlineData("/api/service-locations", Role.Administrator)]
    [InlineData("/api/sources", Role.Administrator)]
    [InlineData("/api/dicom-peers", Role.Administrator)]
    [InlineData("/api/professionals", Role.Administrator)]
    [InlineData("/api/affiliations", Role.Administrator)]
    [InlineData("/api/certificates", Role.Administrator)]
    [InlineData("/api/certificates/AB/revoke", Role.Administrator)]
    [InlineData("/api/accounts", Role.Administrator)]
    [InlineData("/api/accounts/someone/suspend", Role.Administrator)]
    [InlineData("/api/accounts/someone/resume", Role.Administrator)]
    [InlineData("/api/clients", Role.Administrator)]
    [InlineData("/api/clients/one/revoke-tokens", Role.Administrator)]
    [InlineData("/api/clients/one/suspend", Role.Administrator)]
    [InlineData("/api/clients/one/resume", Role.Administrator)]
    [InlineData("/api/keys/rotate", Role.Administrator)]
    [InlineData("/api/cases/1/assign", Role.Auditor)]
    [InlineData("/api/cases/1/close", Role.Auditor)]
    [InlineData("/api/deposits/7/repair", Role.IntegrationEngineer)]
    public async Task Changes_are_for_one_role(string path, Role only)
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role != only))
        {
            using var answer = await hub.As(role).PostAsync(path, new StringContent("MSH|x"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(hub.Repaired);
        Assert.Single(hub.Registry.Providers);
        Assert.Empty(hub.Credentials.Changes);
        Assert.Empty(hub.Keys.Rotated);
        Assert.Equal(CaseState.Open, hub.Cases.Cases[0].Case.State);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("tree")]
    [InlineData("fhir")]
    [InlineData("ledger")]
    [InlineData("acknowledgement")]
    public async Task An_operator_sees_no_patient_data_and_the_try_is_recorded(string tab)
    {
        using var answer = await hub.As(Role.Operator).GetAsync($"/deposits/7/{tab}");

        Assert.DoesNotContain("TESTPATIENT", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(hub.Audit, entry => entry is { Action: "view-message", Permitted: false, Target: "deposit:7", Role: "operator" });
    }

    [Fact]
    public async Task An_operators_json_holds_no_patient_data()
    {
        var answer = await hub.As(Role.Operator).GetStringAsync("/api/deposits/7");

        Assert.Contains("ADT^A01", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTPATIENT", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/deposits/7/message")]
    [InlineData("/deposits/7/fhir")]
    [InlineData("/deposits/7/bytes")]
    [InlineData("/deposits/7/repair")]
    [InlineData("/api/deposits/7")]
    public async Task A_view_of_a_message_is_recorded(string path)
    {
        var shown = await hub.As(Role.IntegrationEngineer).GetStringAsync(path);

        Assert.Contains("TESTPATIENT", shown, StringComparison.Ordinal);
        Assert.Contains(hub.Audit, entry => entry is { Action: "view-message", Permitted: true, PersonId: "person1", Actor: "demo-integration-engineer" });
    }
}
