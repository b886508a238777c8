using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Security.Sessions;

/// <summary>Who asks too often is told to wait, with a number and a time; others go on.</summary>
public sealed class RequestLimitTest : IAsyncLifetime
{
    private readonly HubProcess hub = new(extra: new Dictionary<string, string>(StringComparer.Ordinal) { ["Hub__GuessesPerMinute"] = "8", ["Hub__RequestsPerSecond"] = "4" });

    public async ValueTask InitializeAsync() => await hub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_can_be_guessed_is_tried_a_few_times_a_minute_whichever_door_is_taken()
    {
        using var browser = hub.Anonymous();
        string[] doors = ["/sign-in", "/invitation", "/oauth/token", "/api/sign-in", "/api/invitations/open", "/api/invitations/accept", "/SIGN-IN/"];
        for (var guess = 0; guess < 8; guess++)
        {
            var (status, _) = await PostAsync(browser, doors[guess % doors.Length]);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, status);
        }

        foreach (var door in doors)
        {
            var (status, refusal) = await PostAsync(browser, door);
            Assert.Equal((HttpStatusCode.TooManyRequests, 593), (status, refusal?["rejection"]!.GetValue<int>()));
        }

        // A page that asks for nothing secret is not a guess.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_credential_that_asks_too_often_gets_an_OperationOutcome_and_another_goes_on()
    {
        using var busy = hub.Http("clinician");
        using var other = hub.Http("registrar");
        HttpResponseMessage? refused = null;
        for (var request = 0; request < 200 && refused is null; request++)
        {
            var answer = await busy.GetAsync("/fhir/Patient/none", TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused = answer;
        }

        Assert.NotNull(refused);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var outcome = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("OperationOutcome", "throttled", "593"), (outcome["resourceType"]!.GetValue<string>(), outcome["issue"]![0]!["code"]!.GetValue<string>(), outcome["issue"]![0]!["details"]!["coding"]![0]!["code"]!.GetValue<string>()));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await other.GetAsync("/fhir/Patient/none", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Refusal)> PostAsync(HttpClient http, string path)
    {
        using var form = new StringContent("name=nobody&password=x&code=000000", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var answer = await http.PostAsync(path, form, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.TooManyRequests ? JsonNode.Parse(text) : null);
    }
}
