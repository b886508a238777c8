using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>An operator backs a running hub up, loses its database, and puts the backup back.</summary>
public sealed class BackupTest
{
    [Fact]
    public async Task What_was_acknowledged_before_a_backup_is_back_after_the_database_is_lost_and_the_rest_is_sent_again()
    {
        using var folder = new TemporaryFolder();
        await using var hub = new HubProcess();
        await hub.StartAsync();
        var (before, after) = (Messages.Result(1, "BEFORE", "BEFORE", enhanced: false), Messages.Result(1, "AFTER", "AFTER", enhanced: false));
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort))
        {
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(1, "ENROL"))));
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(before)));
        }

        await EhpAsync(hub, 0, "backup", "make", folder.Path);
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort)) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(after)));
        Assert.Contains("The audit trail", (await EhpAsync(hub, 0, "audit", "verify")).Output, StringComparison.Ordinal);
        Assert.Contains("another hub works in", (await EhpAsync(hub, 1, "backup", "restore", folder.Path, "--replace")).Fault, StringComparison.Ordinal);
        await hub.StopAsync();
        foreach (var file in Directory.GetFiles(hub.DataDirectory, "hub.db*")) await File.WriteAllTextAsync(file, "lost");

        Assert.StartsWith("Backup ", (await EhpAsync(hub, 0, "backup", "verify", folder.Path)).Output, StringComparison.Ordinal);
        Assert.Contains("With --replace it is set aside", (await EhpAsync(hub, 1, "backup", "restore", folder.Path)).Fault, StringComparison.Ordinal);
        var told = (await EhpAsync(hub, 0, "backup", "restore", folder.Path, "--replace")).Output;

        Assert.Contains("MSH-10 BEFORE", told, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hub.DataDirectory, "hub.db")));
        await hub.StartAsync();
        Assert.Single(await CitizenRecord.OfAsync(hub, 1, "DiagnosticReport"));
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort))
        {
            foreach (var message in new[] { before, after }) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(message)));
        }

        Assert.Equal(2, (await CitizenRecord.OfAsync(hub, 1, "DiagnosticReport")).Count);
        // The checkpoints stayed where they were: the last one, at the stop, knows of entries that are gone.
        Assert.Contains("checkpoint", (await EhpAsync(hub, 1, "audit", "verify")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_read_what_was_made_and_what_decayed()
    {
        using var folder = new TemporaryFolder();
        await using var hub = new HubProcess();
        await hub.StartAsync();

        var made = JsonNode.Parse((await EhpAsync(hub, 0, "backup", "make", folder.Path, "--json")).Output)!;
        var listed = JsonNode.Parse((await EhpAsync(hub, 0, "backup", "list", folder.Path, "--json")).Output)!.AsArray();

        Assert.Equal(made["name"]!.ToString(), Assert.Single(listed)!["name"]!.ToString());
        var trail = Path.Combine(folder.Path, made["name"]!.ToString(), "audit.checkpoints");
        await File.WriteAllTextAsync(trail, (await File.ReadAllTextAsync(trail)).Replace('1', '2'));
        var verdict = JsonNode.Parse((await EhpAsync(hub, 1, "backup", "verify", folder.Path, "--json")).Output)!;
        Assert.Contains("checkpoint", Assert.Single(verdict["faults"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.Contains("There is no backup in", (await EhpAsync(hub, 1, "backup", "list", hub.DataDirectory)).Fault, StringComparison.Ordinal);
        Assert.Contains("There is no whole backup 1", (await EhpAsync(hub, 1, "backup", "verify", folder.Path, "--at", "1")).Fault, StringComparison.Ordinal);
        Assert.Contains("There is no hub.db in", (await EhpAsync(hub, 1, "backup", "make", folder.Path, "--data", folder.Path)).Fault, StringComparison.Ordinal);
    }

    private static async Task<(string Output, string Fault)> EhpAsync(HubProcess hub, int expected, params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(hub, arguments);
        Assert.True(exitCode == expected, $"{string.Join(' ', arguments)}: {exitCode}\n{output}\n{fault}");
        return (output, fault);
    }
}
