using System.Globalization;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Inspection;

/// <summary>
/// A data set for people: a line for each element with its tag, VR, length, keyword and value, items indented below their sequence.
/// Text is shown in its characters, whatever it was sent in.
/// </summary>
/// <param name="characterSet">In place of (0008,0005); null as the data set says.</param>
/// <param name="width">So many characters of a value are shown.</param>
public sealed class DataSetDump(TextWriter output, bool bigEndian, SpecificCharacterSet? characterSet, int width) : IElementHandler
{
    /// <summary>A longer value is told by its length only.</summary>
    private const int ValueLimit = 64 * 1024;

    private const uint Item = 0xFFFEE000;

    private readonly TextScopes scopes = new(characterSet);
    private readonly Dictionary<uint, string> creators = [];
    private readonly Stack<int> items = new();
    private int depth;
    private int fragments;

    public ValueUse Element(in ElementHeader header) => header.Tag != Item && header.Length <= ValueLimit ? ValueUse.Hold : ValueUse.Skip;

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value)
    {
        if (header.Tag == TextScopes.Tag) scopes.Set(value);
        ElementHeader known = header.Known();
        string text = ValueText.Of(known.Vr, value, bigEndian && !known.Implicit, scopes.Current, width);
        if (ElementDictionary.IsCreator(header.Tag)) creators[((header.Tag & 0xFFFF0000) | ((header.Tag & 0xFF) << 8))] = text;
        Line(header, text);
    }

    public void EndElement(in ElementHeader header)
    {
        if (header.Tag == Item) output.WriteLine($"{Indent()}{(fragments++ == 0 ? "offset table" : string.Create(CultureInfo.InvariantCulture, $"fragment {fragments - 1}"))}, {Number(header.Length)} bytes");
        else Line(header, $"({Number(header.Length)} bytes)");
    }

    public void BeginSequence(in ElementHeader header)
    {
        Line(header, string.Empty);
        depth++;
        items.Push(0);
    }

    public void BeginItem(in ElementHeader header)
    {
        scopes.BeginItem();
        items.Push(items.Pop() + 1);
        output.WriteLine($"{Indent()}item {Number(items.Peek())}");
        depth++;
    }

    public void EndItem(bool delimited)
    {
        scopes.EndItem();
        depth--;
    }

    public void EndSequence(bool delimited)
    {
        items.Pop();
        depth--;
    }

    public void BeginFragments(in ElementHeader header)
    {
        Line(header, "(encapsulated)");
        depth++;
        fragments = 0;
    }

    public void EndFragments() => depth--;

    private void Line(in ElementHeader header, string value)
    {
        string vr = header.Vr == Vr.Other ? "??" : VrNames.Of(header.Vr);
        string length = header.Undefined ? "-" : Number(header.Length);
        string line = string.Create(CultureInfo.InvariantCulture, $"{Indent()}({header.Tag >> 16:X4},{header.Tag & 0xFFFF:X4}) {vr} {length,6}  {Name(header.Tag)}");
        output.WriteLine(value.Length == 0 ? line : $"{line}  {value}");
    }

    /// <summary>Keyword; for a private element who defines it (PS3.5-2024 section 7.8.1).</summary>
    private string Name(uint tag)
    {
        if ((tag & 0xFFFF) == 0) return "GroupLength";
        if (ElementDictionary.IsCreator(tag)) return "PrivateCreator";
        if (ElementDictionary.IsPrivate(tag)) return creators.TryGetValue(tag & 0xFFFFFF00, out string? creator) ? $"[{creator}]" : "[private]";
        return ElementDictionary.Find(tag) is { Keyword: not "-" } known ? known.Keyword : "?";
    }

    private string Indent() => new(' ', depth * 2);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
