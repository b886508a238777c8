using System.Buffers;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Groups;

/// <summary>A segment or a group in the abstract syntax of a message (HL7 v2.8.2 2.12).</summary>
/// <param name="Children">Empty for a segment.</param>
internal sealed record StructureItem(string Name, bool Required, bool Repeats, StructureItem[] Children)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" ?*+()");

    /// <summary>The segment's name as the index holds it.</summary>
    public uint Packed { get; } = Children.Length == 0 ? SegmentName.Pack(Name) : 0;

    public bool IsGroup => Children.Length > 0;

    /// <summary>The first segment that must be there when the item is there; 0 where none must.</summary>
    public uint Anchor { get; } = AnchorOf(Name, Children);

    /// <summary>Reads the grammar of definitions.txt, such as MSH EVN PATIENT+(PID MRG).</summary>
    public static StructureItem[] Parse(ReadOnlySpan<char> grammar) => ParseItems(ref grammar);

    private static StructureItem[] ParseItems(ref ReadOnlySpan<char> grammar)
    {
        var items = new List<StructureItem>();
        while (grammar.Length > 0 && grammar[0] != ')')
        {
            int length = grammar.IndexOfAny(NameEnds);
            if (length < 0) length = grammar.Length;
            string name = new(grammar[..length]);
            grammar = grammar[length..];
            char mark = grammar.Length > 0 && grammar[0] is '?' or '*' or '+' ? grammar[0] : '1';
            if (mark != '1') grammar = grammar[1..];
            StructureItem[] children = [];
            if (grammar.Length > 0 && grammar[0] == '(')
            {
                grammar = grammar[1..];
                children = ParseItems(ref grammar);
                grammar = grammar[1..];
            }
            items.Add(new StructureItem(name, mark is '1' or '+', mark is '*' or '+', children));
            grammar = grammar.TrimStart(' ');
        }
        return [.. items];
    }

    private static uint AnchorOf(string name, StructureItem[] children)
    {
        if (children.Length == 0) return SegmentName.Pack(name);
        foreach (StructureItem child in children)
        {
            if (child.Required && child.Anchor != 0) return child.Anchor;
        }
        return 0;
    }
}
