using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Encryption at rest as an operator meets it: a rotation under load with the command line, a kill within it, and a start without the key.</summary>
public sealed class StoreKeysTest
{
    private const string Marker = "MARKER IN A REMARK";

    [Fact]
    public async Task Keys_are_rotated_while_messages_come_and_without_their_file_the_hub_does_not_start()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort))
        {
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(1, "KEYS"))));
        }

        var sent = await SendWhileAsync(hub, 0, async () =>
        {
            var (exitCode, said, fault) = await Cli.RunAsync(hub, "key", "rotate", "--wait");
            Assert.True(exitCode == 0, said + fault);
        });
        sent = await SendWhileAsync(hub, sent, () => RotateAndKillAsync(hub));
        await hub.StartAsync();
        await Wait.UntilAsync(async () => (await KeysAsync(hub))["reencryption"]!["finishedAt"] is not null, TimeSpan.FromSeconds(30), () => "The rotation that was cut off does not end");

        await EverythingIsThereAsync(hub, sent);
        var keys = await KeysAsync(hub);
        Assert.Equal(0, keys["damaged"]!.GetValue<int>());
        await hub.StopAsync();
        Assert.Empty(FilesWith(hub.DataDirectory, Marker));

        var folder = Path.Combine(hub.DataDirectory, "keys");
        var file = Path.Combine(folder, $"wrapping-{keys["wrappingKeys"]![0]!["id"]}.key");
        File.Move(file, file + ".away");
        Assert.Equal(1, await hub.EndAsync());
        Assert.Contains($"The hub cannot start: 581 StoreKeyMissing: The store needs the wrapping key {keys["wrappingKeys"]![0]!["id"]}", hub.ReadLog(), StringComparison.Ordinal);

        File.Move(file + ".away", file);
        await hub.StartAsync();
        await EverythingIsThereAsync(hub, sent);
    }

    /// <summary>Sends until the act is over; what is not acknowledged, because the hub was killed, does not count.</summary>
    private static async Task<int> SendWhileAsync(HubProcess hub, int sent, Func<Task> act)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        var acting = act();
        try
        {
            while (!acting.IsCompleted)
            {
                await socket.SendAsync(Message(sent));
                if (await socket.ReadAsync() is not { } answer) break;
                Assert.Equal("AA", MllpSocket.CodeOf(answer));
                sent++;
            }
        }
        catch (IOException)
        {
            // The kill cut the connection: that is the case under test.
        }
        finally
        {
            await acting;
        }

        return sent;
    }

    private static async Task RotateAndKillAsync(HubProcess hub)
    {
        var (exitCode, said, fault) = await Cli.RunAsync(hub, "key", "rotate");
        Assert.True(exitCode == 0, said + fault);
        await hub.KillAsync();
    }

    private static async Task EverythingIsThereAsync(HubProcess hub, int sent)
    {
        Assert.True(sent > 10, $"Too little load to prove anything: {sent} messages");
        var reports = await CitizenRecord.OfAsync(hub, 1, "DiagnosticReport");
        // The last one may have been kept without its answer coming through.
        Assert.InRange(reports.Count, sent, sent + 1);
        var remarks = await CitizenRecord.OfAsync(hub, 1, "Observation");
        Assert.Contains(remarks, observation => observation.ToJsonString().Contains(Marker, StringComparison.Ordinal));
    }

    private static string Message(int number) => Messages.Result(1, $"KEYS{number}", $"KEYS{number}", enhanced: false)
        .Replace("OBX|2|NM|6690-2^Leukocytes^LN||6.10|10*9/L^10*9/L^UCUM|4.00-11.00|N", $"OBX|2|TX|8251-1^Comment^LN||{Marker}||", StringComparison.Ordinal);

    private static async Task<JsonNode> KeysAsync(HubProcess hub)
    {
        var (exitCode, said, fault) = await Cli.RunAsync(hub, "key", "list", "--json");
        Assert.True(exitCode == 0, fault);
        return JsonNode.Parse(said)!;
    }

    private static List<string> FilesWith(string folder, string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(sought) >= 0)];
    }
}
