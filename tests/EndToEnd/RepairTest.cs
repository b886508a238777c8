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

    [Fact]
    public async Task The_command_line_repairs_and_replays_with_a_corrected_file()
    {
        await running.EnrolAsync(61);
        using var socket = await MllpSocket.OpenAsync(running.Hub.MllpPort);
        var right = Messages.Result(61, "MEND", "MEND", enhanced: false);
        Assert.Equal("AE", MllpSocket.CodeOf(await socket.AskAsync(right.Replace(Messages.DocumentNumber(61), "A1234564", StringComparison.Ordinal))));
        var deposit = $"{await running.NewestDepositAsync()}";
        using var folder = new TemporaryFolder();

        var spoiled = await Cli.RunAsync(running.Hub, "replay", deposit, "--with", folder.Write("spoiled.hl7", Encoding.UTF8.GetBytes(right.Replace("|2.5.1|", "|9.9|", StringComparison.Ordinal))));
        Assert.Equal(1, spoiled.ExitCode);
        Assert.Contains("The correction was not kept", spoiled.Fault, StringComparison.Ordinal);

        var (exitCode, _, fault) = await Cli.RunAsync(running.Hub, "replay", deposit, "--with", folder.Write("right.hl7", Encoding.UTF8.GetBytes(right)));
        Assert.True(exitCode == 0, fault);
        await Wait.UntilAsync(
            async () => (await CitizenRecord.OfAsync(running.Hub, 61, "DiagnosticReport")).Count == 1, TimeSpan.FromSeconds(20), () => "The repair did not arrive");
        // The clinician who read it had no care relation yet: the watching names its rule.
        await running.Hub.LoggedAsync("Rule 9 reads-without-care-relation of the watching was broken");
    }
}
