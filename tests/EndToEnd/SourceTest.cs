using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>ehp source: that a feed in use is not changed by who meant to add another.</summary>
public sealed class SourceTest(RunningHub running) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task A_registered_source_is_changed_only_where_that_is_said_and_keeps_what_is_not_stated()
    {
        string[] register = ["source", "ward-his", "--application", "WARD", "--facility", "EAST", "--provider", "east-hospital", "--charset", "BIG-5", "--utc-offset", "+08:00", "--may-enrol"];
        Assert.Equal((0, "ward-his is registered"), await RunAsync(register));
        Assert.Equal((0, "ward-his is registered with these settings already"), await RunAsync(register));

        string[] other = ["source", "ward-his", "--application", "WARD", "--facility", "WEST", "--provider", "east-hospital"];
        var (refused, why) = await RunAsync(other);
        Assert.Equal(1, refused);
        Assert.Contains("WARD of EAST", why, StringComparison.Ordinal);
        Assert.Contains("--change", why, StringComparison.Ordinal);
        Assert.Equal("EAST", (await SourceAsync())["sendingFacility"]!.GetValue<string>());

        Assert.Equal((0, "ward-his is changed"), await RunAsync([.. other, "--change"]));
        var changed = await SourceAsync();
        Assert.Equal(("WEST", "BIG-5", "+08:00", true), (changed["sendingFacility"]!.GetValue<string>(), changed["defaultCharacterSet"]!.GetValue<string>(), changed["utcOffset"]!.GetValue<string>(), changed["mayEnrol"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_character_set_that_the_hub_does_not_read_is_told_at_once()
    {
        var (exitCode, said) = await RunAsync(["source", "odd-his", "--application", "ODD", "--facility", "ODD", "--provider", "odd", "--charset", "KLINGON"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("UNICODE UTF-8", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KLINGON", 400)]
    [InlineData("GB 18030-2000", 200)]
    public async Task Nor_does_the_interface_register_one(string code, int status)
    {
        using var http = running.Hub.Http("administrator");
        var source = JsonNode.Parse(await http.GetStringAsync("/api/sources"))!.AsArray().First(each => each!["id"]!.GetValue<string>() == "demo-lis")!;
        source["defaultCharacterSet"] = code;

        using var answer = await http.PostAsync("/api/sources", new StringContent(source.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(status == 400 ? "defaultCharacterSet" : code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Said)> RunAsync(string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(running.Hub, arguments);
        return (exitCode, (output + fault).Trim());
    }

    private async Task<JsonNode> SourceAsync()
    {
        using var http = running.Hub.Http("administrator");
        var sources = JsonNode.Parse(await http.GetStringAsync("/api/sources"))!.AsArray();
        return sources.Single(source => source!["id"]!.GetValue<string>() == "ward-his")!;
    }
}
