using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>An engineer corrects a refused message and replays it: the record gets the correction, the bytes as received stay.</summary>
public sealed class RepairTest(RunningHub running) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task A_refused_message_is_repaired_replayed_and_delivered()
    {
        await running.EnrolAsync(60);
        using var socket = await MllpSocket.OpenAsync(running.Hub.MllpPort);
        var wrong = Messages.Result(60, "REPAIR", "REPAIR", enhanced: false).Replace(Messages.DocumentNumber(60), "A1234564", StringComparison.Ordinal);
        Assert.Equal("AE", MllpSocket.CodeOf(await socket.AskAsync(wrong)));
        var deposit = await running.NewestDepositAsync();
        using var engineer = running.Hub.Http("integration-engineer");

        var right = Messages.Result(60, "REPAIR", "REPAIR", enhanced: false);
        using var repaired = await engineer.PostAsync($"/api/deposits/{deposit}/repair", new ByteArrayContent(Encoding.UTF8.GetBytes(right)));
        Assert.True(repaired.IsSuccessStatusCode, await repaired.Content.ReadAsStringAsync());
        using var replayed = await engineer.PostAsync($"/api/deposits/{deposit}/replay", null);
        Assert.True(replayed.IsSuccessStatusCode, await replayed.Content.ReadAsStringAsync());

        await Wait.UntilAsync(
            async () => (await CitizenRecord.OfAsync(running.Hub, 60, "DiagnosticReport")).Count == 1, TimeSpan.FromSeconds(20), () => "The repair did not arrive");
        var shown = JsonNode.Parse(await engineer.GetStringAsync($"/api/deposits/{deposit}"))!;
        Assert.Contains("A1234564", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.True(shown["repaired"]!.GetValue<bool>());
    }
}
