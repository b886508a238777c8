using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A withdrawn consent holds from the next read on, while other reads are under way.</summary>
public sealed class WithdrawalTest(RunningHub running) : IClassFixture<RunningHub>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_read_that_begins_after_the_withdrawal_was_answered_returns_data()
    {
        await running.EnrolAsync(60);
        using var socket = await MllpSocket.OpenAsync(running.Hub.MllpPort);
        await CitizenRecord.ShareAsync(running.Hub, 60);
        await socket.AskAsync(Messages.Result(60, "WITHDRAW", "WITHDRAW", enhanced: false));
        var person = await CitizenRecord.PersonAsync(running.Hub, 60);
        using var clinician = running.Hub.Http("clinician");
        using var registrar = running.Hub.Http("registrar");
        var address = $"/fhir/DiagnosticReport?patient={person}";
        Assert.Equal(HttpStatusCode.OK, (await clinician.GetAsync(address, Cancel)).StatusCode);

        var withdrawn = false;
        var (before, after, leaked) = (0, 0, 0);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (Volatile.Read(ref after) < 40)
                {
                    var late = Volatile.Read(ref withdrawn);
                    using var answer = await clinician.GetAsync(address, Cancel);
                    if (late) Interlocked.Increment(ref after);
                    else Interlocked.Increment(ref before);
                    if (late && answer.StatusCode != HttpStatusCode.Forbidden) Interlocked.Increment(ref leaked);
                }
            },
            Cancel)).ToList();
        await Wait.UntilAsync(() => Task.FromResult(Volatile.Read(ref before) > 20), TimeSpan.FromSeconds(30), () => "No reads");
        var consents = JsonNode.Parse(await registrar.GetStringAsync($"/fhir/Consent?patient={person}&category=sharing&status=active", Cancel))!["entry"]!.AsArray();
        foreach (var id in consents.Select(entry => entry!["resource"]!["id"]!.GetValue<string>()))
        {
            using var body = new StringContent($$"""{"resourceType":"Consent","id":"{{id}}","status":"inactive"}""", Encoding.UTF8, "application/fhir+json");
            Assert.Equal(HttpStatusCode.OK, (await registrar.PutAsync($"/fhir/Consent/{id}", body, Cancel)).StatusCode);
        }

        Volatile.Write(ref withdrawn, true);
        await Task.WhenAll(readers);

        Assert.Equal(0, leaked);
        Assert.True(after >= 40);
    }

    [Fact]
    public async Task The_refusal_explains_itself_in_the_language_that_was_asked_for()
    {
        await running.EnrolAsync(61);
        var person = await CitizenRecord.PersonAsync(running.Hub, 61);
        using var clinician = running.Hub.Http("clinician");
        foreach (var (language, expected) in new[] { ("en", "gives this reader no right"), ("zh-HK", "不賦予此使用者取覽紀錄的權利") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/fhir/Patient/{person}");
            request.Headers.Add("Accept-Language", language);
            request.Headers.Add("Purpose-Of-Use", "HMARKT");
            using var answer = await clinician.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            var issue = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["issue"]![0]!;
            Assert.Equal("517", issue["details"]!["coding"]![0]!["code"]!.GetValue<string>());
            Assert.Contains(expected, issue["diagnostics"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }
}
