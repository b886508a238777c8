using System.Text;
using System.Xml;

namespace EHealthPlus.Adapters.Uploads.Answers;

/// <summary>What an acknowledgement of the hub says, in ER7 or in v2 XML.</summary>
/// <param name="Code">MSA-1, such as AA.</param>
/// <param name="ControlId">MSA-2: MSH-10 of the message.</param>
/// <param name="Rejection">The hub's number of the first reason, from ERR-5 or (before v2.5) ERR-1; 0 where it names none.</param>
internal readonly record struct Acknowledgement(string Code, string ControlId, int Rejection)
{
    public bool IsRefusal => Code.Length == 2 && Code[1] is 'E' or 'R';

    public static Acknowledgement Read(ReadOnlySpan<byte> answer)
    {
        if (answer.TrimStart("\r\n \t"u8) is [(byte)'<', ..]) return ReadXml(answer);
        if (answer.Length < 9) return default;
        byte field = answer[3], component = answer[4], subcomponent = answer[7];
        string code = "", control = "", number = "";
        foreach (var range in answer.Split((byte)'\r'))
        {
            var segment = answer[range];
            if (segment.StartsWith("MSA"u8))
            {
                code = Text(Part(segment, field, 1));
                control = Text(Part(segment, field, 2));
            }
            else if (segment.StartsWith("ERR"u8) && number.Length == 0)
            {
                number = Text(Part(Part(segment, field, 5), component, 0));
                if (number.Length == 0) number = Text(Part(Part(Part(segment, field, 1), component, 3), subcomponent, 3));
            }
        }

        return new(code, control, Number(number));
    }

    private static Acknowledgement ReadXml(ReadOnlySpan<byte> answer)
    {
        string code = "", control = "", number = "";
        var path = new List<string>();
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(answer)), new() { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false }) path.Add(reader.LocalName);
            else if (reader.NodeType == XmlNodeType.EndElement) path.RemoveAt(path.Count - 1);
            else if (reader.NodeType == XmlNodeType.Text)
            {
                if (path is [_, "MSA", "MSA.1", ..]) code = reader.Value;
                else if (path is [_, "MSA", "MSA.2", ..]) control = reader.Value;
                else if (number.Length == 0 && path is [_, "ERR", "ERR.5", _] && path[^1].EndsWith(".1", StringComparison.Ordinal)) number = reader.Value;
                else if (number.Length == 0 && path is [_, "ERR", "ERR.1", _, _] && path[^1].EndsWith(".4", StringComparison.Ordinal)) number = reader.Value;
            }
        }

        return new(code, control, Number(number));
    }

    /// <param name="skip">How many separators stand before the part.</param>
    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> text, byte separator, int skip)
    {
        for (; skip > 0; skip--)
        {
            var next = text.IndexOf(separator);
            if (next < 0) return default;
            text = text[(next + 1)..];
        }

        var end = text.IndexOf(separator);
        return end < 0 ? text : text[..end];
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static int Number(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
