using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Architecture;

/// <summary>docs/security.md says of each threat which test covers it, and that test is there.</summary>
public partial class ThreatModelTest
{
    private static readonly IReadOnlyList<string> Document = File.ReadAllLines(Path.Combine(Solution.Root, "docs/security.md"));

    /// <summary>Full names of the classes of all tests, with a dot before them.</summary>
    private static readonly IReadOnlyList<string> TestClasses = [.. Solution.Sources
        .Where(file => file.StartsWith("tests/", StringComparison.Ordinal))
        .Select(file => File.ReadAllText(Path.Combine(Solution.Root, file)))
        .Where(text => text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal))
        .SelectMany(text => Class().Matches(text).Select(match => $".{Namespace().Match(text).Groups[1].Value}.{match.Groups[1].Value}"))];

    /// <summary>The rows below a header whose columns are those of a threat.</summary>
    public static TheoryData<string> Threats()
    {
        var (rows, within) = (new TheoryData<string>(), false);
        foreach (var line in Document)
        {
            if (line is "| threat | what holds against it | test |") within = true;
            else if (!line.StartsWith('|')) within = false;
            else if (within && !line.StartsWith("| ---", StringComparison.Ordinal)) rows.Add(line);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Threats))]
    public void Each_threat_names_tests_that_exist(string row)
    {
        var cells = row.Trim('|').Split('|');
        Assert.Equal(3, cells.Length);
        var tests = Quoted().Matches(cells[2]).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(tests);
        foreach (var test in tests) Assert.True(TestClasses.Count(known => known.EndsWith($".{test}", StringComparison.Ordinal)) == 1, $"{test} is the name of {TestClasses.Count(known => known.EndsWith($".{test}", StringComparison.Ordinal))} test classes");
    }

    [Fact]
    public void Each_class_of_the_security_tests_is_named()
    {
        var text = string.Join('\n', Document);

        Assert.DoesNotContain(
            TestClasses.Where(known => known.StartsWith(".EHealthPlus.Tests.Security.", StringComparison.Ordinal)), known => !text.Contains($"`{known[(known.LastIndexOf('.') + 1)..]}`", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MLLP")]
    [InlineData("FHIR over HTTPS")]
    [InlineData("Token endpoint")]
    [InlineData("Console and its interface")]
    [InlineData("Uploads")]
    [InlineData("DICOM associations")]
    [InlineData("DICOMweb and the viewer")]
    [InlineData("Store at rest")]
    [InlineData("Audit trail")]
    [InlineData("Notices out")]
    [InlineData("Command line, key and certificate files")]
    [InlineData("Supply chain")]
    public void Each_interface_has_its_table(string heading) => Assert.Contains($"## {heading}", Document);

    [GeneratedRegex(@"^(?:public|internal) (?:sealed |static |partial )*class (\w+Tests?)\b", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"`([\w.]+)`")]
    private static partial Regex Quoted();
}
