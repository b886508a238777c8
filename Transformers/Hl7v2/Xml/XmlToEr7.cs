using System.Globalization;
using System.Text;
using System.Xml;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Writing;

namespace EHealthPlus.Transformers.Hl7v2.Xml;

/// <summary>
/// Reads HL7 v2 XML (HL7 Version 2: XML Encoding Rules, release 2) into ER7 in UTF-8. An element is known by the number that its name ends with:
/// PID.3 is field 3, CX.4 in it component 4, HD.2 in that subcomponent 2; elements of groups stand for nothing. Types are not checked.
/// No document type, no entities beside the five of XML.
/// </summary>
internal sealed class XmlToEr7
{
    private const string Namespace = "urn:hl7-org:v2xml";

    /// <summary>Groups nest up to five deep in the standard, and fields, components and subcomponents stand below them.</summary>
    private const int MaxDepth = 32;
    private const int MaxNumber = 1_000;

    private readonly XmlReader reader;
    private readonly Delimiters delimiters;
    private readonly Er7Writer writer;

    /// <summary>True where the reader stands already on the node that is next.</summary>
    private bool pending;

    private XmlToEr7(XmlReader reader, Delimiters delimiters)
    {
        this.reader = reader;
        this.delimiters = delimiters;
        writer = new Er7Writer(delimiters);
    }

    /// <returns>Or XmlInvalid with line and column, MshMissing, DelimitersInvalid, CharacterSetUnknown, CharacterSetContradicted.</returns>
    public static Result<byte[]> Read(ReadOnlyMemory<byte> document)
    {
        Result<string> text = XmlText.Decode(document.Span);
        if (!text.Accepted) return text.Rejection;
        try
        {
            Result<Delimiters> stated = StatedDelimiters(text.Value);
            if (!stated.Accepted) return stated.Rejection;
            using XmlReader reader = Open(text.Value);
            return new XmlToEr7(reader, stated.Value).Document();
        }
        catch (XmlException fault)
        {
            // Its message may quote the document.
            return new Rejection(RejectionCode.XmlInvalid, $"The document is not well-formed at line {fault.LineNumber}, column {fault.LinePosition}, or holds what is not taken: a document type or an entity");
        }
        catch (ElementException fault)
        {
            return new Rejection(RejectionCode.XmlInvalid, fault.Message);
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = text.Length,
    });

    /// <summary>MSH.1 and MSH.2, which must be known before the first field is written; the usual ones where they are left out.</summary>
    private static Result<Delimiters> StatedDelimiters(string text)
    {
        using XmlReader reader = Open(text);
        string field = "", encoding = "";
        bool header = false;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth == 0) continue;
            if (reader.LocalName == "MSH") header = true;
            else if (reader.LocalName == "MSH.1") field = reader.ReadElementContentAsString();
            else if (reader.LocalName != "MSH.2") break;

