using System.Net;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The list of studies: found by card number, at an address without it.</summary>
public sealed partial class ImageListPageTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_is_found_has_an_address_that_does_not_name_the_card_number()
    {
        KeepStudy();
        using var found = await FindAsync("a123456(3)");
        Assert.Equal((HttpStatusCode.SeeOther, $"/images/of/{FakeIdentities.Citizen.Id}"), (found.StatusCode, found.Headers.Location?.OriginalString));

        var list = await hub.Browsing(Role.Clinician).GetStringAsync(found.Headers.Location);
        Assert.Contains("""<a href="/images/1.2.3" data-open>CT CHEST</a>""", list, StringComparison.Ordinal);
        Assert.Contains($"href=\"/images/of/{FakeIdentities.Citizen.Id}\" aria-label=\"Back to the studies\"", await hub.Browsing(Role.Clinician).GetStringAsync("/images/1.2.3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_known_and_whose_images_may_not_be_shown_look_alike()
    {
        using var unknown = await FindAsync("G123456(A)");
        using var withheld = await FindAsync("A123456(3)");
        var (one, other) = (await unknown.Content.ReadAsStringAsync(), await withheld.Content.ReadAsStringAsync());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (unknown.StatusCode, withheld.StatusCode));
        Assert.Contains("No images that may be shown", one, StringComparison.Ordinal);
        Assert.Equal(Alike(one.Replace("G123456(A)", "A123456(3)", StringComparison.Ordinal)), Alike(other));
        Assert.Contains("No images that may be shown", await hub.Browsing(Role.Clinician).GetStringAsync("/images/of/nobody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_number_is_said_to_be_one_and_stays_in_the_form()
    {
        using var answer = await FindAsync("a123456(4)");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("<b>402</b>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"a123456(4)\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_finds_nobody_else()
    {
        KeepStudy();
        var citizen = hub.Browsing(Role.Citizen);
        Assert.Contains("CT CHEST", await citizen.GetStringAsync("/images"), StringComparison.Ordinal);
        Assert.DoesNotContain("CT CHEST", await citizen.GetStringAsync($"/images/of/{FakeIdentities.Citizen.Id}"), StringComparison.Ordinal);
        Assert.Contains("""<a class="button" href="/images" aria-label""", await citizen.GetStringAsync("/images/1.2.3"), StringComparison.Ordinal);
    }

    private void KeepStudy() => hub.Images.Studies.Add(
        new(new("1.2.3", "", ""), FakeIdentities.Citizen.Id, "centre", InstanceState.Filed, ["""{"00081030":{"vr":"LO","Value":["CT CHEST"]}}"""u8.ToArray()]));

    private async Task<HttpResponseMessage> FindAsync(string number)
    {
        var client = hub.Browsing(Role.Clinician);
        var token = Token().Match(await client.GetStringAsync("/images")).Groups[1].Value;
        return await client.PostAsync("/images", new FormUrlEncodedContent([new("antiforgery", token), new("number", number)]));
    }

    /// <summary>Without the clock of the bar.</summary>
    private static string Alike(string page) => Clock().Replace(page, "");

    [GeneratedRegex("action=\"/images\"><input type=\"hidden\" name=\"antiforgery\" value=\"([0-9a-f]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("<time [^<]*</time>", RegexOptions.None, 1000)]
    private static partial Regex Clock();
}
