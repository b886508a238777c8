namespace EHealthPlus.Tests.Agreement;

/// <summary>
/// Agreement with the official maps, row by row. EHEALTHPLUS_AGREEMENT=write makes docs/agreement anew.
/// </summary>
public sealed class AgreementTests
{
    private static readonly Lazy<IReadOnlyList<Finding>> Findings = new(() => [.. OfficialMaps.Segments.Concat(OfficialMaps.DataTypes).AsParallel().AsOrdered().Select(Proof.Of)]);

    [Fact]
    public void The_official_maps_are_read_whole()
    {
        // Of the 1,055 and 617 rows that have a target 1,046 and 606 name their field or component; the others are about the whole.
        Assert.Equal((1055, 617), (OfficialMaps.Segments.Count, OfficialMaps.DataTypes.Count));
        Assert.Equal(606, OfficialMaps.DataTypes.Count(row => row.Identifier.Length > 0));
    }

    [Fact]
    public void Each_row_is_implemented_or_has_a_reason()
    {
        var notMapped = NotMapped.Read();

        var open = Findings.Value.Where(finding => finding.Outcome is (Outcome.NotImplemented or Outcome.CitedNotSeen) && notMapped.ReasonOf(finding.Row) is null)
            .Select(finding => NotMapped.Line(finding.Row.Map.Name, finding.Row.Name, "")).ToList();

        Assert.True(open.Count == 0, $"{open.Count} rows are neither implemented nor have a reason in docs/agreement/not-mapped.csv:\n{string.Join('\n', open)}");
    }

    [Fact]
    public void Reasons_are_sorted_and_name_rows_that_there_are()
    {
        var lines = NotMapped.Lines;

        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.Empty(NotMapped.Read().Unknown());
    }

    [Fact]
    public void Each_reason_is_needed()
    {
        var notMapped = NotMapped.Read();
        var used = Findings.Value.Where(finding => finding.Outcome is Outcome.NotImplemented or Outcome.CitedNotSeen).Select(finding => notMapped.ReasonOf(finding.Row)).ToHashSet(StringComparer.Ordinal);

        Assert.All(notMapped.All, reason => Assert.True(used.Contains(reason), $"No row is open for this reason any more: {reason}"));
    }

    [Fact]
    public void The_documents_are_current()
    {
        var documents = AgreementDocuments.Of(Findings.Value, NotMapped.Read());
        if (Environment.GetEnvironmentVariable("EHEALTHPLUS_AGREEMENT") == "write")
        {
            foreach (var (file, text) in documents) File.WriteAllText(Path.Combine(NotMapped.Folder, file), text);
        }

        var changed = documents.SelectMany(document => Changes(document.File, document.Text)).ToList();
        Assert.True(changed.Count == 0, $"docs/agreement is not current ({changed.Count} lines); EHEALTHPLUS_AGREEMENT=write makes it anew:\n{string.Join('\n', changed.Take(40))}");
        Assert.Equal(documents.Select(document => document.File).Order(StringComparer.Ordinal), Directory.EnumerateFiles(NotMapped.Folder, "*.md").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Changes(string file, string text)
    {
        var path = Path.Combine(NotMapped.Folder, file);
        var committed = File.Exists(path) ? File.ReadAllText(path) : "";
        return committed == text ? [] : text.Split('\n').Except(committed.Split('\n'), StringComparer.Ordinal).Select(line => $"{file}: {line}").DefaultIfEmpty($"{file}: lines are gone or moved");
    }
}
