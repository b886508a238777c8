using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// A content tree as Narrative of its report (R4 2.4.0): headings, paragraphs and lists, in the order of the document. All text is escaped; there are no
/// attributes but the name space, and so no styles, links or pictures.
/// </summary>
internal sealed class Narrative
{
    /// <summary>Characters. A report of a hundred pages has fewer.</summary>
    private const int Most = 256 * 1024;

    private const string Relations = "CONTAINS";

    private readonly StringBuilder text = new("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    private readonly List<AttributeValue> shown = [];
    private readonly List<AttributeValue> left = [];
    private bool full;

    public static void Set(StudyMapping mapping, FhirNode report, ContentItem root)
    {
        var narrative = new Narrative();
        narrative.Heading(root, 1);
        foreach (var child in root.Children) narrative.Block(child, 2);
        if (narrative.shown.Count == 0) return;
        if (narrative.full) narrative.text.Append("<p>…</p>");
        narrative.text.Append("</div>");
        var node = report.Object("text").Constant("status", "generated");
        node.Set("div", mapping.Text(narrative.text.ToString()));
        foreach (var value in narrative.shown) node.AlsoFrom("div", value.Leaf);
        foreach (var value in narrative.left) mapping.Note(value, ManifestNote.BeyondNarrative);
    }

    private void Block(ContentItem item, int level)
    {
        if (item.ValueType == "CONTAINER")
        {
            Heading(item, level);
            foreach (var child in item.Children) Block(child, level + 1);
            return;
        }

        text.Append("<p>");
        Line(item);
        text.Append("</p>");
        Below(item);
    }

    /// <summary>What says more of an item: modifiers, properties, what it was inferred from.</summary>
    private void Below(ContentItem item)
    {
        if (item.Children.Count == 0) return;
        text.Append("<ul>");
        foreach (var child in item.Children)
        {
            text.Append("<li>");
            if (child.Relationship is not ("" or Relations)) text.Append("<i>").Append(Escaped(child.Relationship.ToLowerInvariant())).Append("</i> ");
            Line(child);
            Below(child);
            text.Append("</li>");
        }

        text.Append("</ul>");
    }

    private void Heading(ContentItem item, int level)
    {
        if (CodedConcept.MeaningOf(item.Concept) is not { } name) return;
        var tag = string.Create(CultureInfo.InvariantCulture, $"h{Math.Min(level, 6)}");
        text.Append('<').Append(tag).Append('>');
        Show(name);
        text.Append("</").Append(tag).Append('>');
    }

    private void Line(ContentItem item)
    {
        if (CodedConcept.MeaningOf(item.Concept) is { } name)
        {
            text.Append("<b>");
            Show(name);
            text.Append("</b> ");
        }

        foreach (var value in ContentValue.Of(item))
        {
            if (value.Before.Length > 0) text.Append(Escaped(value.Before));
            Show(value.Value);
        }
    }

    private void Show(AttributeValue value)
    {
        full = full || text.Length + value.Text.Length > Most;
        (full ? left : shown).Add(value);
        if (full) return;
        var said = value.Name.Count > 0 ? string.Join(' ', value.Name.Select(group => group.Text.Replace('^', ' ').Trim())) : value.Text;
        foreach (var group in value.Name.Skip(1)) shown.Add(new(group.Text, group.Leaf));
        text.Append(Escaped(said).ReplaceLineEndings("<br/>"));
    }

    /// <summary>Characters that XML does not have are left out (XML 1.0, 2.2).</summary>
    private static string Escaped(string plain)
    {
        var safe = new StringBuilder(plain.Length);
        for (var at = 0; at < plain.Length; at++)
        {
            var letter = plain[at];
            if (char.IsHighSurrogate(letter) && at + 1 < plain.Length && char.IsLowSurrogate(plain[at + 1])) safe.Append(letter).Append(plain[++at]);
            else if (letter is '\t' or '\n' or '\r' or (>= ' ' and < (char)0xD800) or (>= (char)0xE000 and < (char)0xFFFE)) _ = letter switch
            {
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                '"' => safe.Append("&quot;"),
                _ => safe.Append(letter),
            };
        }

        return safe.ToString();
    }
}
