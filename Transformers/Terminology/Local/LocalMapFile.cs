using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EHealthPlus.Transformers.Terminology.CodeSystems;

namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>
/// Reads one map file: CSV in UTF-8 with a header row. Columns, in any order: source (or else the file is named SOURCE.csv), field, code,
/// system, target_system, target_code, target_display, from, until, comment. Days are written 2026-01-31. A row without target_code is
/// work still to do, and is passed over. An apostrophe before =, +, - or @ keeps spreadsheet programs from running the cell, and is no part of it.
/// </summary>
public static partial class LocalMapFile
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>All columns, as the list of unmapped codes writes them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["source", "field", "code", "system", "target_system", "target_code", "target_display", "from", "until", "comment"];

    private static readonly string[] Needed = ["field", "code", "target_system", "target_code", "from"];

    /// <param name="file">Name of the file, without folder.</param>
    /// <param name="errors">All that is wrong is added here; the rows are of use only where nothing was.</param>
    public static IReadOnlyList<LocalMapRow> Read(string file, ReadOnlySpan<byte> bytes, ICollection<LocalMapError> errors)
    {
        var rows = new List<LocalMapRow>();
        if (Text(file, bytes, errors) is not { } text) return rows;
        Dictionary<string, int>? header = null;
        foreach (var (line, cells) in CsvLines.Read(text, (line, reason) => errors.Add(new(file, line, "", reason))))
        {
            if (header is null)
            {
                header = Header(file, line, cells, errors);
                if (header is null) return rows;
                continue;
            }

            if (cells.Count != header.Count)
            {
                errors.Add(new(file, line, "", $"{cells.Count} cells, but the header has {header.Count}"));
                continue;
            }

            if (new Line(file, line, cells, header, errors).Row() is { } row) rows.Add(row);
        }

        if (header is null) errors.Add(new(file, 1, "", "There is no header row"));
        Overlaps(rows, errors);
        return rows;
    }

    /// <summary>Adds an error for each row that holds on a day on which an earlier row says what the same code means.</summary>
    internal static void Overlaps(IEnumerable<LocalMapRow> rows, ICollection<LocalMapError> errors)
    {
        foreach (var same in rows.GroupBy(row => (row.Source, row.Field, row.Code, row.System)))
        {
            var earlier = new List<LocalMapRow>();
            foreach (var row in same)
            {
                if (earlier.Find(row.Meets) is { } met) errors.Add(new(row.File, row.Line, "from", $"Overlaps with {met.File} line {met.Line}, which says what the same code means on the same days"));
                earlier.Add(row);
            }
        }
    }

    private static string? Text(string file, ReadOnlySpan<byte> bytes, ICollection<LocalMapError> errors)
    {
        if (bytes.Length > MostBytes)
        {
            errors.Add(new(file, 1, "", "The file is larger than 16 MB"));
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var line = 1;
        foreach (var part in bytes.Split((byte)'\n'))
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes[part])) errors.Add(new(file, line, "", "Not UTF-8: save the file as CSV in UTF-8"));
            line++;
        }

        return errors.Any(error => error.File == file) ? null : Encoding.UTF8.GetString(bytes);
    }

    private static Dictionary<string, int>? Header(string file, int line, List<string> cells, ICollection<LocalMapError> errors)
    {
        var header = new Dictionary<string, int>(StringComparer.Ordinal);
        var good = true;
        for (var at = 0; at < cells.Count; at++)
        {
            var name = cells[at].Trim();
            if (!Columns.Contains(name)) Fault(name, $"No column of a local map; the columns are {string.Join(", ", Columns)}");
            else if (!header.TryAdd(name, at)) Fault(name, "The column is there twice");
        }

        foreach (var name in Needed.Where(name => !header.ContainsKey(name))) Fault(name, "The column is missing");
        return good ? header : null;

        void Fault(string column, string reason)
        {
            errors.Add(new(file, line, column, reason));
            good = false;
        }
    }

    [GeneratedRegex("^([0-9]{4}|[A-Z][A-Z0-9]{2}-[1-9][0-9]{0,2})$")]
    private static partial Regex FieldOrTable();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")]
    private static partial Regex SourceId();

    [GeneratedRegex(@"^\S+( \S+)*$")]
    private static partial Regex FhirCode();

    /// <summary>One line while it is checked.</summary>
    private sealed class Line(string file, int number, List<string> cells, Dictionary<string, int> header, ICollection<LocalMapError> errors)
    {
        private bool good = true;

        /// <returns>Null where something is wrong, or nothing is mapped yet.</returns>
        public LocalMapRow? Row()
        {
            var source = header.ContainsKey("source") ? Cell("source") : Path.GetFileNameWithoutExtension(file);
            if (!SourceId().IsMatch(source)) Fault("source", header.ContainsKey("source") ? "Not the id of a source: lower-case letters, digits, hyphens" : "There is no such column, and the file is not named after a source, such as my-hospital.csv");
            var (field, code, system) = (Cell("field"), Cell("code"), Cell("system"));
            if (!FieldOrTable().IsMatch(field)) Fault("field", "Neither a field, such as OBX-3, nor a table, such as 0001");
            if (code.Length == 0) Fault("code", "Empty");
            if (Cell("target_code").Length == 0 && Cell("target_system").Length == 0) return null;
            var targetSystem = TargetSystem();
            var targetCode = Cell("target_code");
            if (!FhirCode().IsMatch(targetCode)) Fault("target_code", targetCode.Length == 0 ? "Empty" : "Not in the form of a code: no blanks at the ends, single blanks within");
            else if (targetSystem is not null && CheckDigits.ProblemOf(targetSystem, targetCode) is { } problem) Fault("target_code", problem);
            var from = Day("from") ?? Missing("from");
            var until = Cell("until").Length == 0 ? null : Day("until");
            if (good && until < from) Fault("until", "Before the day in from");
            return good ? new(source, field, code, system, targetSystem!, targetCode, Cell("target_display"), from!.Value, until, Cell("comment"), file, number) : null;
        }

        private string? TargetSystem()
        {
            var named = Cell("target_system");
            if (CodeSystemNames.TryGetUri(Encoding.UTF8.GetBytes(named), out var uri)) return Encoding.UTF8.GetString(uri);
            if (named.Contains(':', StringComparison.Ordinal) && Uri.IsWellFormedUriString(named, UriKind.Absolute)) return named;
            Fault("target_system", named.Length == 0 ? "Empty" : "Neither a URI nor a name of HL7 table 0396, such as LN, SCT or I10");
            return null;
        }

        private DateOnly? Day(string column)
        {
            var text = Cell(column);
            if (text.Length == 0) return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            Fault(column, "Not a day of the calendar, written 2026-01-31");
            return null;
        }

        private DateOnly? Missing(string column)
        {
            if (Cell(column).Length == 0) Fault(column, "Empty");
            return null;
        }

        private string Cell(string column)
        {
            if (!header.TryGetValue(column, out var at)) return "";
            var cell = cells[at].Trim();
            return cell is ['\'', ..] && cell.TrimStart('\'') is ['=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
        }

        private void Fault(string column, string reason)
        {
            errors.Add(new(file, number, column, reason));
            good = false;
        }
    }
}
