using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>
/// The case of 2018, when staff went on with the account and token of a doctor who had left: what a departed doctor holds is good for nothing
/// from the moment of the departure.
/// </summary>
public sealed class DepartedDoctorTest(RunningHub running) : IClassFixture<RunningHub>
{
    private const string Password = "correct horse battery";

    private HubProcess Hub => running.Hub;

    [Fact]
    public async Task Token_session_and_account_of_a_departed_doctor_stop_at_the_next_request()
    {
        await RunAsync("professional", "register", "dr-departs", "--name", "TEST Doctor", "--profession", "medical-practitioner", "--registration", "M00002");
        await RunAsync("professional", "join", "dr-departs", "--provider", "demo-clinic");
        var invitation = JsonNode.Parse(await RunAsync("person", "invite", "doctor.departs", "--role", "clinician", "--professional", "dr-departs", "--json"))!["token"]!.GetValue<string>();
        var authenticator = await AcceptAsync(invitation);
        var session = await SignInAsync(authenticator.NextCode());

        using var program = Hub.Anonymous();
        program.DefaultRequestHeaders.Authorization = new("Bearer", session);
        using var browser = Hub.Anonymous();
        browser.DefaultRequestHeaders.Add("Cookie", $"ehealthplus-console={session}");
        Assert.Equal((HttpStatusCode.OK, false), await ReadAsync(program));
        Assert.Equal((HttpStatusCode.OK, false), await ReadAsync(browser));

        await RunAsync("professional", "leave", "dr-departs", "--provider", "demo-clinic");

        Assert.Equal((HttpStatusCode.Unauthorized, true), await ReadAsync(program));
        Assert.Equal((HttpStatusCode.Unauthorized, true), await ReadAsync(browser));

        await Wait.UntilAsync(
            async () => JsonNode.Parse(await RunAsync("case", "list", "--json"))!.AsArray().Any(row => row!["case"]!["rule"]!.GetValue<int>() == 10 && row["case"]!["suspect"]!.GetValue<string>() == "doctor.departs"),
            TimeSpan.FromSeconds(20), () => "The watching raised no case against the departed doctor");

        // However often it comes, a token that is over leaves one entry a minute; the clock may have struck once meanwhile.
        for (var request = 0; request < 20; request++) Assert.Equal((HttpStatusCode.Unauthorized, true), await ReadAsync(program));
        using var auditor = Hub.Http("auditor");
        var entries = JsonNode.Parse(await auditor.GetStringAsync("/fhir/AuditEvent?subtype=lapsed-credential"))!["entry"]!.AsArray();
        Assert.InRange(entries.Count, 1, 2);

        // The demonstration's own doctor works there still.
        using var colleague = Hub.Http("clinician");
        Assert.Equal((HttpStatusCode.OK, false), await ReadAsync(colleague));
    }

    private async Task<Authenticator> AcceptAsync(string invitation)
    {
        using var http = Hub.Anonymous();
        using var opened = await http.PostAsJsonAsync("/api/invitations/open", new { invitation });
        var authenticator = new Authenticator(JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["uri"]!.GetValue<string>());
        using var accepted = await http.PostAsJsonAsync("/api/invitations/accept", new { invitation, password = Password, code = authenticator.NextCode() });
        Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync());
        return authenticator;
    }

    private async Task<string> SignInAsync(string code)
    {
        using var http = Hub.Anonymous();
        using var answer = await http.PostAsJsonAsync("/api/sign-in", new { name = "doctor.departs", password = Password, code });
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!["token"]!.GetValue<string>();
    }

    /// <returns>The status, and whether the ended affiliation is named as the reason.</returns>
    private static async Task<(HttpStatusCode Status, bool Ended)> ReadAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/fhir/Organization/demo-clinic");
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains("552", StringComparison.Ordinal));
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(Hub, arguments);
        Assert.True(exitCode == 0, output + fault);
        return output;
    }
}
