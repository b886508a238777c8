using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Agreement;

/// <summary>
/// The rows that the code says it implements: a class names its maps at the beginning of its docstring, and a line that maps names its
/// row in the comment behind it.
/// </summary>
public static partial class Citations
{
    private static readonly HashSet<(string Map, string Identifier)> Cited = Gather();

    public static bool Has(OfficialRow row) => Cited.Contains((row.Map.Name.ToUpperInvariant(), row.Identifier.Replace('-', '.')));

    private static HashSet<(string, string)> Gather()
    {
        var cited = new HashSet<(string, string)>();
        var folder = Path.GetFullPath(Path.Combine(Here(), "../../Transformers/Hl7v2ToFhir"));
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(file);
            var maps = lines.Where(line => line.TrimStart().StartsWith("///", StringComparison.Ordinal)).SelectMany(line => MapName().Matches(line)).Select(match => match.Value.ToUpperInvariant()).ToHashSet();
            var identifiers = lines.SelectMany(line => line.IndexOf("// ", StringComparison.Ordinal) is >= 0 and var comment ? Identifier().Matches(line[comment..]) : Enumerable.Empty<Match>()).Select(match => match.Value.Replace('-', '.')).ToHashSet();
            foreach (var map in maps) foreach (var identifier in identifiers) cited.Add((map, identifier));
        }

        return cited;
    }

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]{1,2}\[[A-Za-z.-]+\]")]
    private static partial Regex MapName();

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]{1,2}[-.]\d+\b")]
    private static partial Regex Identifier();

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
