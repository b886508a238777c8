using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>ehp show: what senders wrote, on the terminal of whoever is on duty.</summary>
public sealed class ShowTest(RunningHub running) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task A_control_id_does_not_command_the_terminal()
    {
        using (var socket = await MllpSocket.OpenAsync(running.Hub.MllpPort)) await socket.AskAsync(Messages.Admit(1, "CTL\u001b[31mRED"));
        var number = await running.NewestDepositAsync();

        var list = (await Cli.RunAsync(running.Hub, "show")).Output;
        var one = (await Cli.RunAsync(running.Hub, "show", $"{number}")).Output;

        Assert.All([list, one], said =>
        {
            Assert.Contains("CTL\u241b[31mRED", said, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", said, StringComparison.Ordinal);
        });
    }
}