            if (reader is { NodeType: XmlNodeType.Element, LocalName: "MSH.2" })
            {
                encoding = reader.ReadElementContentAsString();
                break;
            }
        }

        if (!header) return new Rejection(RejectionCode.MshMissing, "The document does not begin with the segment MSH");
        if (field.Length == 0 && encoding.Length == 0) return Delimiters.Recommended;
        return field.Length == 1 && encoding.Length > 0 && Ascii.IsValid(field + encoding)
            ? Delimiters.Read(Encoding.ASCII.GetBytes($"MSH{field}{encoding}{field}"))
            : new Rejection(RejectionCode.DelimitersInvalid, "MSH.1 and MSH.2 do not name usable delimiters", new FieldLocation("MSH", 1, 1));
    }

    private Result<byte[]> Document()
    {
        reader.MoveToContent();
        if (reader.NamespaceURI is not (Namespace or "")) throw Invalid("The document element is not of the namespace urn:hl7-org:v2xml");
        Group();
        while (reader.Read())
        {
            // What follows the document element is well-formed too, or the reader throws.
        }

        return writer.ToBytes();
    }

    /// <summary>The message, or a group in it: segments and groups.</summary>
    private void Group()
    {
        if (reader.IsEmptyElement) return;
        while (Next())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                if (!IsBlank()) throw Invalid("Text stands between the segments");
            }
            else if (reader.LocalName.Length == 3 && SegmentName.IsWellFormed(SegmentName.Pack(reader.LocalName)))
            {
                Segment(reader.LocalName);
            }
            else if (reader.LocalName.Contains('.', StringComparison.Ordinal))
            {
                Group();
            }
            else
            {
                throw Invalid("An element is neither a segment nor a group");
            }
        }
    }

    private void Segment(string name)
    {
        writer.Segment(name);
        if (reader.IsEmptyElement) return;
        bool holdsDelimiters = SegmentIndex.HoldsDelimiters(SegmentName.Pack(name));
        int last = 0;
        while (Next())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                if (!IsBlank()) throw Invalid($"Text stands between the fields of {name}");
                continue;
            }

            int number = NumberOf(last);
            if (!reader.LocalName.StartsWith(name, StringComparison.Ordinal) || reader.LocalName.LastIndexOf('.') != 3) throw Invalid($"An element in {name} is no field of it");
            if (holdsDelimiters && number <= 2)
            {
                reader.Skip();
                last = number;
                // Skip goes to the node after the element, where Next would go on one too far.
                pending = true;
                continue;
            }

            if (number == last) writer.Repeat();
            else writer.Field(number);
            last = number;
            Value(1);
        }
    }

    /// <summary>A field, component or subcomponent: its parts, or its text.</summary>
    /// <param name="level">Of the parts: 1 components, 2 subcomponents; 3 a type that ER7 cannot split any more.</param>
    private void Value(int level)
    {
        if (reader.IsEmptyElement) return;
        List<(string Text, bool Escape)> text = [];
        int last = 0;
        while (Next())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                text.Add((reader.Value, false));
            }
            else if (reader.LocalName == "escape")
            {
                text.Add((reader.GetAttribute("V") ?? "", true));
                Leave();
            }
            else
            {
                int number = NumberOf(last);
                if (number == last) throw Invalid("A component stands twice");
                last = number;
                if (level == 1) writer.Component(number);
                else if (level == 2) writer.Subcomponent(number);
                else if (number > 1) throw Invalid("Elements nest deeper than subcomponents");
                Value(level + 1);
            }
        }

        if (last == 0) Text(text);
        else if (text.Exists(part => part.Escape || !string.IsNullOrWhiteSpace(part.Text))) throw Invalid("Text stands between components");
    }

    private void Text(List<(string Text, bool Escape)> parts)
    {
        // Space with line ends between two tags is the layout of the document; without, it is the value.
        if (parts is [(var only, false)] && string.IsNullOrWhiteSpace(only) && only.Contains('\n', StringComparison.Ordinal)) return;
        foreach ((string text, bool escape) in parts)
        {
            if (escape) Escape(text);
            else writer.Text(text);
        }
    }

    /// <summary>A formatting command, such as V=".br" (release 2, 2.5): the escape sequence of ER7.</summary>
    private void Escape(string command)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(command);
        bool usable = delimiters.HasEscape && command.Length is > 0 and <= 100 && Ascii.IsValid(command)
            && bytes.AsSpan().IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            && bytes.AsSpan().IndexOfAny([delimiters.Field, delimiters.Component, delimiters.Repetition, delimiters.Subcomponent, delimiters.Escape]) < 0;
        if (!usable) throw Invalid("An escape element holds no command that can be written");
        writer.Raw([delimiters.Escape, .. bytes, delimiters.Escape]);
    }

    /// <summary>Goes to the next node inside the element in hand.</summary>
    /// <returns>False at its end tag.</returns>
    private bool Next()
    {
        bool more = pending || reader.Read();
        pending = false;
        if (!more) throw Invalid("The document ends inside an element");
        if (reader.Depth > MaxDepth) throw Invalid("Elements nest too deep");
        return reader.NodeType != XmlNodeType.EndElement;
    }

    /// <summary>Passes over what an element holds that has no content of interest.</summary>
    private void Leave()
    {
        if (reader.IsEmptyElement) return;
        if (Next()) throw Invalid("An escape element has content");
    }

    private bool IsBlank() => reader.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace || string.IsNullOrWhiteSpace(reader.Value);

    /// <summary>The number at the end of the element's name, not below the last one.</summary>
    private int NumberOf(int last)
    {
        string name = reader.LocalName;
        int dot = name.LastIndexOf('.');
        bool read = int.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (dot < 1 || !read || number is < 1 or > MaxNumber) throw Invalid("The name of an element does not end with a number");
        if (number < last) throw Invalid("Elements are not in the order of their numbers");
        return number;
    }

    private ElementException Invalid(string what)
    {
        var place = (IXmlLineInfo)reader;
        return new ElementException(string.Create(CultureInfo.InvariantCulture, $"{what} (line {place.LineNumber}, column {place.LinePosition})"));
    }

    /// <summary>Carries a reason out of the walk; it never leaves this class.</summary>
    private sealed class ElementException(string reason) : Exception(reason);
}
