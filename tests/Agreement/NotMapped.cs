using System.Runtime.CompilerServices;
using System.Text;

namespace EHealthPlus.Tests.Agreement;

/// <summary>
/// docs/agreement/not-mapped.csv: why a row is not implemented. Columns map, row and reason; the row is an identifier with its target, an
/// identifier alone for all its rows, or * for a whole map.
/// </summary>
public sealed class NotMapped
{
    public static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "../../docs/agreement"));
    private static readonly string File = Path.Combine(Folder, "not-mapped.csv");
    private readonly Dictionary<(string, string), string> reasons;

    private NotMapped(List<List<string>> rows) =>
        reasons = rows.ToDictionary(row => (row[0], row[1]), row => row[2]);

    /// <summary>The lines as they stand, without the header.</summary>
    public static IReadOnlyList<string> Lines => [.. System.IO.File.ReadAllLines(File).Skip(1)];

    public static NotMapped Read() => new([.. OfficialMaps.Rows(File).Skip(1)]);

    /// <summary>Every reason once.</summary>
    public IEnumerable<string> All => reasons.Values.Distinct(StringComparer.Ordinal);

    public string? ReasonOf(OfficialRow row) => reasons.GetValueOrDefault((row.Map.Name, row.Name))
        ?? reasons.GetValueOrDefault((row.Map.Name, row.Identifier)) ?? reasons.GetValueOrDefault((row.Map.Name, "*"));

    /// <summary>Reasons that name no row of an official map.</summary>
    public IEnumerable<string> Unknown()
    {
        var known = OfficialMaps.Segments.Concat(OfficialMaps.DataTypes).SelectMany(row => new[] { (row.Map.Name, row.Name), (row.Map.Name, row.Identifier), (row.Map.Name, "*") }).ToHashSet();
        return reasons.Keys.Where(key => !known.Contains(key)).Select(key => $"{key.Item1},{key.Item2}");
    }

    /// <summary>One line of the file.</summary>
    public static string Line(string map, string row, string reason)
    {
        static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        return new StringBuilder(Quoted(map)).Append(',').Append(Quoted(row)).Append(',').Append(Quoted(reason)).ToString();
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
