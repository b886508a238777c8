using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The play that a newcomer sees first goes through on a fresh hub.</summary>
public sealed class DemoTest
{
    [Fact]
    public async Task Each_scene_is_played_to_its_end()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();

        var (exitCode, output, fault) = await Cli.RunAsync(hub, "demo", "--once");

        Assert.True(exitCode == 0, $"{output}\n{fault}");
        Assert.Contains("ORU^R01", output, StringComparison.Ordinal);
        Assert.Equal(5, output.Split("-> 0000").Length - 1);
        Assert.Contains("the answers are in", output, StringComparison.Ordinal);
    }
}
