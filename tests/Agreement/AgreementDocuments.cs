using System.Globalization;
using System.Text;

namespace EHealthPlus.Tests.Agreement;

/// <summary>docs/agreement: an overview with the counts of each map, and one page a segment or data type with a table for each of its maps.</summary>
public static class AgreementDocuments
{
    /// <returns>File name and text, the overview first.</returns>
    public static IReadOnlyList<(string File, string Text)> Of(IReadOnlyList<Finding> findings, NotMapped notMapped) =>
    [
        ("README.md", Overview(findings)),
        .. findings.GroupBy(finding => (finding.Row.Map.OfSegment, finding.Row.Map.Source))
            .Select(group => ($"{(group.Key.OfSegment ? "segment" : "datatype")}-{group.Key.Source}.md", Page(group.Key.Source, [.. group], notMapped))),
    ];

    private static string Overview(IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder("""
            # Agreement with the official v2-to-FHIR maps

            Made by tests/Agreement from the official maps (tests/Corpus/v2-to-fhir-mappings), the code and its translations; `./test Agreement` fails when it is not current.
            `EHEALTHPLUS_AGREEMENT=write ./test Agreement` makes it anew. Reasons stand in [not-mapped.csv](not-mapped.csv).

            How a row is proven: its field gets plausible values in messages of the corpus and the golden pairs, its condition is made to hold, and the ledger says where the value
            went. *implemented*: it was seen at the official target. *elsewhere*: it is mapped, but to another place, which the table names. *cited*: the code says that it implements the
            row, and no message showed it. *not mapped*: neither; the table says why.


            """.ReplaceLineEndings("\n"));
        Totals(text, "Segment maps", [.. findings.Where(finding => finding.Row.Map.OfSegment)]);
        Totals(text, "Data type maps", [.. findings.Where(finding => !finding.Row.Map.OfSegment)]);
        return text.ToString();
    }

    private static void Totals(StringBuilder text, string title, IReadOnlyList<Finding> findings)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| map | rows | implemented | elsewhere | cited | not mapped |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        Counts(text, "**all**", findings);
        foreach (var map in findings.GroupBy(finding => finding.Row.Map))
            Counts(text, $"[{map.Key.Name.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}]({(map.Key.OfSegment ? "segment" : "datatype")}-{map.Key.Source}.md)", [.. map]);
        text.Append('\n');
    }

    private static void Counts(StringBuilder text, string name, IReadOnlyList<Finding> findings)
    {
        int Count(Outcome outcome) => findings.Count(finding => finding.Outcome == outcome);
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {findings.Count} | {Count(Outcome.Implemented)} | {Count(Outcome.Elsewhere)} | {Count(Outcome.CitedNotSeen)} | {Count(Outcome.NotImplemented)} |\n");
    }

    private static string Page(string source, IReadOnlyList<Finding> findings, NotMapped notMapped)
    {
        var text = new StringBuilder($"# {source}\n");
        foreach (var map in findings.GroupBy(finding => finding.Row.Map))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {map.Key.Name}\n\n| row | condition | target | state | where or why |\n| --- | --- | --- | --- | --- |\n");
            foreach (var (row, outcome, where) in map)
            {
                var target = row.Constant is { } constant && !row.Target.Contains('=', StringComparison.Ordinal) ? $"{row.Target} = {constant}" : row.Target;
                text.Append(CultureInfo.InvariantCulture, $"| {(row.Identifier.Length == 0 ? source : row.Identifier)} | {Cell(row.Condition)} | {Cell(target)} | {Words(outcome)} | {Cell(outcome is Outcome.Implemented or Outcome.Elsewhere ? where : notMapped.ReasonOf(row) ?? "")} |\n");
            }
        }

        return text.ToString();
    }

    private static string Words(Outcome outcome) => outcome switch
    {
        Outcome.Implemented => "implemented",
        Outcome.Elsewhere => "elsewhere",
        Outcome.CitedNotSeen => "cited",
        _ => "not mapped",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
