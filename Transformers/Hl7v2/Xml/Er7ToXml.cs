using System.Text;
using System.Xml;
using EHealthPlus.Transformers.Hl7v2.Dictionary;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Groups;

namespace EHealthPlus.Transformers.Hl7v2.Xml;

/// <summary>
/// Writes a message as HL7 v2 XML (HL7 Version 2: XML Encoding Rules, release 2), with the standard's groups and data types. Where the standard
/// names no data type, as in Z segments, a component is called after its field: ZPD.2.1.
/// </summary>
public sealed class Er7ToXml
{
    private const string Namespace = "urn:hl7-org:v2xml";

    private readonly Er7Message message;
    private readonly XmlWriter xml;
    private readonly bool timeStampsHaveParts;

    private Er7ToXml(Er7Message message, XmlWriter xml)
    {
        this.message = message;
        this.xml = xml;
        // The type TS had components until v2.5.1; since then a time is a DTM without any.
        timeStampsHaveParts = string.CompareOrdinal(message.Header.Text(12), "2.6") < 0;
    }

    /// <returns>UTF-8.</returns>
    public static byte[] Write(Er7Message message)
    {
        using var output = new MemoryStream();
        using (XmlWriter xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize }))
        {
            SegmentGroup root = SegmentGroup.Of(message);
            Element type = message.Header[9].First;
            string name = root.Name.Length > 0 ? root.Name
                : type[3].Text is { Length: > 0 } structure ? structure
                : type[2].Text is { Length: > 0 } trigger ? $"{type[1].Text}_{trigger}" : type[1].Text;
            xml.WriteStartElement(XmlConvert.EncodeLocalName(name.Length > 0 ? name : "MESSAGE"), Namespace);
            new Er7ToXml(message, xml).Group(root, name);
            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    /// <summary>Segments and inner groups in the order of the message.</summary>
    private void Group(SegmentGroup group, string structure)
    {
        var parts = group.Segments.Select(segment => (At: segment.Index, Write: (Action)(() => Segment(segment))))
            .Concat(group.Groups.Select(inner => (At: FirstOf(inner), Write: (Action)(() =>
            {
                Start($"{structure}.{inner.Name}");
                Group(inner, structure);
                xml.WriteEndElement();
            }))));
        foreach ((_, Action write) in parts.OrderBy(part => part.At)) write();
    }

    private static int FirstOf(SegmentGroup group) =>
        group.Segments.Select(segment => segment.Index).Concat(group.Groups.Select(FirstOf)).DefaultIfEmpty(int.MaxValue).Min();

    private void Segment(Segment segment)
    {
        Start(segment.Name);
        for (int number = 1; number <= segment.FieldCount; number++)
        {
            Field field = segment[number];
            if (field.IsAbsent) continue;
            string type = segment.Name == "OBX" && number == 5 ? segment.Text(2) : StandardNames.OfField(segment.Name, number).DataType;
            foreach (Element repetition in field)
            {
                Start($"{segment.Name}.{number}");
                if (field.IsVerbatim) xml.WriteString(Encoding.UTF8.GetString(repetition.Raw));
                else Value(repetition, type, $"{segment.Name}.{number}");
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    /// <param name="called">What parts are called after where their type has no name.</param>
    private void Value(Element value, string type, string called)
    {
        if (value.IsAbsent) return;
        if (timeStampsHaveParts && type == "DTM") type = "TS";
        bool known = StandardNames.OfComponent(type, 1).DataType.Length > 0;
        if (value.SubcomponentNumber > 0 || (!known && value.PartCount == 1 && value[1].PartCount == 1))
        {
            Text(value.Raw);
            return;
        }

        foreach (Element part in value)
        {
            if (part.IsAbsent) continue;
            int number = value.ComponentNumber == 0 ? part.ComponentNumber : part.SubcomponentNumber;
            string name = known ? $"{type}.{number}" : $"{called}.{number}";
            Start(name);
            Value(part, StandardNames.OfComponent(type, number).DataType, name);
            xml.WriteEndElement();
        }
    }

    /// <summary>Escape sequences of formatting become elements; those that stand for characters become the characters.</summary>
    private void Text(ReadOnlySpan<byte> leaf)
    {
        Delimiters delimiters = message.Delimiters;
        while (delimiters.HasEscape && leaf.IndexOf(delimiters.Escape) is var open and >= 0)
        {
            Plain(leaf[..open]);
            leaf = leaf[open..];
            int close = leaf[1..].IndexOf(delimiters.Escape);
            ReadOnlySpan<byte> sequence = close < 0 ? default : leaf.Slice(0, close + 2);
            if (sequence.Length > 2 && (sequence[1] == (byte)'.' || (sequence.Length == 3 && sequence[1] is (byte)'H' or (byte)'N')) && Resolves(sequence))
            {
                xml.WriteStartElement("escape", Namespace);
                xml.WriteAttributeString("V", Encoding.UTF8.GetString(sequence[1..^1]));
                xml.WriteEndElement();
                leaf = leaf[sequence.Length..];
            }
            else if (sequence.Length > 2 && Resolves(sequence))
            {
                Plain(Escapes.Resolve(sequence, delimiters, message.CharacterSet));
                leaf = leaf[sequence.Length..];
            }
            else
            {
                Plain(leaf[..1]);
                leaf = leaf[1..];
            }
        }

        Plain(leaf);
    }

    private bool Resolves(ReadOnlySpan<byte> sequence) =>
        !Escapes.Resolve(sequence, message.Delimiters, message.CharacterSet).SequenceEqual(sequence);

    private void Plain(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0) return;
        string text = Encoding.UTF8.GetString(utf8);
        // XML has no place for the control characters that the hub refuses in messages anyway.
        xml.WriteString(text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 ? text : new string([.. text.Where(XmlConvert.IsXmlChar)]));
    }

    private void Start(string name) => xml.WriteStartElement(name, Namespace);
}
