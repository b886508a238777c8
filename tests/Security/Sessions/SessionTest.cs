using System.Net;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Sessions;

/// <summary>The console's session: a cookie that only this hub reads, made at the sign-in and dead after the sign-out.</summary>
public sealed class SessionTest(AttackedHub attacked)
{
    private const string Cookie = "ehealthplus-console";

    [Fact]
    public async Task The_cookie_is_for_this_hub_over_TLS_alone_ends_when_idle_and_no_script_reads_it()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");
        var (status, cookies) = await SignInAsync(person, null);

        Assert.Equal(302, status);
        var attributes = Assert.Single(cookies, cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal)).Split("; ")[1..].Select(attribute => attribute.ToLowerInvariant()).Order(StringComparer.Ordinal);
        Assert.Equal(["httponly", "max-age=900", "path=/", "samesite=strict", "secure"], attributes);
    }

    [Fact]
    public async Task A_session_that_an_attacker_set_beforehand_is_not_the_one_that_is_signed_in()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");
        const string Planted = "planted-by-an-attacker";

        var (_, cookies) = await SignInAsync(person, Planted);

        Assert.DoesNotContain(Planted, cookies.Single(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.False(await LetsInAsync(Planted));
    }

    [Fact]
    public async Task A_cookie_that_was_changed_lets_nobody_in()
    {
        var session = await (await InvitedPerson.MakeAsync(attacked, "operator")).SignInAsync();
        Assert.True(await LetsInAsync(session));
        for (var at = 0; at < session.Length; at += 11) Assert.False(await LetsInAsync(session[..at] + (session[at] == 'A' ? 'B' : 'A') + session[(at + 1)..]));
    }

    [Fact]
    public async Task After_the_sign_out_a_copy_of_the_session_is_worth_nothing()
    {
        var session = await (await InvitedPerson.MakeAsync(attacked, "operator")).SignInAsync();
        using var browser = Browser(session);
        var page = await browser.GetStringAsync("/deposits", TestContext.Current.CancellationToken);
        var formToken = page.Split("name=\"antiforgery\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent([new("antiforgery", formToken)]);
        var (_, cleared) = await SendAsync(browser, "/sign-out", form);

        Assert.Contains(cleared, cookie => cookie.StartsWith(Cookie + "=;", StringComparison.Ordinal));
        Assert.False(await LetsInAsync(session));
        using var program = attacked.Hub.Anonymous();
        program.DefaultRequestHeaders.Authorization = new("Bearer", session);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/flow", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_suspended_account_and_one_that_was_invited_anew_lose_their_sessions()
    {
        var (first, second) = (await InvitedPerson.MakeAsync(attacked, "operator"), await InvitedPerson.MakeAsync(attacked, "operator"));
        var (suspended, renewed) = (await first.SignInAsync(), await second.SignInAsync());
        await attacked.PostAsync("administrator", $"/api/accounts/{first.Name}/suspend", new { });
        await attacked.PostAsync("administrator", "/api/accounts", new { name = second.Name, role = "auditor" });

        Assert.False(await LetsInAsync(suspended));
        Assert.False(await LetsInAsync(renewed));
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("\\/elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/deposits\r\nSet-Cookie: taken=1")]
    public async Task The_sign_in_leads_to_no_other_site(string back)
    {
        using var browser = Browser(null);
        using var form = new FormUrlEncodedContent([new("token", attacked.Hub.Token("operator")), new("return", back)]);
        var (status, _, location) = await PostAsync(browser, "/sign-in", form);

        Assert.Equal((302, "/"), (status, location));
    }

    private async Task<(int Status, IReadOnlyList<string> Cookies)> SignInAsync(InvitedPerson person, string? planted)
    {
        using var browser = Browser(planted);
        using var form = new FormUrlEncodedContent([new("name", person.Name), new("password", InvitedPerson.Password), new("code", person.NextCode()), new("return", "/")]);
        return await SendAsync(browser, "/sign-in", form);
    }

    private async Task<bool> LetsInAsync(string session)
    {
        using var browser = Browser(session);
        using var answer = await browser.GetAsync("/deposits", TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<(int Status, IReadOnlyList<string> Cookies)> SendAsync(HttpClient browser, string path, HttpContent form)
    {
        var (status, cookies, _) = await PostAsync(browser, path, form);
        return (status, cookies);
    }

    private static async Task<(int Status, IReadOnlyList<string> Cookies, string? Location)> PostAsync(HttpClient browser, string path, HttpContent form)
    {
        using var answer = await browser.PostAsync(path, form, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [], answer.Headers.Location?.OriginalString);
    }

    private HttpClient Browser(string? session) => attacked.Browser(session);
}
