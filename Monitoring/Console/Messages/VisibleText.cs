using System.Globalization;
using EHealthPlus.Monitoring.Console.Markup;

namespace EHealthPlus.Monitoring.Console.Messages;

/// <summary>Writes text so that each character can be seen: control, invisible and direction characters, bad bytes, HL7 escapes.</summary>
internal static class VisibleText
{
    /// <param name="escape">MSH-2's escape character; NUL where there is none.</param>
    public static void Write(HtmlBuilder html, ReadOnlySpan<char> text, char escape)
    {
        var plain = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var length = 1;
            if (text[index] == MessageText.BadByte && index + 2 < text.Length) length = 3;
            else if (escape != '\0' && text[index] == escape && text[(index + 1)..].IndexOf(escape) is var end and >= 0 and < 40) length = end + 2;
            else if (NameOf(text[index]) is null && !(text[index] == ' ' && index == text.Length - 1)) continue;

            if (index > plain) html.Add($"{text[plain..index].ToString()}");
            Mark(html, text.Slice(index, length).ToString());
            index += length - 1;
            plain = index + 1;
        }

        if (plain < text.Length) html.Add($"{text[plain..].ToString()}");
    }

    private static void Mark(HtmlBuilder html, string text)
    {
        if (text[0] == MessageText.BadByte) html.Add($"""<i class="bad" title="0x{text[1..]}">{text[1..]}</i>""");
        else if (text.Length > 1) html.Add($"""<i class="esc" title="{Meaning(text)}">{text}</i>""");
        else if (text[0] == ' ') html.Add($"""<i class="c" title="U+0020 SPACE">·</i>""");
        else html.Add($"""<i class="c" title="U+{((int)text[0]).ToString("X4", CultureInfo.InvariantCulture)}">{NameOf(text[0])}</i>""");
    }

    /// <summary>HL7 v2.8.2 2.7 Use of escape sequences in text fields.</summary>
    private static string Meaning(string sequence) => sequence[1..^1] switch
    {
        "F" => "field separator", "S" => "component separator", "T" => "subcomponent separator", "R" => "repetition separator",
        "E" => "escape character", "P" => "truncation character", "H" => "start highlighting", "N" => "normal text",
        ['X', ..] => "hexadecimal data", ['Z', ..] => "locally defined", ['C', ..] => "single-byte character set", ['M', ..] => "multi-byte character set",
        ['.', ..] => "formatting command", _ => "escape sequence",
    };

    /// <returns>Null for a character that shows itself.</returns>
    private static string? NameOf(char letter)
    {
        switch (letter)
        {
            case '\t': return "TAB";
            case '\r': return "CR";
            case '\n': return "LF";
            case '\0': return "NUL";
            case '\x0B': return "VT";
            case '\x1B': return "ESC";
            case '\x1C': return "FS";
            case '\x7F': return "DEL";
            case '\u00A0': return "NBSP";
            case '\u00AD': return "SHY";
            case '\u3000': return "U+3000";
            case '\uFEFF': return "BOM";
        }

        return CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherNotAssigned && letter != ' '
            ? (letter < 256 ? "" : "U+") + ((int)letter).ToString("X2", CultureInfo.InvariantCulture)
            : null;
    }
}
