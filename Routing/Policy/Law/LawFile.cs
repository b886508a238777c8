using System.Globalization;
using System.Text;

namespace EHealthPlus.Routing.Policy.Law;

/// <summary>One row of a table of the law.</summary>
internal sealed class LawRow(string file, int line, IReadOnlyList<string> columns, IReadOnlyList<string> cells)
{
    /// <summary>The text of a cell, empty where the cell is.</summary>
    public string this[string column]
    {
        get
        {
            for (var at = 0; at < columns.Count; at++)
            {
                if (columns[at] == column) return cells[at];
            }

            throw Fault($"has no column {column}");
        }
    }

    /// <summary>A calendar day, yyyy-MM-dd; null where the cell is empty.</summary>
    public DateOnly? Day(string column) =>
        this[column] is not { Length: > 0 } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Fault($"{column} is no day: {text}");

    /// <summary>The value that a key in lower case with hyphens names.</summary>
    public T Named<T>(string column, Func<string, T?> find) where T : struct =>
        find(this[column]) ?? throw Fault($"{column} is not known: {this[column]}");

    public InvalidDataException Fault(string what) => new($"{file} line {line} {what}");
}

/// <summary>
/// Reads the tables of the law: CSV after RFC 4180, UTF-8, the first row names the columns. They are part of the program, so that a
/// change of the law is reviewed and released like any other change.
/// </summary>
internal static class LawFile
{
    /// <exception cref="InvalidDataException">A row has not as many cells as there are columns.</exception>
    public static IReadOnlyList<LawRow> Read(string name)
    {
        using var stream = typeof(LawFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not part of the program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var columns = Cells(reader.ReadLine() ?? "");
        var rows = new List<LawRow>();
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            var cells = Cells(text);
            if (cells.Count != columns.Count) throw new InvalidDataException($"{name} line {line} has {cells.Count} cells for {columns.Count} columns");
            rows.Add(new(name, line, columns, cells));
        }

        return rows;
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"' when quoted && at + 1 < line.Length && line[at + 1] == '"':
                    cell.Append('"');
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(line[at]);
                    break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
