using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The parsed message with the standard's names. Opens and closes without scripts.</summary>
internal static class TreeTab
{
    private const int MostLines = 4_000;

    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        var nodes = view.Inspect();
        if (nodes.Count == 0)
        {
            html.Add($"""<p class="empty panel">{MessageWords.NotParsed}</p>""");
            return;
        }

        html.Add($"""<div class="tools" data-needs-script hidden><input type="search" id="search" data-find="#tree .line" placeholder="{MessageWords.Find}" aria-label="{MessageWords.Find}"><button type="button" data-open-all="#tree">{MessageWords.ExpandAll}</button><button type="button" data-close-all="#tree">{MessageWords.CollapseAll}</button></div>""");
        html.Add($"""<section class="panel tree" id="tree">""");
        var left = MostLines;
        foreach (var node in nodes) Node(html, node, 0, ref left);
        html.Add($"""</section>""");
        if (left <= 0) html.Add($"""<p class="notice">{MessageWords.TooManyNodes.With(MostLines)}</p>""");
    }

    private static void Node(HtmlBuilder html, MessageNode node, int depth, ref int left)
    {
        if (left-- <= 0) return;
        if (node.Children.Count == 0)
        {
            html.Add($"""<div class="line d{Math.Min(depth, 4)}">""");
            Line(html, node);
            html.Add($"""</div>""");
            return;
        }

        html.Add($"""<details{new Html(depth < 2 ? " open" : "")}><summary class="line d{Math.Min(depth, 4)}">""");
        Line(html, node);
        html.Add($"""</summary>""");
        foreach (var child in node.Children) Node(html, child, depth + 1, ref left);
        html.Add($"""</details>""");
    }

    private static void Line(HtmlBuilder html, MessageNode node)
    {
        html.Add($"""<code>{node.Label}</code> <span class="what">{node.Name}</span>""");
        if (node.Value is { } value)
        {
            html.Add($"""<span class="value">""");
            VisibleText.Write(html, value, '\0');
            html.Add($"""</span>""");
        }
        else if (Gist(node) is { Length: > 0 } gist) html.Add($"""<span class="value gist">{gist}</span>""");
    }

    /// <summary>What a closed node holds, so that a name or a code can be read without opening it.</summary>
    private static string Gist(MessageNode node)
    {
        if (node.Location.Field == 0) return "";
        var leaves = Leaves(node).Where(leaf => leaf.Length > 0).Take(6);
        var gist = string.Join(" · ", leaves);
        return gist.Length <= 90 ? gist : gist[..90] + "…";
    }

    private static IEnumerable<string> Leaves(MessageNode node) =>
        node.Children.Count == 0 ? [node.Value ?? ""] : node.Children.SelectMany(Leaves);
}
