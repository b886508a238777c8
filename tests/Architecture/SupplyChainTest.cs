using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EHealthPlus.Tests.Architecture;

/// <summary>What is built today is what was built when it was reviewed: exact versions, from one place, with the hash of each package.</summary>
public partial class SupplyChainTest
{
    [Fact]
    public void Each_project_has_a_lock_file_with_the_hash_of_each_package()
    {
        foreach (var folder in Solution.References.Keys)
        {
            var path = Path.Combine(Solution.Root, folder, "packages.lock.json");
            Assert.True(File.Exists(path), $"{folder} has no packages.lock.json");
            using var locked = JsonDocument.Parse(File.ReadAllText(path));
            foreach (var package in locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
            {
                if (package.Value.GetProperty("type").GetString() == "Project") continue;
                Assert.True(package.Value.TryGetProperty("contentHash", out _), $"{folder}: {package.Name} has no hash");
            }
        }
    }

    [Fact]
    public void Each_version_is_exact_and_stands_in_one_file()
    {
        var versions = XDocument.Load(Path.Combine(Solution.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Version")!.Value);
        Assert.All(versions, version => Assert.Matches(Exact(), version));
        Assert.All(
            Solution.References.Keys.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Solution.Root, folder), "*.csproj")).SelectMany(file => XDocument.Load(file).Descendants("PackageReference")),
            package => Assert.Null(package.Attribute("Version")));
    }

    [Fact]
    public void Packages_come_from_one_source()
    {
        var sources = XDocument.Load(Path.Combine(Solution.Root, "nuget.config")).Descendants("packageSources").Single();

        Assert.NotNull(sources.Element("clear"));
        Assert.StartsWith("https://", Assert.Single(sources.Elements("add")).Attribute("value")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scripts_restore_what_is_locked_and_nothing_else() =>
        Assert.Contains("export LockedRestore=true", File.ReadLines(Path.Combine(Solution.Root, ".ci/toolchain")).Select(line => line.Trim()));

    [Fact]
    public void No_room_derives_a_cipher_or_a_hash_of_its_own() => Assert.DoesNotContain(
        Solution.Sources.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)),
        file => OwnCryptography().IsMatch(File.ReadAllText(Path.Combine(Solution.Root, file))));

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex Exact();

    [GeneratedRegex(@":\s*(SymmetricAlgorithm|AsymmetricAlgorithm|HashAlgorithm|KeyedHashAlgorithm|ICryptoTransform|RandomNumberGenerator)\b|new (MD5|SHA1|DES|TripleDES|RC2)|\b(MD5|SHA1|DES|TripleDES|RC2)\.(Create|HashData)\b")]
    private static partial Regex OwnCryptography();
}
