using System.Xml;
using EHealthPlus.Monitoring.Console.Markup;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>
/// A FHIR narrative (R4 2.4.0) on a page, without its title: its headings, paragraphs and lists, and its text. Any other element and all attributes are left out, so a
/// narrative from anywhere brings no style, link, picture or script.
/// </summary>
internal static class NarrativeText
{
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Fragment };

    /// <returns>False where it is no XHTML; then nothing was written.</returns>
    public static bool Add(HtmlBuilder html, string xhtml)
    {
        if (xhtml.Length == 0) return false;
        try
        {
            html.Add(html.Of(inner => Copy(inner, xhtml)));
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static void Copy(HtmlBuilder html, string xhtml)
    {
        using var text = new StringReader(xhtml);
        using var reader = XmlReader.Create(text, Strict);
        reader.Read();
        while (!reader.EOF)
        {
            // The title, which the page says itself.
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "h1" })
            {
                reader.Skip();
                continue;
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    html.Add(Begin(reader.LocalName));
                    if (reader.IsEmptyElement) html.Add(End(reader.LocalName));
                    break;
                case XmlNodeType.EndElement:
                    html.Add(End(reader.LocalName));
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    html.Add($"{reader.Value}");
                    break;
                default:
                    break;
            }

            reader.Read();
        }
    }

    private static Html Begin(string name) => new(name switch
    {
        "h2" => "<h3>", "h3" => "<h4>", "h4" or "h5" or "h6" => "<h5>", "p" => "<p>", "ul" or "ol" => "<ul>", "li" => "<li>", "b" or "strong" => "<b>", "i" or "em" => "<i>",
        "br" => "<br>", "table" => "<table>", "tr" => "<tr>", "td" => "<td>", "th" => "<th>", _ => "",
    });

    private static Html End(string name) => new(name switch
    {
        "h2" => "</h3>", "h3" => "</h4>", "h4" or "h5" or "h6" => "</h5>", "p" => "</p>", "ul" or "ol" => "</ul>", "li" => "</li>", "b" or "strong" => "</b>", "i" or "em" => "</i>",
        "table" => "</table>", "tr" => "</tr>", "td" => "</td>", "th" => "</th>", _ => "",
    });
}
