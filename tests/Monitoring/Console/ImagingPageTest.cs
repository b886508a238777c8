using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>The page of what has not found its other half, and who may replay there.</summary>
public sealed class ImagingPageTest : IAsyncDisposable
{
    private readonly FakeHub hub = new();

    public ImagingPageTest()
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-3);
        hub.Imaging.Lines.Add(new(ImagingMismatch.StudyWaiting, at, "<pacs>", "", "1.2.3", 250, 0, new(7), DepositState.Quarantined, RejectionCode.PersonUnknown));
        hub.Imaging.Lines.Add(new(ImagingMismatch.OrderWithoutImages, at, "ris", "ACC7", null, 0, 0, new(8), DepositState.Delivered, null, 31, "8.0"));
        hub.Imaging.Lines.Add(new(
            ImagingMismatch.OrderWithoutImages, at, "ris", "ACC9", null, 0, 0, new(9), DepositState.Delivered, null, 32, "9.0", new(at.AddDays(1), "operator.two", DismissalReason.Other, "<moved>")));
        hub.Imaging.Lines.Add(new(ImagingMismatch.ImagesWithoutOrder, at, "pacs", "", "1.2.4", 3, 0, new(9), DepositState.Delivered, null));
        hub.Imaging.Lines.Add(new(ImagingMismatch.InstancesMissing, at, "ris", "ACC8", "1.2.5", 118, 2, null, null, null, 41, "2.119"));
        hub.Imaging.Lines.Add(new(ImagingMismatch.StudyOfTwoCitizens, at, "pacs", "ACC6", "1.2.6", 12, 0, new(11), DepositState.Delivered, null, 51, "4.7 5.9"));
        hub.Imaging.Lines.Add(new(ImagingMismatch.StudyNotAnnounced, at, "pacs", "ACC5", "1.2.7", 40, 0, null, null, null));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_study_that_waits_says_why_and_can_be_replayed_by_those_who_may()
    {
        var page = await hub.As(Role.Operator).GetStringAsync("/imaging");
        Assert.Contains("403 ", page, StringComparison.Ordinal);
        Assert.Contains("1.2.3", page, StringComparison.Ordinal);
        Assert.Contains("3 d", page, StringComparison.Ordinal);
        Assert.Contains("&lt;pacs&gt;", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/deposits/7/replay\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/deposits/7/replay\"", await hub.As(Role.Administrator).GetStringAsync("/imaging"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_and_images_stand_in_lists_of_their_own()
    {
        var orders = await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=orders");
        Assert.Contains("ACC7", orders, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.4", orders, StringComparison.Ordinal);
        Assert.Contains("1.2.7", await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=unread"), StringComparison.Ordinal);
        var images = await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=images");
        Assert.Contains("1.2.4", images, StringComparison.Ordinal);
        Assert.Contains("none stated", images, StringComparison.Ordinal);
        Assert.DoesNotContain("ACC7", images, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_tab_says_how_many_are_open_under_it()
    {
        var page = await hub.As(Role.Operator).GetStringAsync("/imaging");

        Assert.Contains("Orders without images <small>1</small>", page, StringComparison.Ordinal);
        Assert.Contains("One study UID, two citizens <small>1</small>", page, StringComparison.Ordinal);
        // Each is read once, the one that is shown too.
        Assert.Equal(Enum.GetValues<ImagingMismatch>(), hub.Imaging.Listed.Order());
    }

    [Fact]
    public async Task A_study_that_is_short_of_images_says_how_many_came_and_how_many_did_not()
    {
        var page = await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=missing");
        Assert.Contains("Images that have not come", page, StringComparison.Ordinal);
        Assert.Contains("""<td class="mono">1.2.5</td><td class="n">118</td><td class="n">2</td>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/deposits/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_asked_for_with_HEAD_by_those_who_may_see_it()
    {
        using var page = await hub.As(Role.IntegrationEngineer).SendAsync(new(HttpMethod.Head, "/imaging"));
        Assert.Equal((System.Net.HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        using var refused = await hub.As(Role.Citizen).SendAsync(new(HttpMethod.Head, "/imaging"));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_study_UID_of_two_citizens_is_a_list_that_leads_to_the_deposit()
    {
        var page = await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=citizens");
        Assert.Contains("One study UID, two citizens", page, StringComparison.Ordinal);
        Assert.Contains("""<td class="mono">1.2.6</td><td class="n">12</td>""", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/deposits/11\"", page, StringComparison.Ordinal);
        Assert.Contains("Both sources are right", await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging/citizens/51/dismiss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_dismissed_with_one_of_the_reasons_and_as_it_was_seen()
    {
        var list = await hub.As(Role.Operator).GetStringAsync("/imaging?list=missing");
        Assert.Contains("href=\"/imaging/missing/41/dismiss\"", list, StringComparison.Ordinal);
        var page = await hub.As(Role.Operator).GetStringAsync("/imaging/missing/41/dismiss");
        Assert.Contains("name=\"known\" value=\"2.119\"", page, StringComparison.Ordinal);
        Assert.Contains("1.2.5", page, StringComparison.Ordinal);

        using var answer = await PostAsync("/imaging/missing/41/dismiss", ("known", "2.119"), ("reason", "2"), ("note", "at the other site"));
        Assert.Equal("/imaging?list=missing", answer.Headers.Location?.OriginalString);
        Assert.Equal((ImagingMismatch.InstancesMissing, 41, "2.119", DismissalReason.KeptElsewhere, "at the other site", "demo-operator"), Assert.Single(hub.Imaging.Dismissed));
    }

    [Fact]
    public async Task What_is_dismissed_says_who_and_why_and_is_brought_back()
    {
        var open = await hub.As(Role.Operator).GetStringAsync("/imaging?list=orders");
        Assert.DoesNotContain("ACC9", open, StringComparison.Ordinal);
        var page = await hub.As(Role.Operator).GetStringAsync("/imaging?list=orders&dismissed=1");
        Assert.DoesNotContain("ACC7", page, StringComparison.Ordinal);
        foreach (var said in (string[])["ACC9", "operator.two", "Another reason", "&lt;moved&gt;", "action=\"/imaging/orders/32/bring-back\""]) Assert.Contains(said, page, StringComparison.Ordinal);
        using var answer = await PostAsync("/imaging/orders/32/bring-back");
        Assert.Equal("/imaging?list=orders&dismissed=1", answer.Headers.Location?.OriginalString);
        Assert.Equal((ImagingMismatch.OrderWithoutImages, 32), Assert.Single(hub.Imaging.BroughtBack));
    }

    [Fact]
    public async Task A_refusal_is_said_and_a_line_that_is_gone_is_not_found()
    {
        hub.Imaging.Refusal = new(RejectionCode.VersionConflict, "Something new came", null, "有新資料");
        using var refused = await PostAsync("/imaging/orders/31/dismiss", ("known", "8.0"), ("reason", "1"), ("note", ""));
        Assert.Contains("Something new came", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var gone = await hub.As(Role.Operator).GetAsync("/imaging/orders/32/dismiss");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Only_those_who_work_the_desk_dismiss()
    {
        Assert.DoesNotContain("/dismiss\"", await hub.As(Role.Administrator).GetStringAsync("/imaging?list=orders"), StringComparison.Ordinal);
        Assert.DoesNotContain("/dismiss\"", await hub.As(Role.Operator).GetStringAsync("/imaging?list=images"), StringComparison.Ordinal);
        foreach (var address in (string[])["dismiss", "bring-back"])
        {
            using var answer = await hub.As(Role.Administrator).PostAsync($"/imaging/orders/31/{address}", new FormUrlEncodedContent([new("known", "8.0"), new("reason", "1")]));
            Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(hub.Imaging.Dismissed);
        Assert.Empty(hub.Imaging.BroughtBack);
    }

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        hub.As(Role.Operator).PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
}
