using EHealthPlus.Tests.EndToEnd.Browsing;
using EHealthPlus.Tests.EndToEnd.Running;
using Microsoft.Playwright;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The console in a real browser, as the integration engineer and the operator use it.</summary>
public sealed class ConsoleTest(RunningHub running) : IClassFixture<RunningHub>, IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private HubProcess Hub => running.Hub;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists("/usr/bin/chromium"), "Chromium is not installed: ./test installs it");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await running.EnrolAsync(50);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Result(50, $"CONSOLE{Guid.NewGuid():N}", "CONSOLE", enhanced: false));
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    [Fact]
    public async Task Nobody_sees_anything_without_signing_in()
    {
        var page = await browser.NewPageAsync();

        await page.GotoAsync(Url("/deposits"));

        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_engineer_sees_message_tree_fhir_ledger_timeline_and_answer_of_a_deposit()
    {
        var page = await SignedInAsync("integration-engineer");
        var faults = new List<string>();
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, line) => { if (line.Type == "error") faults.Add(line.Text); };

        await page.GotoAsync(Url($"/deposits/{await running.NewestDepositAsync()}"));
        var tabs = await page.GetByRole(AriaRole.Tab).AllAsync();
        Assert.Equal(6, tabs.Count);
        var seen = "";
        foreach (var tab in tabs)
        {
            await tab.ClickAsync();
            await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
            seen += await page.Locator("main").InnerTextAsync();
        }

        Assert.Contains("718-7", seen, StringComparison.Ordinal);
        Assert.Contains("OBX-5", seen, StringComparison.Ordinal);
        Assert.Contains("valueQuantity.value", seen, StringComparison.Ordinal);
        Assert.Contains("MSA", seen, StringComparison.Ordinal);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_operator_sees_the_flow_and_no_patient_data()
    {
        var page = await SignedInAsync("operator");

        await page.GotoAsync(Url($"/deposits/{await running.NewestDepositAsync()}"));
        var shown = await page.ContentAsync();

        Assert.DoesNotContain("TESTPATIENT", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Messages.DocumentNumber(50), shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_scrolls_sideways_at_1366_by_768()
    {
        var page = await SignedInAsync("integration-engineer");
        await page.SetViewportSizeAsync(1366, 768);

        foreach (var path in new[] { "/", "/deposits", $"/deposits/{await running.NewestDepositAsync()}", "/uploads", "/sources", "/rejections" })
        {
            await page.GotoAsync(Url(path));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} scrolls sideways");
        }
    }

    [Fact]
    public async Task A_citizen_reads_who_looked_on_a_phone()
    {
        await Cli.RunAsync(Hub, "enrol", "A1234563", "--family", "TESTPATIENT", "--given", "Specimen", "--sex", "F", "--born", "1962-03-14");
        await Cli.RunAsync(Hub, "consent", "list", "A1234563");
        var page = await SignedInAsync("citizen");
        await page.SetViewportSizeAsync(390, 844);

        foreach (var path in new[] { "/looks", "/images" })
        {
            await page.GotoAsync(Url(path));
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            foreach (var part in await page.Locator("header.top nav a, header.top button:visible, main td:visible").AllAsync())
            {
                var box = await part.BoundingBoxAsync();
                Assert.True(box is { X: >= 0 } && box.X + box.Width <= 390, $"{path}: {await part.InnerTextAsync()}");
            }
        }

        await page.GotoAsync(Url("/looks"));
        Assert.Contains("Registrar", await page.Locator("main td[data-name=Who]").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_engineer_uploads_a_file_and_sees_what_became_of_it()
    {
        var page = await SignedInAsync("integration-engineer");
        await page.GotoAsync(Url("/uploads"));

        await page.Locator("select[name=source]").SelectOptionAsync("demo-lis");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "console.hl7", MimeType = "text/plain",
            Buffer = System.Text.Encoding.UTF8.GetBytes(Messages.Result(50, $"UPLOAD{Guid.NewGuid():N}", "UPLOAD", enhanced: false) + Messages.Result(999, $"UPLOAD{Guid.NewGuid():N}", "UPLOAD", enhanced: false)),
        });
        await page.Locator("form.filters button").ClickAsync();

        // The page fetches its table anew by itself.
        var row = page.Locator("#uploads tr", new() { HasText = "console.hl7" });
        await row.Locator("a[download]").WaitForAsync(new() { Timeout = 30_000 });
        Assert.Contains("403", await row.InnerTextAsync(), StringComparison.Ordinal);
        var answer = await page.RunAndWaitForDownloadAsync(() => row.Locator("a[download]").ClickAsync());
        Assert.Equal("console.hl7.ack", answer.SuggestedFilename);
    }

    [Fact]
    public async Task The_console_speaks_traditional_chinese()
    {
        var page = await SignedInAsync("operator", "zh-HK");

        await page.GotoAsync(Url("/"));

        Assert.StartsWith("zh-H", await page.Locator("html").GetAttributeAsync("lang"), StringComparison.Ordinal);
        Assert.Matches("[\u4e00-\u9fff]{2,}", await page.Locator("main").InnerTextAsync());
    }

    private async Task<IPage> SignedInAsync(string role, string locale = "en-GB")
    {
        var context = await browser.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = 1366, Height = 768 } });
        var page = await context.NewPageAsync();
        await page.SignInAsync(Url("/sign-in"), Hub.Token(role));
        return page;
    }

    private string Url(string path) => $"http://127.0.0.1:{Hub.HttpPort}{path}";
}
