using System.Text.Json;
using EHealthPlus.Monitoring.Console.Markup;

namespace EHealthPlus.Monitoring.Console.Messages;

/// <summary>Writes JSON with folding (details elements), each value knowing its FHIR path.</summary>
internal static class JsonMarkup
{
    /// <summary>Base64 of an embedded document would push everything else out of sight.</summary>
    private const int LongestText = 2_000;

    /// <param name="root">What paths begin with.</param>
    public static void Write(HtmlBuilder html, ReadOnlyMemory<byte> json, string root)
    {
        using var document = JsonDocument.Parse(json, new() { MaxDepth = 128 });
        html.Add($"""<div class="json">""");
        Members(html, document.RootElement, root);
        html.Add($"""</div>""");
    }

    private static void Members(HtmlBuilder html, JsonElement element, string path)
    {
        foreach (var member in element.EnumerateObject()) Value(html, member.Name, member.Value, $"{path}.{member.Name}");
    }

    private static void Value(HtmlBuilder html, string? name, JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Open(html, name, "{", path);
                Members(html, value, path);
                html.Add($"""<div class="close">{"}"}</div></details>""");
                break;
            case JsonValueKind.Array:
                Open(html, name, "[", path);
                var index = 0;
                foreach (var item in value.EnumerateArray()) Value(html, null, item, FormattableString.Invariant($"{path}[{index++}]"));
                html.Add($"""<div class="close">]</div></details>""");
                break;
            default:
                html.Add($"""<div class="j" data-p="{path}">""");
                Name(html, name);
                Leaf(html, value);
                html.Add($"""</div>""");
                break;
        }
    }

    private static void Open(HtmlBuilder html, string? name, string bracket, string path)
    {
        html.Add($"""<details open data-p="{path}"><summary class="j">""");
        Name(html, name);
        html.Add($"""<s>{bracket}</s></summary>""");
    }

    private static void Name(HtmlBuilder html, string? name)
    {
        if (name is not null) html.Add($"""<span class="key">{name}</span><s>: </s>""");
    }

    private static void Leaf(HtmlBuilder html, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            html.Add($"""<span class="num">{value.GetRawText()}</span>""");
            return;
        }

        var text = value.GetString()!;
        html.Add($"""<span class="str">""");
        VisibleText.Write(html, text.Length <= LongestText ? text : text.AsSpan(0, LongestText), '\0');
        html.Add($"""{(text.Length <= LongestText ? "" : $"… ({Shown.Number(text.Length)})")}</span>""");
    }
}
