using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The interface under /api.</summary>
public sealed class ApiTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_refusal_is_a_problem_with_the_hubs_number()
    {
        using var answer = await hub.As(Role.Citizen).GetAsync("/api/deposits");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(513, problem.GetProperty("rejection").GetInt32());
        Assert.Equal(403, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task An_invalid_filter_is_refused_by_name()
    {
        using var answer = await hub.As(Role.Operator).GetAsync("/api/deposits?state=lost");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("state", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_with_the_cookie_alone_is_refused()
    {
        using var answer = await hub.Browsing(Role.Operator).PostAsync("/api/deposits/7/replay", null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(hub.Replayed);
    }

    [Fact]
    public async Task A_repair_takes_the_body_byte_for_byte()
    {
        byte[] bytes = [.. "MSH|^~\\&|HIS"u8, 0xA4, 0x0D];

        using var answer = await hub.As(Role.IntegrationEngineer).PostAsync("/api/deposits/7/repair", new ByteArrayContent(bytes));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(bytes, Assert.Single(hub.Repaired));
    }

    [Fact]
    public async Task An_administrator_registers_a_provider_a_place_and_a_source()
    {
        using var client = hub.As(Role.Administrator);
        foreach (var (path, body) in new[]
        {
            ("/api/providers", """{"id":"test-lab","name":"Test Laboratory","nameChinese":"測試化驗所","kind":"medical-laboratory","active":true}"""),
            ("/api/service-locations", """{"id":"test-lab-1","providerId":"test-lab","name":"First","nameChinese":"","active":true}"""),
            ("/api/sources", """{"id":"test-lis","providerId":"test-lab","serviceLocationId":"test-lab-1","sendingApplication":"LIS","sendingFacility":"TL","utcOffset":"+08:00"}"""),
        })
        {
            using var answer = await client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }

        var source = hub.Registry.GetSource("test-lis");
        Assert.Equal(("LIS", "ASCII", true), (source?.SendingApplication, source?.DefaultCharacterSet, source?.Active));
        Assert.Equal(3, hub.Audit.Count(entry => entry.Action == "register"));
    }

    [Theory]
    [InlineData("/api/providers", """{"id":"Has Space","name":"x","nameChinese":"","kind":"clinic"}""")]
    [InlineData("/api/providers", """{"id":"ok","name":"x","nameChinese":"","kind":"circus"}""")]
    [InlineData("/api/providers", "{")]
    [InlineData("/api/providers", "null")]
    [InlineData("/api/service-locations", """{"id":"ok","providerId":"nobody","name":"x","nameChinese":""}""")]
    [InlineData("/api/sources", """{"id":"ok","providerId":"synthetic-hospital","serviceLocationId":"main","sendingApplication":"HIS","sendingFacility":"SYN"}""")]
    [InlineData("/api/sources", """{"id":"ok","providerId":"synthetic-hospital","serviceLocationId":"main","sendingApplication":"A","sendingFacility":"B","utcOffset":"8"}""")]
    [InlineData("/api/sources", """{"id":"ok","providerId":"synthetic-hospital","serviceLocationId":"main","sendingApplication":"A","sendingFacility":"B","defaultCharacterSet":"NOSUCH"}""")]
    [InlineData("/api/sources", """{"id":"ok","providerId":"synthetic-hospital","serviceLocationId":"main","sendingApplication":"A","sendingFacility":"B","defaultCharacterSet":null}""")]
    [InlineData("/api/providers", """{"id":"ok\n","name":"x","nameChinese":"","kind":"clinic"}""")]
    [InlineData("/api/providers", """{"id":"ok","name":"\ud800","nameChinese":"","kind":"clinic"}""")]
    [InlineData("/api/dicom-peers", """{"aeTitle":"PACS\n","sourceId":"his"}""")]
    [InlineData("/api/dicom-peers", """{"aeTitle":"PACS","sourceId":"nobody"}""")]
    [InlineData("/api/dicom-peers", """{"aeTitle":"A\\B","sourceId":"synthetic-his"}""")]
    public async Task A_wrong_registration_is_refused(string path, string body)
    {
        using var answer = await hub.As(Role.Administrator).PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(706, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rejection").GetInt32());
        Assert.Empty(hub.Audit);
    }

    /// <summary>The answer is lost on a caller who hung up; the act and its entry are not.</summary>
    [Theory]
    [InlineData("/api/accounts", """{"name":"new.person","role":"operator"}""", "invite new.person", "account/new.person")]
    [InlineData("/api/accounts/someone/suspend", "", "someone False", "account/someone")]
    [InlineData("/api/accounts/someone/resume", "", "someone True", "account/someone")]
    [InlineData("/api/certificates", """{"serviceLocationId":"test-lab-1","requestPem":"x"}""", "issue test-lab-1", "certificate/test-lab-1")]
    [InlineData("/api/certificates/AB/revoke", """{"reason":"key lost"}""", "revoke AB", "certificate/test-lab-1")]
    public async Task What_is_done_to_credentials_is_recorded_before_though_the_caller_hangs_up(string path, string body, string change, string target)
    {
        hub.CallerHangsUp = true;
        var before = -1;
        hub.Credentials.Changing = () => before = hub.Audit.Count;

        try
        {
            using var answer = await hub.As(Role.Administrator).PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        }
        catch (Exception lost) when (lost is OperationCanceledException or HttpRequestException)
        {
            // As on a connection that was reset.
        }

        Assert.Equal(change, Assert.Single(hub.Credentials.Changes));
        Assert.Equal(1, before);
        Assert.All(hub.Audit, entry => Assert.Equal(("register", target, true), (entry.Action, entry.Target, entry.Permitted)));
    }
}
