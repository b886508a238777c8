using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Tests.Transformers.Terminology;

/// <summary>The committed maps are what the generator makes of the official sheets.</summary>
public sealed class TableMapsAreCurrentTests
{
    [Fact]
    public async Task Generating_again_gives_the_committed_file()
    {
        var folder = Path.Combine(RepositoryRoot(), "Transformers/Terminology");
        using var made = new TemporaryFolder();
        var generated = made.At("TableMaps.cs");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "Generator/generate.mjs"), generated]) { RedirectStandardError = true })!;
        var error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, error);
        Assert.True(
            File.ReadAllText(Path.Combine(folder, "Tables/TableMaps.Generated.cs")) == File.ReadAllText(generated),
            "Tables/TableMaps.Generated.cs is not what Generator/generate.mjs makes. Run: node Transformers/Terminology/Generator/generate.mjs");
    }

    [Fact]
    public void Every_map_property_is_listed_once()
    {
        var properties = typeof(TableMaps).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(TableMap)).Select(property => ((TableMap)property.GetValue(null)!).Name).ToList();

        // By name: two threads that ask for a map at once may each be given one of their own, with the same rows.
        Assert.Equal(99, properties.Count);
        Assert.Equal(properties.Order(StringComparer.Ordinal), TableMaps.All.Select(map => map.Name).Order(StringComparer.Ordinal));
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
