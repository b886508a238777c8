using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Output;

/// <summary>What stands in the tables of lists: properties of the hub's answers.</summary>
internal static class Cells
{
    /// <summary>Columns that are never broken: numbers, names, times. Texts are, where the terminal is narrow.</summary>
    public static TableColumn[] Whole(params string[] headers) => [.. headers.Select(header => new TableColumn(header) { NoWrap = true })];

    /// <summary>A property as it came, control characters shown; empty where there is none.</summary>
    public static string Text(JsonNode? row, string name) => Markup.Escape(ControlPictures.Of(row?[name]?.ToString() ?? ""));

    /// <summary>A time to the second, in UTC.</summary>
    public static string Time(JsonNode? row, string name) =>
        DateTimeOffset.TryParse(row?[name]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : Text(row, name);
}
