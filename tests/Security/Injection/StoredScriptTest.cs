using EHealthPlus.Tests.EndToEnd.Browsing;
using EHealthPlus.Tests.Security.Attacking;
using Microsoft.Playwright;

namespace EHealthPlus.Tests.Security.Injection;

/// <summary>
/// Scripts in messages, file names and registers, seen on every page of the console in a real browser: none runs, none is even tried, and one that
/// got into a page all the same would be stopped by the content security policy.
/// </summary>
public sealed class StoredScriptTest(AttackedHub attacked) : IAsyncLifetime
{
    private const string Script = "<script>window.taken=1</script><img src=x onerror=window.taken=1>";

    private static readonly string Quoted = "\"'><svg onload=window.taken=1>";

    private static readonly string[] NoPages = ["/api", "/fhir", "/health", "/metrics", "/oauth", "/certificates", "/.well-known", "/assets", "/notices", "/flow/stream", "/dicomweb"];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private HubProcess Hub => attacked.Hub;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists("/usr/bin/chromium"), "Chromium is not installed: ./test installs it");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    [Fact]
    public async Task No_script_of_a_message_a_file_or_a_register_runs_on_any_page()
    {
        await FillAsync();
        using var engineer = Hub.Http("integration-engineer");
        var deposits = (await engineer.DepositsAsync("count=6")).Select(deposit => deposit!["id"]!.GetValue<long>()).ToList();
        foreach (var role in new[] { "integration-engineer", "registrar", "auditor" })
        {
            var page = await SignedInAsync(role);
            var tried = new List<string>();
            page.PageError += (_, fault) => tried.Add(fault);
            page.Dialog += (_, dialog) => tried.Add(dialog.Message);
            page.Console += (_, line) =>
            {
                if (line.Text.Contains("Content Security Policy", StringComparison.Ordinal)) tried.Add(line.Text);
            };
            foreach (var path in Pages(deposits))
            {
                var answer = await page.GotoAsync(Url(path), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                if (answer!.Status is 403 or 404) continue;
                Assert.False(await page.EvaluateAsync<bool>("'taken' in window"), $"{role} {path}: a script ran");
                Assert.True(tried.Count == 0, $"{role} {path}: {string.Join('\n', tried)}");
            }

            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_script_that_got_into_a_page_would_not_run()
    {
        var page = await SignedInAsync("operator");
        await page.GotoAsync(Url("/deposits"), new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        await page.EvaluateAsync("""
            document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.taken=1"><svg onload="window.taken=1"></svg><iframe srcdoc="<script>parent.taken=1</script>"></iframe>');
            const script = document.createElement('script'); script.textContent = 'window.taken=1'; document.body.append(script);
            const foreign = document.createElement('script'); foreign.src = 'https://elsewhere.example/a.js'; document.body.append(foreign);
            """);
        // The page's own script, which the policy lets run, is loaded after the others were tried.
        await page.EvaluateAsync($"new Promise((done, fail) => {{ const own = document.createElement('script'); own.src = '/assets/shell.js'; own.onload = done; own.onerror = fail; document.body.append(own); }})");

        Assert.False(await page.EvaluateAsync<bool>("'taken' in window"));
    }

    [Fact]
    public async Task No_other_site_frames_a_page()
    {
        var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();
        await page.SetContentAsync($"<iframe id=f src='{Url("/sign-in")}'></iframe>");
        await page.WaitForFunctionAsync("document.getElementById('f') !== null");

        Assert.DoesNotContain(page.Frames, frame => frame.Url.Contains("/sign-in", StringComparison.Ordinal) && frame != page.MainFrame);
    }

    /// <summary>Every page that the hub has, with the deposits that hold the scripts.</summary>
    private static IEnumerable<string> Pages(IReadOnlyList<long> deposits) => HubRoute.All
        .Where(route => route.Method == "GET" && !Array.Exists(NoPages, start => route.Template.StartsWith(start, StringComparison.Ordinal)))
        .SelectMany(route => route.Template.StartsWith("/deposits/{id", StringComparison.Ordinal)
            ? deposits.SelectMany(deposit => route.Parameters.Contains("tab")
                ? ((string[])["message", "tree", "fhir", "ledger", "timeline", "acknowledgement"]).Select(tab => $"/deposits/{deposit}/{tab}")
                : [route.With("id", $"{deposit}")])
            : [route.Harmless()])
        .Where(path => !path.EndsWith("/bytes", StringComparison.Ordinal) && !path.EndsWith(".csv", StringComparison.Ordinal) && !path.EndsWith("/answer", StringComparison.Ordinal))
        .Concat([$"/deposits?q={Uri.EscapeDataString(Script)}", $"/persons?number={Uri.EscapeDataString(Quoted)}", $"/sign-in?return=/{Uri.EscapeDataString(Quoted)}", $"/audit?person={Uri.EscapeDataString(Script)}"])
        .Distinct();

    private async Task FillAsync()
    {
        await attacked.EnrolAsync(160);
        string Hostile(string message) => message
            .Replace("Hemoglobin", Script, StringComparison.Ordinal).Replace("|13.50|", $"|{Quoted}|", StringComparison.Ordinal).Replace("|NM|718", "|ST|718", StringComparison.Ordinal)
            .Replace("P160", $"P160{Script}", StringComparison.Ordinal).Replace("|EHEALTHPLUS|", $"|{Script}|", StringComparison.Ordinal);
        await attacked.SendAsync(Hostile(Messages.Result(160, $"X{Quoted}", "160", enhanced: false)));
        await attacked.SendAsync(Hostile(Messages.Result(160, $"SCRIPT{Script}", "160", enhanced: false)));
        // Refused: nobody has this number, and the control id is a script.
        await attacked.SendAsync(Messages.Admit(160, $"{Script}2", Messages.Pid(160, "A1234564").Replace("TESTPATIENT", Script, StringComparison.Ordinal)));
        // No number: it waits for a registrar.
        await attacked.SendAsync(Messages.Admit(160, "SCRIPT-NAME", $"PID|1||{Script}^^^DEMO-HOSPITAL^MR||{Script}^{Quoted}||19800229|F"));
        await attacked.PostAsync("administrator", "/api/professionals", new { id = "dr-script", name = Script, nameChinese = Quoted, profession = "medical-practitioner", registrationNumber = Script });
        await attacked.PostAsync("administrator", "/api/providers", new { id = "script-provider", name = Script, nameChinese = Quoted, kind = "clinic" });
        await attacked.PostAsync("administrator", "/api/service-locations", new { id = "script-location", providerId = "script-provider", name = Script, nameChinese = Quoted });
        await attacked.PostAsync("administrator", "/api/sources", new
        {
            id = "script-source", providerId = "script-provider", serviceLocationId = "script-location", sendingApplication = Script, sendingFacility = Quoted, defaultCharacterSet = "UNICODE UTF-8", mayEnrol = false,
        });
        using var uploading = attacked.Program(Hub.Token("integration-engineer"));
        using var file = new StringContent(Messages.Result(999, Script, "UPLOAD", enhanced: false), System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/hl7-v2"));
        using var uploaded = await uploading.PostAsync($"/uploads?source=script-source&name={Uri.EscapeDataString(Script)}.hl7", file);
        Assert.True(uploaded.IsSuccessStatusCode);
    }

    private async Task<IPage> SignedInAsync(string role)
    {
        var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true, Locale = "en-GB" });
        var page = await context.NewPageAsync();
        await page.SignInAsync(Url("/sign-in"), Hub.Token(role));
        return page;
    }

    private string Url(string path) => $"https://127.0.0.1:{Hub.HttpPort}{path}";
}
