namespace EHealthPlus.Tests.Architecture;

/// <summary>Compile-time arrows point to Routing/Contracts and nowhere sideways; only Endpoints sees everything (docs/architecture.md).</summary>
public class OneWayReferencesTest
{
    private const string Contracts = "Routing/Contracts";

    /// <summary>The arrows that are allowed beside those to the contracts, each with its reason in docs/architecture.md.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Transformers/Dicom"] = ["Transformers/CharacterSets"],
        ["Transformers/Hl7v2"] = ["Transformers/CharacterSets"],
        ["Transformers/FhirToHl7v2"] = ["Transformers/Hl7v2", "Transformers/Terminology"],
        ["Transformers/DicomToFhir"] = ["Transformers/Dicom", "Transformers/Fhir"],
        ["Transformers/Hl7v2ToFhir"] = ["Transformers/Hl7v2", "Transformers/Fhir", "Transformers/Terminology"],
    };

    public static TheoryData<string> Projects() =>
        [.. Solution.References.Keys.Where(folder => !folder.StartsWith("tests/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_references_the_contracts_and_nothing_sideways(string project)
    {
        if (project.StartsWith("Endpoints/", StringComparison.Ordinal)) return;

        var sideways = Solution.References[project]
            .Where(target => target != Contracts && !Allowed.GetValueOrDefault(project, []).Contains(target));

        Assert.Empty(sideways);
    }

    [Fact]
    public void The_contracts_reference_nothing() => Assert.Empty(Solution.References[Contracts]);

    [Fact]
    public void Nobody_references_an_endpoint() =>
        Assert.DoesNotContain(Solution.References, project => !project.Key.StartsWith("tests/", StringComparison.Ordinal)
            && project.Value.Any(target => target.StartsWith("Endpoints/", StringComparison.Ordinal)));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Solution.Root, "eHealthPlus.sln")).Replace('\\', '/');

        Assert.DoesNotContain(Solution.References.Keys, folder => !solution.Contains($"{folder}/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_top_level_folders_are_those_of_the_design()
    {
        string[] rooms = ["Adapters", "Endpoints", "Monitoring", "Routing", "Transformers", "tests"];

        Assert.DoesNotContain(Solution.References.Keys, folder => !rooms.Contains(folder.Split('/')[0]));
    }
}
