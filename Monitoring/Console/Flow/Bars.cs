using EHealthPlus.Monitoring.Console.Markup;

namespace EHealthPlus.Monitoring.Console.Flow;

/// <summary>Small drawings in tables. Widths are SVG attributes: the content security policy takes no style attributes.</summary>
internal static class Bars
{
    /// <summary>A bar as long as its share of the longest.</summary>
    public static Html Share(HtmlBuilder html, double value, double most, string style)
    {
        var width = most <= 0 ? 0 : Math.Round(100 * value / most, 1);
        if (value > 0) width = Math.Max(1, width);
        return html.Of(inner => inner.Add(
            $"""<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="{style}" width="{width}" height="6"/></svg>"""));
    }

    /// <summary>Parts of a whole, side by side.</summary>
    public static Html Parts(HtmlBuilder html, string describe, params (long Value, string Style)[] parts)
    {
        var sum = Math.Max(1, parts.Sum(part => part.Value));
        return html.Of(inner =>
        {
            inner.Add($"""<svg class="bar parts" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{describe}"><title>{describe}</title><rect class="track" width="100" height="6"/>""");
            double x = 0;
            foreach (var (value, style) in parts)
            {
                var width = Math.Round(100.0 * value / sum, 2);
                inner.Add($"""<rect class="{style}" x="{x}" width="{width}" height="6"/>""");
                x += width;
            }

            inner.Add($"""</svg>""");
        });
    }

    /// <summary>A trend without axes, each scaled to its own highest.</summary>
    public static Html Trend(HtmlBuilder html, IReadOnlyList<long> values)
    {
        var most = Math.Max(1, values.Count == 0 ? 0 : values.Max());
        return html.Of(inner =>
        {
            inner.Add($"""<svg class="trend" viewBox="0 0 {values.Count * 4} 20" preserveAspectRatio="none" aria-hidden="true">""");
            for (var index = 0; index < values.Count; index++)
            {
                if (values[index] == 0) continue;
                var height = Math.Max(1, Math.Round(19.0 * values[index] / most, 1));
                inner.Add($"""<rect x="{index * 4}" y="{20 - height}" width="3" height="{height}"/>""");
            }

            inner.Add($"""</svg>""");
        });
    }
}
