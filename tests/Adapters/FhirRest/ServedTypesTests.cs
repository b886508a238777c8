using System.Runtime.CompilerServices;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>What the golden messages put into the record can be read and searched through the interface.</summary>
public sealed class ServedTypesTests : InterfaceTests
{
    [Fact]
    public async Task Every_type_that_the_golden_messages_make_is_served()
    {
        var served = await ParametersAsync();

        var made = Made().Select(resource => resource.Type).Distinct().ToList();

        Assert.True(made.Count > 10, $"{made.Count} types only");
        Assert.Empty(made.Except(served.Keys));
    }

    [Theory]
    [InlineData("date")]
    [InlineData("status")]
    [InlineData("code")]
    [InlineData("category")]
    public async Task What_the_index_of_a_golden_resource_holds_can_be_searched(string entry)
    {
        var served = await ParametersAsync();

        var unsearchable = Made().Where(resource => resource.Index.Contains(entry) && !served[resource.Type].Contains(entry)).Select(resource => resource.Type).Distinct();

        Assert.Empty(unsearchable);
    }

    private async Task<Dictionary<string, HashSet<string>>> ParametersAsync() =>
        (await Fhir.GetAsync("/fhir/metadata", null)).Json.GetProperty("rest")[0].GetProperty("resource").EnumerateArray().ToDictionary(
            resource => resource.GetProperty("type").GetString()!,
            resource => resource.GetProperty("searchParam").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);

    // Type/ID MODE CATEGORY, then one line for each entry of the index, such as "  date 2026".
    private static IEnumerable<(string Type, HashSet<string> Index)> Made()
    {
        foreach (var file in Directory.EnumerateFiles(Expected(), "*.resources.txt"))
        {
            (string Type, HashSet<string> Index)? current = null;
            foreach (var line in File.ReadLines(file))
            {
                if (line.StartsWith("  ", StringComparison.Ordinal))
                {
                    current?.Index.Add(line.Trim().Split(' ')[0]);
                    continue;
                }

                if (current is { } finished) yield return finished;
                current = line.Contains(" MessageOnly ", StringComparison.Ordinal) ? null : (line.Split('/')[0], []);
            }

            if (current is { } last) yield return last;
        }
    }

    private static string Expected([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../Golden/Expected"));
}
