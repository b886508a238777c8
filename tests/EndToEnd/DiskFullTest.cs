using System.Diagnostics;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The disk under the hub fills up: the sender is told AE or CE, nothing acknowledged is lost, and the hub goes on when there is room.</summary>
public sealed class DiskFullTest
{
    [Fact]
    public async Task The_sender_is_told_and_the_hub_recovers_when_there_is_room()
    {
        var mount = Directory.CreateTempSubdirectory("ehealthplus-full-").FullName;
        Assert.True(await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount), "A small file system is needed for this test: run it as root");
        try
        {
            var data = Directory.CreateDirectory(Path.Combine(mount, "data")).FullName;
            await using var hub = new HubProcess(data);
            await hub.StartAsync();
            using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(1, "FULL-ENROL"))));

            var filler = Path.Combine(mount, "filler");
            Fill(filler);
            var (original, accepted) = await SendUntilRefusedAsync(socket, enhanced: false, "FULL-A");
            var (enhanced, alsoAccepted) = await SendUntilRefusedAsync(socket, enhanced: true, "FULL-C");
            Assert.Equal("AE", MllpSocket.CodeOf(original));
            Assert.Contains("603", original, StringComparison.Ordinal);
            Assert.Equal("CE", MllpSocket.CodeOf(enhanced));

            File.Delete(filler);
            // The refused message was not kept, so it may be sent again as it is.
            await Wait.UntilAsync(
                async () => MllpSocket.CodeOf(await socket.AskAsync(Messages.Result(1, MllpSocket.ControlIdOf(original), MllpSocket.ControlIdOf(original), enhanced: false))) == "AA",
                TimeSpan.FromSeconds(30), () => $"The hub does not recover:\n{hub.ReadLog()}");
            var reports = await CitizenRecord.OfAsync(hub, 1, "DiagnosticReport");
            Assert.Equal(accepted + alsoAccepted + 1, reports.Count);
        }
        finally
        {
            await RunAsync("umount", "-l", mount);
            Directory.Delete(mount, recursive: true);
        }
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path);
        var block = new byte[64 * 1024];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full: as wanted.
        }
    }

    private static async Task<(string Refusal, int Accepted)> SendUntilRefusedAsync(MllpSocket socket, bool enhanced, string prefix)
    {
        for (var number = 0; number < 20_000; number++)
        {
            var answer = await socket.AskAsync(Messages.Result(1, $"{prefix}{number}", $"{prefix}{number}", enhanced));
            if (MllpSocket.CodeOf(answer) is "AE" or "CE" or "AR" or "CR") return (answer, number);
            if (enhanced) await socket.ReadAsync();
        }

        throw new InvalidOperationException("The disk never filled up");
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
