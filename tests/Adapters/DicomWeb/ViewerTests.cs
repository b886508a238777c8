using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using Microsoft.Playwright;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>The image viewer of the console in a real browser, over the interface that it asks.</summary>
public sealed class ViewerTests : IAsyncLifetime
{
    private const int Patience = 60_000;

    /// <summary>What is drawn, without what stands over it.</summary>
    private const string Pixels = "document.querySelector('[data-pane=prior] canvas').toDataURL()";

    private readonly List<string> faults = [];
    private DicomWebUnderTest web = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists("/usr/bin/chromium"), "Chromium is not installed: ./test installs it");
        web = await DicomWebUnderTest.StartAsync();
        web.AddSeries(1, 2, 24);
        web.AddSeries(2, 2, 6);
        web.AddSeries(3, 2, 7);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await web.DisposeAsync();
    }

    [Fact]
    public async Task A_clinician_finds_a_study_scrolls_measures_and_compares_it_with_a_prior()
    {
        var page = await OpenAsync(Role.Clinician, new() { ViewportSize = new() { Width = 1366, Height = 768 } });
        await page.GotoAsync(Url("/images"));
        await page.FillAsync("input[name=number]", "A123456(3)");
        await page.ClickAsync("main form button");
        Assert.Contains("TESTPATIENT CHEST 測試病人", await page.InnerTextAsync("main table"), StringComparison.Ordinal);

        await page.ClickAsync($"a[href='/images/{SyntheticCt.Study(1)}']");
        await page.WaitForSelectorAsync("[data-pane=main][data-shown]", new() { Timeout = Patience });
        await SaysAsync(page, "main", "bottomLeft", "13/24");
        await SaysAsync(page, "main", "topLeft", "測試病人");
        Assert.Contains(OneReport.Conclusion, await page.InnerTextAsync(".study-report"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowDown");
        await SaysAsync(page, "main", "bottomLeft", "14/24");

        await page.Keyboard.PressAsync("l");
        await page.Mouse.MoveAsync(500, 300);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(700, 420, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("[data-pane=main] svg text").First).ToContainTextAsync("mm", new() { Timeout = Patience });

        await page.SelectOptionAsync("[data-window]", "1500,-600");
        await SaysAsync(page, "main", "bottomRight", "W 1500");
        await page.SelectOptionAsync("[data-prior]", SyntheticCt.Study(2));
        await page.WaitForSelectorAsync("[data-pane=prior][data-shown]", new() { Timeout = Patience });
        await SaysAsync(page, "prior", "bottomLeft", "4/6");
        await SaysAsync(page, "main", "bottomLeft", "14/24");
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "viewer-1366.png") });

        Assert.Empty(faults);
        Assert.All(web.Kept.Uses, use => Assert.Equal(ImagingUse.View, use));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_chosen_last_is_shown_though_what_was_chosen_before_comes_later(bool byProcessor)
    {
        var page = await OpenAsync(Role.Clinician, new() { ViewportSize = new() { Width = 1366, Height = 768 } });
        // Without WebGL the processor draws, and nothing but the place in its series tells one image from another there.
        if (byProcessor) await page.AddInitScriptAsync("const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };");
        var (metadata, image) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync($"**/studies/{SyntheticCt.Study(2)}/**", async route =>
        {
            await (route.Request.Url.EndsWith("/metadata", StringComparison.Ordinal) ? metadata : image).Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(Url($"/images/{SyntheticCt.Study(1)}"));
        await page.WaitForSelectorAsync("[data-pane=main][data-shown]", new() { Timeout = Patience });

        await page.SelectOptionAsync("[data-prior]", SyntheticCt.Study(2));
        await page.SelectOptionAsync("[data-prior]", SyntheticCt.Study(3));
        await SaysAsync(page, "prior", "bottomLeft", "4/7");
        metadata.SetResult();
        await page.WaitForTimeoutAsync(500);
        await SaysAsync(page, "prior", "bottomLeft", "4/7");
        var drawn = await DrawnAsync(page);

        // Of a series whose middle has the same place: its image is on its way when the other is chosen.
        await page.RunAndWaitForRequestAsync(
            () => page.SelectOptionAsync("[data-prior]", SyntheticCt.Study(2)),
            request => IsLateImage(request.Url));
        await page.SelectOptionAsync("[data-prior]", SyntheticCt.Study(3));
        await SaysAsync(page, "prior", "bottomLeft", "4/7");
        await DrawsAsync(page, drawn);
        await page.RunAndWaitForResponseAsync(
            () => { image.SetResult(); return Task.CompletedTask; },
            response => IsLateImage(response.Url));
        await page.WaitForTimeoutAsync(1000);
        await DrawsAsync(page, drawn);
        await SaysAsync(page, "prior", "bottomLeft", "4/7");
        Assert.Empty(faults);

        static bool IsLateImage(string url) => url.Contains($"/studies/{SyntheticCt.Study(2)}/", StringComparison.Ordinal) && url.Contains("/frames/", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_sees_the_own_images_on_a_phone_in_Chinese()
    {
        var page = await OpenAsync(
            Role.Citizen, new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2, Locale = "zh-HK" }, OnePerson.Number);
        await page.GotoAsync(Url("/images"));
        await page.TapAsync($"a[href='/images/{SyntheticCt.Study(1)}']");
        await page.WaitForSelectorAsync("[data-pane=main][data-shown]", new() { Timeout = Patience });
        await SaysAsync(page, "main", "bottomLeft", "影像 13/24");

        await page.Locator("[data-pane=main] [data-slider]").FillAsync("20");

        await SaysAsync(page, "main", "bottomLeft", "影像 21/24");
        Assert.Equal(390, await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"));
        Assert.True(await page.IsVisibleAsync("[data-tool=length]"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "viewer-390.png") });
        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_may_not_be_shown_looks_like_what_does_not_exist()
    {
        var page = await OpenAsync(Role.Clinician, new());

        var answer = await page.GotoAsync(Url("/images/1.2.3.4"));

        Assert.Equal(404, answer!.Status);
        await page.GotoAsync(Url("/images"));
        await page.FillAsync("input[name=number]", "G123456(A)");
        await page.ClickAsync("main form button");
        await page.GetByText("No images that may be shown").WaitForAsync();
        Assert.Contains(web.Audit, entry => entry is { Action: "search", PersonId: null });
    }

    private string Url(string path) => new Uri(web.Address, path).ToString();

    private async Task<IPage> OpenAsync(Role role, BrowserNewContextOptions options, string document = "")
    {
        var context = await browser.NewContextAsync(options);
        await context.AddCookiesAsync([new() { Name = ConsoleCookie.Name, Value = document.Length == 0 ? role.ToString() : $"{role}::document-{document}", Url = Url("/") }]);
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, line) =>
        {
            // The browser itself calls each answer of 404 an error, which one test asks for.
            if (line.Type == "error" && !line.Text.Contains("404", StringComparison.Ordinal)) faults.Add(line.Text);
        };
        return page;
    }

    /// <summary>What is drawn once something is, and nothing else comes after it: a label says what is to be drawn, not that it stands there.</summary>
    private static async Task<string> DrawnAsync(IPage page)
    {
        await page.WaitForFunctionAsync(
            "() => { const canvas = document.querySelector('[data-pane=prior] canvas'); return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value, at) => at % 4 < 3 && value > 0); }",
            null, new() { Timeout = Patience });
        var (before, drawn) = ("", await page.EvaluateAsync<string>(Pixels));
        while (drawn != before)
        {
            await page.WaitForTimeoutAsync(500);
            (before, drawn) = (drawn, await page.EvaluateAsync<string>(Pixels));
        }

        return drawn;
    }

    private static async Task DrawsAsync(IPage page, string drawn) =>
        await page.WaitForFunctionAsync($"drawn => {Pixels} === drawn", drawn, new() { Timeout = Patience });

    private static Task SaysAsync(IPage page, string pane, string corner, string text) =>
        Assertions.Expect(page.Locator($"[data-pane={pane}] [data-corner={corner}]")).ToContainTextAsync(text, new() { Timeout = Patience });
}
