using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>ehp bench flow: that what it counts is what the hub has. How fast it was is nobody's business here.</summary>
public sealed class FlowBenchTest(RunningHub running) : IClassFixture<RunningHub>
{
    private const int Citizens = 20;

    [Theory]
    [InlineData("enhanced")]
    [InlineData("original", "--original")]
    public async Task What_is_reported_as_sent_and_acknowledged_is_what_the_hub_took(string mode, params string[] arguments)
    {
        var (report, taken) = await RunAsync(["--warm-up", "0", .. arguments]);

        Assert.Equal(mode, report["mode"]!.GetValue<string>());
        var sent = report["sent"]!.GetValue<long>();
        Assert.True(sent > 0, "nothing was sent");
        Assert.Equal(sent, report["acknowledged"]!.GetValue<long>());
        Assert.Equal(0, report["refused"]!.GetValue<long>());
        Assert.Equal(Citizens + sent, taken);
        Assert.True(report["residentMegabytes"]!.GetValue<double>() > 0, "no memory of the hub");
    }

    [Fact]
    public async Task What_is_sent_to_warm_up_is_not_counted()
    {
        var (report, taken) = await RunAsync("--warm-up", "1");

        Assert.True(taken > Citizens + report["sent"]!.GetValue<long>(), "nothing was sent to warm up, or it was counted");
        Assert.Equal(report["sent"]!.GetValue<long>(), report["acknowledged"]!.GetValue<long>());
    }

    /// <returns>What the bench says, and how many deposits the hub took meanwhile: enrolments and results.</returns>
    private async Task<(JsonNode Report, long Taken)> RunAsync(params string[] arguments)
    {
        var before = await running.NewestDepositAsync();
        var (exitCode, output, fault) = await Cli.RunAsync(running.Hub, ["bench", "flow", "--connections", "2", "--seconds", "1", "--citizens", $"{Citizens}", "--json", .. arguments]);
        Assert.True(exitCode == 0, output + fault);
        return (JsonNode.Parse(output)!, await running.NewestDepositAsync() - before);
    }
}
