using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Messages;

/// <summary>
/// Writes a message as it is, each leaf in a span that knows its position. It cuts by the delimiters only and checks nothing: what
/// cannot be parsed must be shown too.
/// </summary>
internal sealed class RawMessage(HtmlBuilder html, FieldNames? names)
{
    private readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);
    private char field = '|';
    private char component = '^';
    private char repetition = '~';
    private char escape = '\\';
    private char subcomponent = '&';

    public void Write(string text)
    {
        html.Add($"""<ol class="raw">""");
        for (var from = 0; from < text.Length;)
        {
            var end = text.AsSpan(from).IndexOfAny('\r', '\n') is var found and >= 0 ? from + found : text.Length;
            var next = end;
            if (next < text.Length) next += text[next] == '\r' && next + 1 < text.Length && text[next + 1] == '\n' ? 2 : 1;
            html.Add($"""<li>""");
            Segment(text.AsSpan(from, end - from));
            // The line end is outside the segment's spans: it belongs to no field.
            html.Add($"""<span class="end">""");
            VisibleText.Write(html, text.AsSpan(end, next - end), '\0');
            html.Add($"""</span></li>""");
            from = next;
        }

        html.Add($"""</ol>""");
    }

    private void Segment(ReadOnlySpan<char> segment)
    {
        if (segment.Length < 4 || segment[..3].IndexOfAnyExcept(Letters) >= 0)
        {
            VisibleText.Write(html, segment, escape);
            return;
        }

        var id = segment[..3].ToString();
        var header = id is "MSH" or "FHS" or "BHS";
        if (header) TakeDelimiters(segment);
        var sequence = occurrences[id] = occurrences.GetValueOrDefault(id) + 1;
        var at = new FieldLocation(id, sequence);
        html.Add($"""<b class="seg" title="{names?.Of(at)}">{id}</b>""");
        if (segment[3] != field)
        {
            VisibleText.Write(html, segment[3..], escape);
            return;
        }

        var rest = segment[3..];
        if (header)
        {
            Leaf(rest[..1], at with { Field = 1 });
            rest = rest[1..];
            var end = rest.IndexOf(field) is var found and >= 0 ? found : rest.Length;
            // MSH-2 holds the delimiters themselves: it is neither cut nor unescaped.
            Leaf(rest[..end], at with { Field = 2 }, escape: '\0');
            rest = rest[end..];
        }

        for (var number = header ? 3 : 1; rest.Length > 0; number++)
        {
            html.Add($"""<s>{rest[..1].ToString()}</s>""");
            rest = rest[1..];
            var end = rest.IndexOf(field) is var found and >= 0 ? found : rest.Length;
            Field(rest[..end], at with { Field = number });
            rest = rest[end..];
        }
    }

    private void Field(ReadOnlySpan<char> text, FieldLocation at)
    {
        if (text.IsEmpty) return;
        var repeated = 0;
        foreach (var range in text.Split(repetition))
        {
            if (repeated++ > 0) Delimiter(repetition);
            Components(text[range], at with { Repetition = repeated });
        }
    }

    private void Components(ReadOnlySpan<char> text, FieldLocation at)
    {
        var single = text.IndexOf(component) < 0;
        var number = 0;
        foreach (var range in text.Split(component))
        {
            if (number++ > 0) Delimiter(component);
            Subcomponents(text[range], single && text.IndexOf(subcomponent) < 0 ? at : at with { Component = number });
        }
    }

    private void Subcomponents(ReadOnlySpan<char> text, FieldLocation at)
    {
        if (text.IndexOf(subcomponent) < 0)
        {
            Leaf(text, at, escape);
            return;
        }

        var number = 0;
        foreach (var range in text.Split(subcomponent))
        {
            if (number++ > 0) Delimiter(subcomponent);
            Leaf(text[range], at with { Subcomponent = number }, escape);
        }
    }

    private void Leaf(ReadOnlySpan<char> text, FieldLocation at, char escape = '\0')
    {
        if (text.IsEmpty) return;
        html.Add($"""<span data-k="{FieldNames.KeyOf(at)}" title="{FieldNames.Label(at)} {names?.Of(at)}">""");
        VisibleText.Write(html, text, escape);
        html.Add($"""</span>""");
    }

    private void Delimiter(char letter) => html.Add($"""<s>{letter.ToString()}</s>""");

    private void TakeDelimiters(ReadOnlySpan<char> segment)
    {
        field = segment[3];
        var named = segment[4..];
        if (named.IndexOf(field) is var end and >= 0) named = named[..end];
        component = named.Length > 0 ? named[0] : '\uFFFF';
        repetition = named.Length > 1 ? named[1] : '\uFFFF';
        escape = named.Length > 2 ? named[2] : '\0';
        subcomponent = named.Length > 3 ? named[3] : '\uFFFF';
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
