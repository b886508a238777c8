using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Golden.Messages;

namespace EHealthPlus.Tests.Golden.Pairs;

/// <summary>
/// Each message of tests/Golden/Expected has its expected Bundle, resources and ledger beside it.
/// EHEALTHPLUS_GOLDEN=write makes these files anew: read what changed before you commit it.
/// </summary>
public sealed class GoldenPairTests
{
    public static TheoryData<string> Names => [.. MessageFile.Synthetic.Select(file => file.Name)];

    public static TheoryData<string> Studies => [.. MessageFile.Manifests.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_gives_its_expected_translation(string name)
    {
        var file = MessageFile.Synthetic.Single(file => file.Name == name);
        Compare(file, Hospital.Translate(file.Read()));
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_study_gives_its_expected_translation(string name)
    {
        var file = MessageFile.Manifests.Single(file => file.Name == name);
        Compare(file with { Path = file.Path[..^".json".Length] }, StudyManifests.Translate(File.ReadAllBytes(file.Path)));
    }

    private static void Compare(MessageFile file, Result<Translation> result)
    {
        var name = file.Name;
        Assert.True(result.Accepted, $"{name}: {result.Rejection}");
        var actual = TranslationText.Of(result.Value);
        var expected = Path.ChangeExtension(file.Path, null);

        if (Environment.GetEnvironmentVariable("EHEALTHPLUS_GOLDEN") == "write")
        {
            File.WriteAllText($"{expected}.bundle.json", actual.Bundle);
            File.WriteAllText($"{expected}.resources.txt", actual.Resources);
            File.WriteAllText($"{expected}.ledger.txt", actual.Ledger);
        }

        var differences = JsonDifference.Between(File.ReadAllText($"{expected}.bundle.json"), actual.Bundle)
            .Concat(LineDifference("resources", File.ReadAllText($"{expected}.resources.txt"), actual.Resources))
            .Concat(LineDifference("ledger", File.ReadAllText($"{expected}.ledger.txt"), actual.Ledger))
            .ToList();
        Assert.True(differences.Count == 0, $"{name} differs in {differences.Count} places:\n{string.Join('\n', differences.Take(40))}");
    }

    private static IEnumerable<string> LineDifference(string what, string expected, string actual)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');
        foreach (var line in left.Except(right, StringComparer.Ordinal)) yield return $"{what}: missing: {line}";
        foreach (var line in right.Except(left, StringComparer.Ordinal)) yield return $"{what}: not expected: {line}";
        if (left.Length != right.Length) yield return $"{what}: expected {left.Length} lines, was {right.Length}";
    }
}
