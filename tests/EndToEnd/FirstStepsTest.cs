using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The commands of the README's first steps, as a newcomer types them into a fresh clone.</summary>
public sealed class FirstStepsTest : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_command_of_the_first_steps_does_what_it_says()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        var commands = Commands().ToList();
        Assert.True(commands.Count >= 9, string.Join('\n', commands));

        foreach (var command in commands)
        {
            string[] words = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(InPlace)];
            var (exitCode, output, fault) = await Cli.RunAsync(hub, words);
            Assert.True(exitCode == 0, $"{command}\n{output}{fault}");
        }

        var (_, list, _) = await Cli.RunAsync(hub, "show");
        Assert.Equal(3, list.Split('\n').Count(line => line.Contains(" EXAMPLE", StringComparison.Ordinal) && line.Contains(" delivered ", StringComparison.Ordinal)));
    }

    /// <summary>Those that need no file of the reader's own.</summary>
    private static IEnumerable<string> Commands() => File.ReadLines(Path.Combine(Repository.Root, "README.md"))
        .SkipWhile(line => line is not "## First steps").TakeWhile(line => line is not "## Files")
        .Where(line => line.StartsWith("./ehp ", StringComparison.Ordinal) && !line.Contains("image.dcm", StringComparison.Ordinal) && !line.Contains("ct/", StringComparison.Ordinal))
        .Select(line => line.Split(" # ")[0]);

    private string InPlace(string word) => word switch
    {
        "translated" or "back" or "backups" => folder.At(word),
        _ when word.StartsWith("docs/", StringComparison.Ordinal) => Path.Combine(Repository.Root, word),
        _ => word,
    };
}
