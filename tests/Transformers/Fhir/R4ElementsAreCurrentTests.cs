using System.Diagnostics;
using System.Runtime.CompilerServices;
using EHealthPlus.Transformers.Fhir.Definitions;

namespace EHealthPlus.Tests.Transformers.Fhir;

/// <summary>The committed elements are what the generator makes of the official definitions.</summary>
public sealed class R4ElementsAreCurrentTests
{
    [Fact]
    public async Task Generating_again_gives_the_committed_file()
    {
        var generator = Path.Combine(Here(), "../../../Transformers/Fhir/Definitions/Generator/generate.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [generator, "--check"]) { RedirectStandardError = true })!;
        var error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, error);
    }

    [Fact]
    public void An_element_is_found_under_its_path_and_a_choice_under_its_type()
    {
        Assert.Equal((true, "HumanName"), (R4Elements.Find("Patient", "name")!.IsList, R4Elements.Find("Patient", "name")!.Types[0]));
        Assert.Equal("Quantity", Assert.Single(R4Elements.Find("Observation", "valueQuantity")!.Types));
        Assert.Null(R4Elements.Find("Observation", "value[x]"));
        Assert.Null(R4Elements.Find("Observation", "valueBox"));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
