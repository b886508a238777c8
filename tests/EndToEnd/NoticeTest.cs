using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A citizen is told of each access once, also when the hub is killed between the gateway's taking and the hub's noting it.</summary>
public sealed class NoticeTest
{
    private const int Citizen = 7;

    private readonly ConcurrentQueue<(string Key, string Text)> taken = new();
    private readonly SemaphoreSlim mayAnswer = new(0);

    [Fact]
    public async Task A_killed_hub_sends_again_under_the_same_key_and_then_never_more()
    {
        using var gateway = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort.Next()}/messages/";
        gateway.Prefixes.Add(address);
        gateway.Start();
        var serving = ServeAsync(gateway);
        await using var hub = new HubProcess(extra: new Dictionary<string, string> { ["Hub__NoticeSmsGateway"] = address });
        await hub.StartAsync();
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort)) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(Citizen, "NOTICE1"))));
        var person = await CitizenRecord.PersonAsync(hub, Citizen);
        Assert.Equal(0, (await Cli.RunAsync(hub, "notice", "choose", "sms", "--mobile", "+85290000000", "--language", "zh", "--person", person)).ExitCode);
        await CitizenRecord.ShareAsync(hub, Citizen);

        // Two reads: one access.
        using (var clinician = hub.Http("clinician"))
        {
            Assert.Equal(HttpStatusCode.OK, (await clinician.GetAsync($"/fhir/Patient/{person}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await clinician.GetAsync($"/fhir/Observation?patient={person}")).StatusCode);
        }

        await Wait.UntilAsync(() => Task.FromResult(!taken.IsEmpty), TimeSpan.FromSeconds(30), () => hub.ReadLog());
        await hub.KillAsync();
        mayAnswer.Release(1000);
        await hub.StartAsync();
        using var registrar = hub.Http("registrar");
        await Wait.UntilAsync(
            async () => (await registrar.GetFromJsonAsync<JsonNode>($"/notices?person={person}"))!.AsArray() is [{ } notice] && notice["channel"]?.GetValue<string>() == "sms",
            TimeSpan.FromSeconds(30), () => hub.ReadLog());

        Assert.True(taken.Count >= 2, "The notice was not sent again: the kill came too late to prove anything");
        Assert.Single(taken.Select(message => message.Key).Distinct());
        Assert.Single(taken.Select(message => message.Text).Distinct());
        Assert.Contains("示範診所", taken.First().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTPATIENT", taken.First().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Messages.DocumentNumber(Citizen), taken.First().Text, StringComparison.Ordinal);

        var count = taken.Count;
        await hub.KillAsync();
        await hub.StartAsync();
        using (var clinician = hub.Http("clinician")) Assert.Equal(HttpStatusCode.OK, (await clinician.GetAsync($"/fhir/Patient/{person}")).StatusCode);
        var (exitCode, said, _) = await Cli.RunAsync(hub, "notice", "show", "--person", person, "--json");
        Assert.Equal(0, exitCode);
        Assert.Single(JsonNode.Parse(said)!["notices"]!.AsArray());
        Assert.Equal(count, taken.Count);
        gateway.Stop();
        await serving;
    }

    private async Task ServeAsync(HttpListener gateway)
    {
        try
        {
            while (true)
            {
                var exchange = await gateway.GetContextAsync();
                using var reader = new StreamReader(exchange.Request.InputStream);
                var text = JsonNode.Parse(await reader.ReadToEndAsync())!["text"]!.GetValue<string>();
                taken.Enqueue((exchange.Request.Headers["Idempotency-Key"]!, text));
                _ = AnswerAsync(exchange);
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext exchange)
    {
        await mayAnswer.WaitAsync();
        try
        {
            exchange.Response.StatusCode = 202;
            exchange.Response.Close();
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // The hub that asked was killed.
        }
    }
}
