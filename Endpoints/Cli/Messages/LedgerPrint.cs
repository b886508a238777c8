using System.Globalization;
using EHealthPlus.Routing.Contracts.Messages;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>A ledger for people: a table a segment, then counts by disposition and by rule.</summary>
public static class LedgerPrint
{
    private const int LongestValue = 40;

    public static void Write(string message, ILedger ledger, IAnsiConsole screen)
    {
        var rows = ledger.Rows().ToList();
        screen.Write(new Rule($"[bold]{Markup.Escape(message)}[/]").LeftJustified());
        // Which one of its name the segment is stands above its fields.
        foreach (var segment in rows.GroupBy(row => (row.Location.Segment, row.Location.SegmentSequence)))
        {
            var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns(new TableColumn("place") { NoWrap = true }, new TableColumn("what became of it") { NoWrap = true }, new TableColumn("value"), new TableColumn("where or why"));
            foreach (var row in segment) table.AddRow(Markup.Escape(Place(row)), Disposition(row.Disposition), Markup.Escape(Shortened(row.Value)), Markup.Escape(Where(row)));
            screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{segment.Key.Segment}[/] {segment.Key.SegmentSequence}");
            screen.Write(table);
        }

        Counts(rows, screen);
    }

    private static void Counts(List<LedgerRow> rows, IAnsiConsole screen)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(new TableColumn("fields").RightAligned(), new TableColumn("became"), new TableColumn("by the rule"));
        foreach (var disposition in rows.CountBy(row => row.Disposition).OrderBy(count => count.Key))
        {
            table.AddRow(Number(disposition.Value), Disposition(disposition.Key), "");
            foreach (var rule in rows.Where(row => row.Disposition == disposition.Key && row.Rule is not null).CountBy(row => row.Rule!).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal))
                table.AddRow(Number(rule.Value), "", Markup.Escape(rule.Key));
        }

        table.AddRow(Number(rows.Count), "in all", "");
        screen.Write(table);
    }

    private static string Place(LedgerRow row)
    {
        var at = row.Location;
        var repetition = at.Repetition > 1 ? string.Create(CultureInfo.InvariantCulture, $"[{at.Repetition}]") : "";
        var subcomponent = at.Subcomponent > 1 ? string.Create(CultureInfo.InvariantCulture, $".{at.Subcomponent}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {at.Segment}-{at.Field}{repetition}.{at.Component}{subcomponent}");
    }

    private static string Where(LedgerRow row) => row.Disposition == LedgerDisposition.Mapped
        ? string.Join('\n', row.Path) + (row.Rule is { } note ? $"\n({note})" : "")
        : row.Rule ?? "";

    private static string Disposition(LedgerDisposition disposition) => disposition switch
    {
        LedgerDisposition.Mapped => "[green]mapped[/]",
        LedgerDisposition.Carried => "[yellow]carried[/]",
        _ => "[grey]dropped[/]",
    };

    private static string Shortened(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= LongestValue ? line : $"{line[..(LongestValue - 1)]}…";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
