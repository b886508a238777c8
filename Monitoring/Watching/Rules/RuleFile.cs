using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EHealthPlus.Monitoring.Watching.Judging;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Watching.Rules;

/// <summary>
/// Reads the rules: UTF-8, the first line names the columns, one line a rule, cells with commas between and no quotation marks. The
/// program's own file, or the one that the hub's settings name.
/// </summary>
internal static class RuleFile
{
    private const int MostCounted = 10_000;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    private static readonly string[] Columns =
        ["rule", "key", "conduct", "roles", "who", "suspect", "count", "of", "minutes", "hours", "providers", "title", "title in chinese"];

    private static readonly FrozenSet<string> Roles = Enum.GetValues<Role>().Select(AccessPrincipal.KeyOf).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="path">Null for the program's own.</param>
    /// <exception cref="InvalidDataException">A line is no rule.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<WatchingRule> Read(string? path)
    {
        using var stream = path is null ? typeof(RuleFile).Assembly.GetManifestResourceStream("rules.csv")! : File.OpenRead(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader, path ?? "rules.csv");
    }

    /// <param name="name">Of the file, for what is said of its faults.</param>
    /// <inheritdoc cref="Read(string?)"/>
    public static IReadOnlyList<WatchingRule> Read(TextReader lines, string name)
    {
        if (lines.ReadLine() != string.Join(',', Columns)) throw new InvalidDataException($"{name} line 1 is not {string.Join(',', Columns)}");
        var rules = new List<WatchingRule>();
        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            if (line.Length == 0) continue;
            var cells = line.Split(',');
            if (cells.Length != Columns.Length) throw new InvalidDataException($"{name} line {number} has {cells.Length} cells for {Columns.Length} columns");
            var rule = Rule(new(name, number, cells));
            if (rules.Any(other => other.Number == rule.Number || other.Key == rule.Key)) throw new InvalidDataException($"{name} line {number}: the number or key of another rule");
            rules.Add(rule);
        }

        return rules;
    }

    private static WatchingRule Rule(Line line) => new(
        line.Number("rule", 1, int.MaxValue), line["key"], line.Named<Conduct>("conduct"),
        line.Words("roles").Select(role => Roles.Contains(role) ? role : throw line.Fault($"roles names {role}")).ToFrozenSet(StringComparer.Ordinal),
        line.Named<Bearers>("who"), line.Named<SuspectKind>("suspect"), line.Number("count", 1, MostCounted), line.Named<Counted>("of"),
        TimeSpan.FromMinutes(line.Number("minutes", 1, (int)LongestWindow.TotalMinutes)), Hours(line),
        line.Words("providers").Select(kind => Find<ProviderKind>(kind) ?? throw line.Fault($"providers names {kind}")).ToFrozenSet(),
        new(line["title"], line["title in chinese"]));

    private static PartOfDay? Hours(Line line)
    {
        if (line["hours"] is not { Length: > 0 } text) return null;
        return text.Split('-') is [var from, var until]
            && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && TimeOnly.TryParseExact(until, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            ? new(first, end)
            : throw line.Fault($"hours is not written as 00:00-06:00: {text}");
    }

    private static T? Find<T>(string key)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == key) return value;
        }

        return null;
    }

    private sealed record Line(string File, int At, string[] Cells)
    {
        public string this[string column] => Cells[Array.IndexOf(Columns, column)].Trim();

        public string[] Words(string column) => this[column].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        public int Number(string column, int least, int most) =>
            int.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : throw Fault($"{column} is no number from {least} to {most}: {this[column]}");

        public T Named<T>(string column)
            where T : struct, Enum => Find<T>(this[column]) ?? throw Fault($"{column} is not known: {this[column]}");

        public InvalidDataException Fault(string what) => new($"{File} line {At}: {what}");
    }
}
