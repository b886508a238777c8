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
        hub.Imaging.Lines.Add(new(ImagingMismatch.OrderWithoutImages, at, "ris", "ACC7", null, 0, 0, new(8), DepositState.Delivered, null));
        hub.Imaging.Lines.Add(new(ImagingMismatch.ImagesWithoutOrder, at, "pacs", "", "1.2.4", 3, 0, new(9), DepositState.Delivered, null));
        hub.Imaging.Lines.Add(new(ImagingMismatch.InstancesMissing, at, "ris", "ACC8", "1.2.5", 118, 2, null, null, null));
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
        var images = await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=images");
        Assert.Contains("1.2.4", images, StringComparison.Ordinal);
        Assert.Contains("none stated", images, StringComparison.Ordinal);
        Assert.DoesNotContain("ACC7", images, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_is_short_of_images_says_how_many_came_and_how_many_did_not()
    {
        var page = await hub.As(Role.IntegrationEngineer).GetStringAsync("/imaging?list=missing");
        Assert.Contains("Images that have not come", page, StringComparison.Ordinal);
        Assert.Contains("""<td class="mono">1.2.5</td><td class="n">118</td><td class="n">2</td>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/deposits/", page, StringComparison.Ordinal);
    }
}
