using System.Net;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The review queue and the persons, for registrars.</summary>
public sealed partial class IdentityPageTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_queue_lists_what_waits()
    {
        var page = await hub.Browsing(Role.Registrar).GetStringAsync("/identities");
        Assert.Contains("""<a href="/identities/5" data-open>5</a>""", page, StringComparison.Ordinal);
        Assert.Contains("No identity card number", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>SYN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_stands_side_by_side_and_each_look_is_audited()
    {
        var page = await hub.Browsing(Role.Registrar).GetStringAsync("/identities/5");
        Assert.Matches("""<td class="near"><b>TESTPATIENT SYNTHETIC .+</b> <small>sounds alike</small>""", page);
        Assert.Contains("""<td class="differs"><b>1980-02-29</b> <small>differs</small>""", page, StringComparison.Ordinal);
        Assert.Contains("TESTPATIENT&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("data-choice=\"1\"", page, StringComparison.Ordinal);
        var entry = Assert.Single(hub.Audit);
        Assert.Equal(("review", FakeIdentities.Citizen.Id, "IdentityReview/5"), (entry.Action, entry.PersonId, entry.Target));
    }

    [Fact]
    public async Task It_is_said_in_Chinese_too()
    {
        var client = hub.Browsing(Role.Registrar);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-HK");
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/identities/5"));
        Assert.Contains("讀音相近", page, StringComparison.Ordinal);
        Assert.Contains("並非以上任何人", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "decide 5 0123456789abcdef0123456789abcdef demo-registrar Card seen")]
    [InlineData("nobody", "decide 5  demo-registrar Card seen")]
    public async Task A_decision_goes_to_the_desk_with_its_reason(string choice, string asked)
    {
        using var answer = await PostAsync("/identities/5", ("person", choice), ("reason", "Card seen"));
        Assert.Equal("/identities", answer.Headers.Location?.OriginalString);
        Assert.Equal(asked, Assert.Single(hub.Identities.Asked));
    }

    [Fact]
    public async Task Somebody_who_is_no_candidate_is_not_chosen()
    {
        using var answer = await PostAsync("/identities/5", ("person", "ffffffffffffffffffffffffffffffff"), ("reason", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(hub.Identities.Asked);
    }

    [Fact]
    public async Task A_refusal_by_the_desk_is_shown_with_its_number()
    {
        using var answer = await PostAsync("/identities/5", ("person", FakeIdentities.Citizen.Id), ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("411", page, StringComparison.Ordinal);
        Assert.Contains("data-choice=\"1\" checked>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_without_the_forms_token_does_nothing()
    {
        using var answer = await hub.Browsing(Role.Registrar).PostAsync("/identities/5", new FormUrlEncodedContent([new("person", "nobody"), new("reason", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(hub.Identities.Asked);
    }

    [Fact]
    public async Task A_person_is_found_by_number_and_shown_with_assurance_and_history()
    {
        using var found = await PostAsync("/persons", ("number", "a123456(3)"));
        hub.Audit.RemoveAt(0);
        Assert.Equal($"/persons/{FakeIdentities.Citizen.Id}", found.Headers.Location?.OriginalString);
        var page = await hub.Browsing(Role.Registrar).GetStringAsync(found.Headers.Location);
        Assert.Contains("chip read", page, StringComparison.Ordinal);
        Assert.Contains("Card &lt;b&gt;seen&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Equal(["search", "read"], hub.Audit.Select(entry => entry.Action));
        foreach (var (number, code) in ((string, string)[])[("G123456A", "403"), (FakeIdentities.Mistyped, "402")])
        {
            using var nobody = await PostAsync("/persons", ("number", number));
            var shown = await nobody.Content.ReadAsStringAsync();
            Assert.Contains($"<b>{code}</b>", shown, StringComparison.Ordinal);
            Assert.Contains($"name=\"number\" value=\"{number}\"", shown, StringComparison.Ordinal);
        }

        using var nothing = await hub.As(Role.Registrar).GetAsync("/persons");
        Assert.Equal("/identities", nothing.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Unlink_merge_and_split_go_to_the_desk()
    {
        var id = FakeIdentities.Citizen.Id;
        using var unlinked = await PostAsync($"/persons/{id}/unlink", ("source", "his"), ("authority", "HOSP"), ("value", "MR1"), ("reason", "wrong"));
        using var merged = await PostAsync($"/persons/{id}/merge", ("number", "A123456(3)"), ("reason", "one person"));
        using var split = await PostAsync($"/persons/{id}/split", ("reason", "two persons"));
        Assert.Equal(["unlink MR1 wrong", $"merge {id} one person", $"split {id} two persons"], hub.Identities.Asked);
    }

    [Fact]
    public async Task A_merge_with_nobody_keeps_what_was_filled_in()
    {
        using var answer = await PostAsync($"/persons/{FakeIdentities.Citizen.Id}/merge", ("number", FakeIdentities.Mistyped), ("reason", "one person"));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<b>402</b>", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"number\" value=\"{FakeIdentities.Mistyped}\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"reason\" value=\"one person\"", page, StringComparison.Ordinal);
        Assert.Single(page.Split("value=\"one person\"")[1..]);
        Assert.Contains($"name=\"return\" value=\"/persons/{FakeIdentities.Citizen.Id}\"", page, StringComparison.Ordinal);
        Assert.Empty(hub.Identities.Asked);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var client = hub.Browsing(Role.Registrar);
        var token = Token().Match(await client.GetStringAsync("/identities/5")).Groups[1].Value;
        return await client.PostAsync(path, new FormUrlEncodedContent([new("antiforgery", token), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));
    }

    [GeneratedRegex("name=\"antiforgery\" value=\"([0-9a-f]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
