using System.Globalization;
using System.Text;
using System.Text.Json;
using EHealthPlus.Monitoring.Console.Api;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <param name="Values">One a point; null where nothing was measured.</param>
/// <param name="Style">Class of the line: which colour it has.</param>
internal sealed record ChartLine(Phrase Name, string Style, IReadOnlyList<double?> Values, bool Filled = false);

/// <summary>A time series as SVG, the same with and without scripts. Its data attribute holds what the hover shows.</summary>
/// <param name="Unit">Writes a value for the axis and the hover.</param>
internal sealed record LineChart(Phrase Title, IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<ChartLine> Lines, Func<double, string> Unit, double LeastTop)
{
    private const int Width = 436;
    private const int Height = 152;
    private const int Left = 56;
    private const int Right = 8;
    private const int Top = 8;
    private const int Bottom = 18;

    public void Write(HtmlBuilder html, string id)
    {
        var top = NiceTop(Math.Max(LeastTop, Lines.SelectMany(line => line.Values).Max() ?? 0));
        html.Add($"""<figure class="chart panel"><figcaption><h2>{Title}</h2><ul class="legend">""");
        foreach (var line in Lines)
        {
            var now = line.Values.Count > 0 ? line.Values[^1] : null;
            html.Add($"""<li class="{line.Style}"><span>{line.Name}</span> <b data-now>{(now is { } value ? Unit(value) : "–")}</b></li>""");
        }

        html.Add($"""</ul></figcaption><svg id="{id}" viewBox="0 0 {Width} {Height}" role="img" aria-label="{Title}" data-chart="{Hover()}" data-left="{Left}" data-right="{Width - Right}" data-top="{Top}" data-bottom="{Height - Bottom}">""");
        Axes(html, top);
        if (Lines.All(line => line.Values.All(value => value is null)))
        {
            html.Add($"""<text class="none" x="{(Left + Width) / 2}" y="{Height / 2}">{FlowWords.NoMeasurement}</text>""");
        }

        foreach (var line in Lines)
        {
            if (line.Filled) html.Add($"""<path class="area {line.Style}" d="{Path(line, top, area: true)}"/>""");
            html.Add($"""<path class="line {line.Style}" d="{Path(line, top, area: false)}"/>""");
        }

        html.Add($"""<line class="cursor" y1="{Top}" y2="{Height - Bottom}" visibility="hidden"/></svg></figure>""");
    }

    /// <summary>1, 2 or 5 times a power of ten, not below the value.</summary>
    internal static double NiceTop(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-9))));
        foreach (var step in (ReadOnlySpan<double>)[1, 2, 4, 5, 6, 8, 10])
        {
            if (step * power >= value - (power * 1e-9)) return step * power;
        }

        return 10 * power;
    }

    private void Axes(HtmlBuilder html, double top)
    {
        for (var part = 0; part <= 2; part++)
        {
            var y = Y(top * part / 2, top);
            html.Add($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{y}" y2="{y}"/><text class="tick" x="{Left - 6}" y="{y + 4}" text-anchor="end">{Unit(top * part / 2)}</text>""");
        }

        if (Times.Count == 0) return;
        for (var part = 0; part <= 3; part++)
        {
            var index = part * (Times.Count - 1) / 3;
            var anchor = part switch { 0 => "start", 3 => "end", _ => "middle" };
            html.Add($"""<text class="tick" x="{X(index)}" y="{Height - 4}" text-anchor="{anchor}">{Times[index].ToOffset(Shown.HongKong).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}</text>""");
        }
    }

    private string Path(ChartLine line, double top, bool area)
    {
        var path = new StringBuilder();
        var open = false;
        for (var index = 0; index < line.Values.Count; index++)
        {
            if (line.Values[index] is not { } value)
            {
                open = false;
                continue;
            }

            // A lone measurement between gaps is drawn as a dot: a line of no length with a round cap.
            path.Append(open ? 'L' : 'M').Append(Point(X(index), Y(value, top)));
            if (!open && !area) path.Append('h').Append('0');
            open = true;
        }

        if (area && path.Length > 0) path.Append('L').Append(Point(X(line.Values.Count - 1), Y(0, top))).Append('L').Append(Point(X(0), Y(0, top))).Append('Z');
        return path.ToString();
    }

    private string Hover() => JsonSerializer.Serialize(
        new
        {
            t = Times.Select(time => time.ToOffset(Shown.HongKong).ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
            v = Lines.Select(line => line.Values.Select(value => value is { } known ? Unit(known) : "–")),
        }, Json.Options);

    private double X(int index) => Math.Round(Left + ((Width - Left - Right) * (Times.Count < 2 ? 0 : index / (double)(Times.Count - 1))), 1);

    private static double Y(double value, double top) => Math.Round(Height - Bottom - ((Height - Top - Bottom) * Math.Min(1, value / top)), 1);

    private static string Point(double x, double y) =>
        x.ToString("0.#", CultureInfo.InvariantCulture) + " " + y.ToString("0.#", CultureInfo.InvariantCulture);
}
