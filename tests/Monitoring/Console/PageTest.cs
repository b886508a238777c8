using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Pages: hostile input, forms, filters, languages.</summary>
public sealed partial class PageTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("message")]
    [InlineData("tree")]
    [InlineData("fhir")]
    [InlineData("ledger")]
    [InlineData("acknowledgement")]
    [InlineData("repair")]
    public async Task A_hostile_message_stays_text(string tab)
    {
        using var answer = await hub.As(Role.IntegrationEngineer).GetAsync($"/deposits/7/{tab}");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>no</b>", page, StringComparison.Ordinal);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/deposits?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&state=%3Cscript%3E")]
    [InlineData("/rejections?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task No_page_has_an_inline_script_or_style(string path)
    {
        var page = await hub.As(Role.Operator).GetStringAsync(path);

        Assert.Empty(Inline().Matches(page));
    }

    [Fact]
    public async Task An_address_without_a_page_says_so_to_browsers_and_to_programs()
    {
        using var browser = hub.As(Role.Operator);
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml");
        using var page = await browser.GetAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("<h1>No such page or deposit</h1>", text, StringComparison.Ordinal);
        Assert.Contains("""<p><a href="/">Back to Flow</a></p>""", text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        using var program = await hub.As(Role.Operator).GetAsync("/api/nowhere");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (program.StatusCode, program.Content.Headers.ContentType?.MediaType));
        using var stranger = await hub.Anonymous().GetAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var wrong = await hub.As(Role.Operator).DeleteAsync("/api/deposits");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Contains("Methods here: GET", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Operator, "g k", "g a")]
    [InlineData(Role.Auditor, "g a", "g f")]
    public async Task The_help_names_the_keys_of_the_pages_that_one_may_open(Role role, string own, string foreign)
    {
        var page = await hub.As(role).GetStringAsync("/rejections");

        Assert.Contains($"<kbd>{own}</kbd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"<kbd>{foreign}</kbd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_title_of_a_deposit_says_that_it_is_one() =>
        Assert.Contains("<title>Deposit 7 Timeline ·", await hub.As(Role.Operator).GetStringAsync("/deposits/7/timeline"), StringComparison.Ordinal);

    [Fact]
    public async Task The_sources_show_the_application_entities()
    {
        hub.Peers.All = [new("CT<1>", "pacs", "pacs.example", 104, "ISO_IR 192", MayQuery: true), new("OLD", "pacs", MayStore: false, Active: false)];

        var page = await hub.As(Role.Operator).GetStringAsync("/sources");

        Assert.Matches("<code>CT&lt;1&gt;</code>.*pacs.example:104.*ISO_IR 192.*query and retrieve.*<code>OLD</code>.*only calls us.*Suspended", page.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData(null, "none needed", "the location's")]
    [InlineData("main", "the location's", "none needed")]
    public async Task The_sources_say_whose_certificate_is_asked_for(string? certified, string said, string unsaid)
    {
        hub.Credentials.Certified = certified;

        var page = WebUtility.HtmlDecode(await hub.As(Role.Operator).GetStringAsync("/sources"));

        Assert.Contains($"<small>{said}</small>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(unsaid, page, StringComparison.Ordinal);
    }

    /// <summary>They sent before this start: the store knows, and is asked for sixty at a time.</summary>
    [Fact]
    public async Task A_source_that_was_not_looked_up_is_not_said_to_have_sent_never()
    {
        for (var number = 1; number <= 60; number++) await hub.Registry.SaveAsync(new Source($"s{number}", "synthetic-hospital", "main", $"A{number}", "SYN"), TestContext.Current.CancellationToken);

        var first = await hub.As(Role.Operator).GetStringAsync("/sources");
        var second = await hub.As(Role.Operator).GetStringAsync("/sources");

        Assert.Contains("<td>–</td>", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<small>never</small>", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>–</td>", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_unknown_source_the_store_tells_the_last_message()
    {
        hub.Days.Add(new(null, 3, 0, 3, 0, 0));

        await hub.As(Role.Operator).GetStringAsync("/");

        Assert.Contains(hub.Asked, filter => filter is { WithoutSource: true, SourceId: null, Count: 1 });
        Assert.DoesNotContain(hub.Asked, filter => filter.SourceId is "unknown");
    }

    /// <summary>Watching alone keeps no session: the stream ends when the session does, and the page says so.</summary>
    [Fact(Timeout = 30_000)]
    public async Task The_stream_of_the_flow_keeps_no_session_and_ends_with_it()
    {
        hub.Idle = true;

        var sent = await hub.Browsing(Role.Operator).GetStringAsync("/flow/stream", TestContext.Current.CancellationToken);

        Assert.StartsWith("data: ", sent, StringComparison.Ordinal);
        Assert.Empty(hub.PagesShown);
    }

    [Fact]
    public async Task The_sources_show_the_map_files_and_their_faults()
    {
        hub.Files = [new("clinic.json", "his", 9, DateTimeOffset.UnixEpoch, ["clinic.json:12: M07 R4 has no Patient.<b>no</b>"])];

        var page = await hub.As(Role.Operator).GetStringAsync("/sources");

        Assert.Contains("<code>clinic.json</code>", page, StringComparison.Ordinal);
        Assert.Contains("clinic.json:12: M07 R4 has no Patient.&lt;b&gt;no", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var answer = await hub.Anonymous().PostAsync("/sign-in", Form(("token", " operator "), ("return", "/deposits")));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("ehealthplus-console=operator;", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal("/deposits", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Sign_in_leads_to_no_other_site(string target)
    {
        using var answer = await hub.Anonymous().PostAsync("/sign-in", Form(("token", "operator"), ("return", target)));

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/deposits?q=\u00e9", "/deposits?q=%C3%A9")]
    [InlineData("/deposits?q=\u75c5\U00020BB7", "/deposits?q=%E7%97%85%F0%A0%AE%B7")]
    public async Task Sign_in_leads_to_an_address_whatever_letters_a_form_put_into_it(string target, string expected)
    {
        using var answer = await hub.Anonymous().PostAsync("/sign-in", Form(("token", "operator"), ("return", target)));

        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using var answer = await hub.Anonymous().PostAsync("/sign-in", Form(("token", "guess")));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(20_000, false)]
    public async Task A_sign_out_is_read_as_a_small_form(int padding, bool signedOut)
    {
        using var browser = hub.Browsing(Role.Operator);
        var token = FormToken().Match(await browser.GetStringAsync("/deposits/7/replay")).Groups[1].Value;
        using var answer = await browser.PostAsync("/sign-out", Form(("antiforgery", token), ("padding", new('x', padding))));
        Assert.Equal(signedOut, hub.Credentials.Changes.Contains("sign-out operator"));
    }

    [Fact]
    public async Task A_replay_needs_the_sessions_form_token()
    {
        using var browser = hub.Browsing(Role.Operator);
        using var forged = await browser.PostAsync("/deposits/7/replay", Form(("antiforgery", "0")));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(hub.Replayed);

        var token = FormToken().Match(await browser.GetStringAsync("/deposits/7/replay")).Groups[1].Value;
        using var answer = await browser.PostAsync("/deposits/7/replay", Form(("antiforgery", token)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal((new(7), "demo-operator"), Assert.Single(hub.Replayed));
        Assert.Contains("Deposit 7 is being processed again", await browser.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_keeps_the_bytes_that_the_form_means()
    {
        using var browser = hub.Browsing(Role.IntegrationEngineer);
        var token = FormToken().Match(await browser.GetStringAsync("/deposits/7/repair")).Groups[1].Value;

        using var answer = await browser.PostAsync("/deposits/7/repair", Form(("antiforgery", token), ("action", "keep"), ("message", "MSH|^~\\&|HIS\r\nPID|1||測⟦0B⟧\r\n")));

        Assert.Equal((HttpStatusCode.SeeOther, "/deposits/7/message?done=repair"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal("MSH|^~\\&|HIS\rPID|1||測\u000b\r", Encoding.UTF8.GetString(Assert.Single(hub.Repaired)));
    }

    [Fact]
    public async Task A_repair_that_does_not_read_is_not_kept()
    {
        using var browser = hub.Browsing(Role.IntegrationEngineer);
        var token = FormToken().Match(await browser.GetStringAsync("/deposits/7/repair")).Groups[1].Value;

        var page = await (await browser.PostAsync("/deposits/7/repair", Form(("antiforgery", token), ("action", "keep"), ("message", "PID|1")))).Content.ReadAsStringAsync();

        Assert.Contains("<b>201</b>", page, StringComparison.Ordinal);
        Assert.Empty(hub.Repaired);
    }

    [Fact]
    public async Task A_delivered_deposit_offers_no_replay()
    {
        hub.State = DepositState.Delivered;

        Assert.DoesNotContain("/deposits/7/replay", await hub.As(Role.Operator).GetStringAsync("/deposits/7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_are_read_from_the_address()
    {
        await hub.As(Role.Operator).GetStringAsync("/deposits?source=his&state=awaiting-retry&code=501&type=adt%5Ea01&q=C1&from=2026-11-21T09:00&until=2026-11-21T10:00&before=99");

        Assert.Contains(hub.Asked, filter => filter == new DepositFilter(
            "his", DepositState.AwaitingRetry, RejectionCode.JoiningConsentMissing, "ADT^A01", "C1",
            new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(8)), new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.FromHours(8)), new(99), 51));
    }

    [Fact]
    public async Task The_flow_leads_to_what_it_counts()
    {
        var page = await hub.As(Role.Operator).GetStringAsync("/");

        Assert.Matches("href=\"/deposits\\?code=501&amp;from=[0-9]{4}-[0-9-]+T[0-9:]+\"", page);
        // Nothing came since the start: the store knows when the source sent last.
        Assert.Contains("1970-01-01 08:00:00", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Received <span>10 s</span></dt>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_scrolls_in_a_box_of_its_own_is_reached_by_keys()
    {
        using var engineer = hub.As(Role.IntegrationEngineer);

        Assert.Contains("id=\"raw-linked\" tabindex=\"0\" aria-label=\"Message\"", await engineer.GetStringAsync("/deposits/7/ledger"), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"raw-received\" tabindex", await engineer.GetStringAsync("/deposits/7/message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_view_is_told_that_its_session_is_over()
    {
        using var answer = await hub.Anonymous().GetAsync("/flow/stream?window=5");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_language_follows_the_reader()
    {
        using var client = hub.As(Role.Operator);
        Assert.Contains("lang=\"en\"", await client.GetStringAsync("/"), StringComparison.Ordinal);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-HK, en;q=0.5");
        var chinese = await client.GetStringAsync("/");
        Assert.Contains("lang=\"zh-Hant-HK\"", chinese, StringComparison.Ordinal);
        Assert.Contains("此人未曾給予參與同意", chinese, StringComparison.Ordinal);
        client.DefaultRequestHeaders.Add("Cookie", "ehealthplus-language=en");
        Assert.Contains("lang=\"en\"", await client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));

    [GeneratedRegex("<script(?![^>]* src=)|<style| style=|\\son[a-z]+=\"")]
    private static partial Regex Inline();

    [GeneratedRegex("action=\"/deposits/7/re[a-z]+\"><input type=\"hidden\" name=\"antiforgery\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex FormToken();
}
