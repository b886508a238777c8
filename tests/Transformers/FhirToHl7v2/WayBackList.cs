using System.Globalization;
using System.Runtime.CompilerServices;

namespace EHealthPlus.Tests.Transformers.FhirToHl7v2;

/// <summary>docs/agreement/way-back.csv: the fields that do not come back. A line is of a component, or of a whole field that never does.</summary>
internal sealed record WayBackList(IReadOnlyList<WayBackLine> Lines)
{
    private const string Header = "field,lost,reason";

    private static readonly string Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../../../docs/agreement/way-back.csv"));

    public static WayBackList Read() => new([.. File.ReadLines(Path).Skip(1).Select(line => line.Split(',', 3)).Select(parts => new WayBackLine(parts[0], parts[1], parts[2]))]);

    /// <summary>Counts the lines anew, leaves out those that are no longer true, adds what is newly lost.</summary>
    public static void Write(Losses losses)
    {
        var known = Read();
        var kept = known.Lines.Where(line => losses.Of(line.Field).Lost > 0).Select(line => line with { Lost = TimesOf(losses, line.Field) }).ToList();
        var added = losses.Fields.Where(field => !known.Has(field)).Select(field => new WayBackLine(field, TimesOf(losses, field), ""));
        File.WriteAllLines(Path, [Header, .. kept.Concat(added).OrderBy(line => OrderOf(line.Field)).Select(line => $"{line.Field},{line.Lost},{line.Reason}")]);
    }

    /// <returns>What the list lacks, and what it says and is not so.</returns>
    public List<string> Differences(Losses losses)
    {
        var differences = losses.Fields.Where(field => !Has(field)).Select(field => $"{field}: mapped and not written back, and not listed ({losses.Of(field).Example})").ToList();
        foreach (var line in Lines)
        {
            var times = TimesOf(losses, line.Field);
            if (losses.Of(line.Field).Lost == 0) differences.Add($"{line.Field}: listed, and comes back now");
            else if (times != line.Lost) differences.Add($"{line.Field}: lost {times}, listed as {line.Lost} ({losses.Of(line.Field).Example})");
            else if (times != Always && !line.Field.Contains('.', StringComparison.Ordinal)) differences.Add($"{line.Field}: a whole field is listed that comes back in part");
        }

        return differences;
    }

    private const string Always = "always";

    private static string TimesOf(Losses losses, string field)
    {
        var (mapped, lost, _) = losses.Of(field);
        return mapped == lost ? Always : lost.ToString(CultureInfo.InvariantCulture);
    }

    private bool Has(string component) => Lines.Any(line => line.Field == component || component.StartsWith(line.Field + ".", StringComparison.Ordinal));

    // By segment, then as numbers: PID-4 before PID-11.2.
    private static (string Segment, int Field, int Component) OrderOf(string field)
    {
        var parts = field.Split('-', '.');
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : 0);
    }

    private static string Here([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}

/// <param name="Lost">A number of times, or always.</param>
internal sealed record WayBackLine(string Field, string Lost, string Reason);
