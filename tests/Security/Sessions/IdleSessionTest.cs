using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Hub;
using EHealthPlus.Routing.Contracts.Access;
using Microsoft.AspNetCore.Builder;

namespace EHealthPlus.Tests.Security.Sessions;

/// <summary>A person's session over HTTP by a clock that can be moved on: whoever comes back to an idle one signs in again.</summary>
public sealed class IdleSessionTest
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Its_cookie_is_good_as_long_as_pages_are_opened_and_leads_to_the_sign_in_after_that()
    {
        using var folder = new TemporaryFolder();
        var clock = new MovedClock();
        var port = FreePort.Next();
        await using var hub = HubApplication.Build([$"--Hub:DataDirectory={folder.Path}", $"--Hub:Http=127.0.0.1:{port}", "--Hub:Mllp=127.0.0.1:0", "--Hub:Dicom=127.0.0.1:0"], clock);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var person = await InviteAsync(browser, folder.Path);
        var session = await SignInAsync(browser, person);
        browser.DefaultRequestHeaders.Add("Cookie", session);

        // In use for longer than the limit, never idle for so long.
        for (var page = 0; page < 3; page++)
        {
            clock.Ahead += ConsoleCookie.Idle - TimeSpan.FromSeconds(30);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/deposits", TestContext.Current.CancellationToken)).StatusCode);
        }

        clock.Ahead += ConsoleCookie.Idle;
        using var over = await browser.GetAsync("/deposits?state=refused", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fdeposits%3Fstate%3Drefused"), (over.StatusCode, over.Headers.Location?.OriginalString));
        Assert.False(over.Headers.Contains("Set-Cookie"));
        var why = await browser.GetStringAsync("/sign-in?return=%2Fdeposits", TestContext.Current.CancellationToken);
        Assert.Contains("role=\"status\">The session was ended: sign in again", why, StringComparison.Ordinal);
        using var script = await browser.GetAsync("/api/flow", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Unauthorized, 556), (script.StatusCode, JsonNode.Parse(await script.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["rejection"]!.GetValue<int>()));

        // What is sent from a page that stood open is not carried out; after the sign-in the person is back on that page.
        using var form = new HttpRequestMessage(HttpMethod.Post, "/deposits/1/replay") { Content = new FormUrlEncodedContent([]), Headers = { Referrer = new Uri(browser.BaseAddress!, "/deposits/1") } };
        using var sent = await browser.SendAsync(form, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fdeposits%2F1"), (sent.StatusCode, sent.Headers.Location?.OriginalString));
        await hub.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<Authenticator> InviteAsync(HttpClient browser, string folder)
    {
        var tokens = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "credentials.json")))!;
        using var account = new HttpRequestMessage(HttpMethod.Post, "/api/accounts") { Content = JsonContent.Create(new { name = "idle", role = "operator" }), Headers = { Authorization = new("Bearer", tokens["administrator"]!.GetValue<string>()) } };
        var invitation = (await SaidAsync(await browser.SendAsync(account)))["token"]!.GetValue<string>();
        var opened = await SaidAsync(await browser.PostAsJsonAsync("/api/invitations/open", new { invitation }));
        var authenticator = new Authenticator(opened["uri"]!.GetValue<string>());
        using var accepted = await browser.PostAsJsonAsync("/api/invitations/accept", new { invitation, password = Password, code = authenticator.NextCode() });
        Assert.True(accepted.IsSuccessStatusCode);
        return authenticator;
    }

    /// <returns>The cookie as the browser sends it back.</returns>
    private static async Task<string> SignInAsync(HttpClient browser, Authenticator person)
    {
        using var form = new FormUrlEncodedContent([new("name", "idle"), new("password", Password), new("code", person.NextCode()), new("return", "/deposits")]);
        using var answer = await browser.PostAsync("/sign-in", form);
        Assert.Equal("/deposits", answer.Headers.Location?.OriginalString);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<JsonNode> SaidAsync(HttpResponseMessage answer)
    {
        using (answer) return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>The system's clock, so far ahead; the time of day stays, since tickets end by it.</summary>
    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
    }
}
