using System.Text;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Invariant 7: the audit trail shows tampering, and the command line names the entry.</summary>
public sealed class AuditTest
{
    [Fact]
    public async Task A_flipped_byte_is_named()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort))
        {
            for (var citizen = 0; citizen < 3; citizen++) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(citizen, $"AUDIT{citizen}"))));
        }

        var (running, said, fault) = await Cli.RunAsync(hub, "audit", "verify");
        Assert.True(running == 0, said + fault);
        await hub.StopAsync();
        Assert.Equal(0, (await Cli.RunAsync(hub, "audit", "verify")).ExitCode);

        FlipOneByte(Path.Combine(hub.DataDirectory, "hub.db"), "deposit:2");
        var (exitCode, _, complaint) = await Cli.RunAsync(hub, "audit", "verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("was altered", complaint, StringComparison.Ordinal);

        var checkpoints = Path.Combine(hub.DataDirectory, "audit-checkpoints", "audit.checkpoints");
        File.WriteAllLines(checkpoints, File.ReadAllLines(checkpoints)[1..]);
        Assert.Contains("taken away", (await Cli.RunAsync(hub, "audit", "verify")).Fault, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(hub.DataDirectory, "hub.db"), new string('x', 10_000));
        var (refused, _, told) = await Cli.RunAsync(hub, "audit", "verify");
        Assert.Equal(1, refused);
        Assert.Contains("Put the database back from its backup", Assert.Single(told.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static void FlipOneByte(string file, string near)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(near));
        Assert.True(at > 0, $"{near} is not in the file");
        bytes[at + near.Length - 1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
