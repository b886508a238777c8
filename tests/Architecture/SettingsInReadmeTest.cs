using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Architecture;

/// <summary>An operator finds each setting in the README, and there is none that the hub does not know.</summary>
public partial class SettingsInReadmeTest
{
    private static readonly string[] Settings = [.. NamesIn("Endpoints/Hub/Settings/HubSettings.cs")];

    private static readonly string Readme = File.ReadAllText(Path.Combine(Solution.Root, "README.md"));

    [Fact]
    public void The_readme_names_every_setting()
    {
        Assert.Contains("Maps", Settings);
        Assert.DoesNotContain(Settings, name => !Readme.Contains($"`Hub__{name}", StringComparison.Ordinal));
        Assert.DoesNotContain(NamesIn("Endpoints/Hub/Settings/TlsSettings.cs"), name => !Readme.Contains($"__{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_and_the_documents_name_no_setting_that_is_not_there() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Path.Combine(Solution.Root, "docs"), "*.md", SearchOption.AllDirectories).Select(File.ReadAllText).Append(Readme).SelectMany(text => Named().Matches(text)),
        named => !Settings.Contains(named.Groups[1].Value));

    private static IEnumerable<string> NamesIn(string file) =>
        Property().Matches(File.ReadAllText(Path.Combine(Solution.Root, file))).Select(property => property.Groups[1].Value);

    [GeneratedRegex(@"^    public [\w?]+ (\w+) \{ get; init; \}", RegexOptions.Multiline)]
    private static partial Regex Property();

    [GeneratedRegex(@"\bHub__([A-Za-z]+)")]
    private static partial Regex Named();
}
