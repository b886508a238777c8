using System.Runtime.CompilerServices;
using System.Text;

namespace EHealthPlus.Tests.Agreement;

/// <summary>The official v2-to-FHIR maps as tests/Corpus/v2-to-fhir-mappings holds them.</summary>
public static class OfficialMaps
{
    public static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "../Corpus/v2-to-fhir-mappings"));

    /// <summary>Rows of the segment maps that have a target, in the order of the files and of their rows.</summary>
    public static IReadOnlyList<OfficialRow> Segments { get; } = Read("segments", ofSegment: true);

    public static IReadOnlyList<OfficialRow> DataTypes { get; } = Read("datatypes", ofSegment: false);

    /// <summary>HL7 codes that a table map translates, such as F for AdministrativeSex; empty where there is no such map.</summary>
    public static IReadOnlyList<string> CodesOf(string table)
    {
        var file = Path.Combine(Folder, "codesystems", $"HL7 Concept Map_ {table.Replace("/", "", StringComparison.Ordinal)} - Sheet1.csv");
        return File.Exists(file) ? [.. Rows(file).Skip(2).Where(row => row.Count > 6 && row[0].Trim().Length > 0 && row[6].Trim().Length > 0).Select(row => row[0].Trim())] : [];
    }

    private static List<OfficialRow> Read(string kind, bool ofSegment)
    {
        var rows = new List<OfficialRow>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, kind), "*.csv").Order(StringComparer.Ordinal))
        {
            // HL7 Segment - FHIR R4_ OBX[Observation] - OBX.csv
            var name = Path.GetFileName(file).Split("_ ", 2)[1];
            var map = new OfficialMap(name[..(name.IndexOf(']', StringComparison.Ordinal) + 1)], ofSegment);
            // Two header rows; the columns have other names in some sheets, but stand in the same places.
            foreach (var row in Rows(file).Skip(2))
            {
                string At(int column) => column < row.Count ? row[column].Trim() : "";
                if (At(9).Length > 0) rows.Add(new OfficialRow(map, At(1), At(3), OneLine(At(6)), OneLine(At(9)), At(14), At(15), OneLine(At(16))));
            }
        }

        return rows;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>RFC 4180: fields between quotation marks may hold commas, line breaks and doubled quotation marks.</summary>
    internal static IEnumerable<List<string>> Rows(string file)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        var text = File.ReadAllText(file);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
            else if (letter == '"') quoted = !quoted;
            else if (quoted || letter is not (',' or '\n' or '\r')) field.Append(letter);
            else if (letter != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (letter == ',') continue;
                yield return row;
                row = [];
            }
        }

        if (field.Length == 0 && row.Count == 0) yield break;
        row.Add(field.ToString());
        yield return row;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
