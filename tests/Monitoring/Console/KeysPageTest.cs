using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The page and the interface of the keys.</summary>
public sealed partial class KeysPageTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_page_shows_each_key_with_its_state_and_the_progress()
    {
        var page = await hub.As(Role.Operator).GetStringAsync("/keys");

        Assert.Contains("00112233445566aa", page, StringComparison.Ordinal);
        Assert.Contains("in force", page, StringComparison.Ordinal);
        Assert.Contains("being replaced", page, StringComparison.Ordinal);
        Assert.Contains("250 of 1,000 rows", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Rotate all keys", page, StringComparison.Ordinal);
        Assert.Contains("Rotate all keys", await hub.As(Role.Administrator).GetStringAsync("/keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_is_asked_once_more_and_answered_with_a_page_that_does_not_rotate_again()
    {
        using var browser = hub.Browsing(Role.Administrator);
        var asked = await browser.GetStringAsync("/keys/rotate?scope=wrapping-key");
        Assert.Contains("Rotate the wrapping key?", asked, StringComparison.Ordinal);
        Assert.Empty(hub.Keys.Rotated);

        using var done = await RotateAsync(browser, asked);
        Assert.Equal((HttpStatusCode.SeeOther, "/keys?rotated=1"), (done.StatusCode, done.Headers.Location?.OriginalString));
        var page = await browser.GetStringAsync(done.Headers.Location);
        Assert.Contains("The keys are rotated", page, StringComparison.Ordinal);
        Assert.Equal(RotationScope.WrappingKey, Assert.Single(hub.Keys.Rotated).Scope);

        hub.Keys.Refusal = new(RejectionCode.RotationRunning, "still running");
        using var refused = await RotateAsync(browser, asked);
        Assert.Equal((HttpStatusCode.SeeOther, "/keys?refused=587"), (refused.StatusCode, refused.Headers.Location?.OriginalString));
        Assert.Contains("<b>587</b>", await browser.GetStringAsync(refused.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_progress_moves_while_a_rotation_runs_and_not_after_it()
    {
        Assert.Contains("id=\"reencryption\" data-refresh", await hub.As(Role.Operator).GetStringAsync("/keys"), StringComparison.Ordinal);

        hub.Keys.Overview = hub.Keys.Overview with { Reencryption = hub.Keys.Overview.Reencryption! with { FinishedAt = DateTimeOffset.UnixEpoch } };

        Assert.DoesNotContain("data-refresh", await hub.As(Role.Operator).GetStringAsync("/keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_cannot_be_opened_is_shown()
    {
        hub.Keys.Overview = hub.Keys.Overview with { Damaged = 3 };

        Assert.Contains("3 pieces of stored content could not be opened", await hub.As(Role.Operator).GetStringAsync("/keys"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", RotationScope.Everything, null)]
    [InlineData("""{"wrappingKeyOnly":true}""", RotationScope.WrappingKey, null)]
    [InlineData("""{"providerId":"synthetic-hospital"}""", RotationScope.Provider, "synthetic-hospital")]
    public async Task A_rotation_is_asked_for_as_stated_and_audited(string body, RotationScope scope, string? provider)
    {
        using var answer = await hub.As(Role.Administrator).PostAsync("/api/keys/rotate", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var (asked, ofProvider, audit) = Assert.Single(hub.Keys.Rotated);
        Assert.Equal((scope, provider), (asked, ofProvider));
        Assert.Equal(("rotate-keys", "demo-administrator"), (audit.Action, audit.Actor));
    }

    [Theory]
    [InlineData("""{"providerId":"nobody"}""")]
    [InlineData("""{"providerId":"synthetic-hospital","wrappingKeyOnly":true}""")]
    public async Task A_rotation_that_makes_no_sense_is_refused(string body)
    {
        using var answer = await hub.As(Role.Administrator).PostAsync("/api/keys/rotate", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(hub.Keys.Rotated);
    }

    [Fact]
    public async Task A_rotation_while_one_is_running_is_a_conflict()
    {
        hub.Keys.Refusal = new(RejectionCode.RotationRunning, "still running");
        using var answer = await hub.As(Role.Administrator).PostAsJsonAsync("/api/keys/rotate", new { });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("587", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deposit_that_cannot_be_opened_is_a_numbered_refusal_that_names_the_row()
    {
        hub.Damage = new(RejectionCode.ContentDamaged, "deposit 7, column bytes: the content was altered, cut off or moved");
        using var page = await hub.As(Role.IntegrationEngineer).GetAsync("/deposits/7/message");
        using var api = await hub.As(Role.IntegrationEngineer).GetAsync("/api/deposits/7");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (page.StatusCode, api.StatusCode));
        foreach (var answer in new[] { page, api })
        {
            var said = await answer.Content.ReadAsStringAsync();
            Assert.Contains("585", said, StringComparison.Ordinal);
            Assert.Contains("deposit 7, column bytes", said, StringComparison.Ordinal);
        }
    }

    private static Task<HttpResponseMessage> RotateAsync(HttpClient browser, string page)
    {
        var token = FormToken().Match(page).Groups[1].Value;
        return browser.PostAsync("/keys/rotate", new FormUrlEncodedContent([new("antiforgery", token), new("scope", "wrapping-key")]));
    }

    [GeneratedRegex("action=\"/keys/rotate\"><input type=\"hidden\" name=\"antiforgery\" value=\"([0-9a-f]{64})\"", RegexOptions.None, 1000)]
    private static partial Regex FormToken();
}
