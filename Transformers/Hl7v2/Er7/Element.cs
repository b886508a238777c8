using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>
/// One repetition, component or subcomponent: a view, not a copy. A data type is read the same way wherever it stands:
/// the parts of a repetition are its components, those of a component its subcomponents.
/// The default value is an absent element.
/// </summary>
public readonly struct Element
{
    internal Element(Er7Message message, int segment, int field, int repetition, int component, int subcomponent, int offset, int length)
    {
        Message = message;
        SegmentIndex = segment;
        FieldNumber = field;
        RepetitionNumber = repetition;
        ComponentNumber = component;
        SubcomponentNumber = subcomponent;
        Offset = offset;
        Length = length;
    }

    internal Er7Message? Message { get; }

    public int SegmentIndex { get; }

    public int FieldNumber { get; }

    public int RepetitionNumber { get; }

    /// <summary>0 for a repetition.</summary>
    public int ComponentNumber { get; }

    /// <summary>0 for a repetition or component.</summary>
    public int SubcomponentNumber { get; }

    /// <summary>In <see cref="Er7Message.Content"/>.</summary>
    public int Offset { get; }

    public int Length { get; }

    /// <summary>The bytes as they stand, delimiters and escapes included.</summary>
    public ReadOnlySpan<byte> Raw => Message is null ? default : Message.Bytes.Slice(Offset, Length);

    public bool IsAbsent => Length == 0;

    /// <summary>Two quotation marks: what the receiver knows is to be deleted (HL7 v2.8.2 2.5.3.3).</summary>
    public bool IsNull => Length == 2 && Raw.SequenceEqual("\"\""u8);

    public bool HasValue => Length > 0 && !IsNull;

    public FieldLocation Location => Message is null
        ? default
        : Message.Location(SegmentIndex, FieldNumber) with { Repetition = RepetitionNumber, Component = ComponentNumber, Subcomponent = SubcomponentNumber };

    /// <summary>
    /// Component of a repetition, or subcomponent of a component, from 1. Part 1 of a subcomponent is itself, so a part that a later
    /// version of the standard has split is still found (HL7 v2.8.2 2.8.2).
    /// </summary>
    public Element this[int number]
    {
        get
        {
            if (Length == 0) return default;
            if (!IsSplit) return number == 1 ? AsPart(1, Offset, Length) : default;
            return Splitting.Find(Raw, PartDelimiter, number, out int start, out int length) ? AsPart(number, Offset + start, length) : default;
        }
    }

    /// <summary>Number of components of a repetition or subcomponents of a component; 0 where absent.</summary>
    public int PartCount => IsAbsent ? 0 : IsSplit ? Raw.Count(PartDelimiter) + 1 : 1;

    /// <summary>Text of the first leaf, escapes resolved; empty where it is absent or null.</summary>
    public string Text => Encoding.UTF8.GetString(Utf8);

    /// <summary>The same as <see cref="Text"/> in UTF-8; nothing is allocated where the leaf holds no escape.</summary>
    public ReadOnlySpan<byte> Utf8
    {
        get
        {
            ReadOnlySpan<byte> leaf = FirstLeaf;
            if (leaf.Length == 0 || leaf.SequenceEqual("\"\""u8)) return default;
            return IsVerbatim ? leaf : Escapes.Resolve(leaf, Message!.Delimiters, Message.CharacterSet);
        }
    }

    /// <summary>Walks over the parts, each byte once.</summary>
    public PartEnumerator GetEnumerator() => new(this);

    internal bool IsVerbatim => Message is not null && Message.IsDelimiterField(SegmentIndex, FieldNumber);

    internal bool IsSplit => SubcomponentNumber == 0 && !IsVerbatim;

    internal byte PartDelimiter => ComponentNumber == 0 ? Message!.Delimiters.Component : Message!.Delimiters.Subcomponent;

    private ReadOnlySpan<byte> FirstLeaf
    {
        get
        {
            ReadOnlySpan<byte> raw = Raw;
            if (raw.Length == 0 || !IsSplit) return raw;
            int end = ComponentNumber == 0
                ? raw.IndexOfAny(Message!.Delimiters.Component, Message.Delimiters.Subcomponent)
                : raw.IndexOf(Message!.Delimiters.Subcomponent);
            return end < 0 ? raw : raw[..end];
        }
    }

    internal Element AsPart(int number, int offset, int length) => ComponentNumber == 0
        ? new(Message!, SegmentIndex, FieldNumber, RepetitionNumber, number, 0, offset, length)
        : new(Message!, SegmentIndex, FieldNumber, RepetitionNumber, ComponentNumber, SubcomponentNumber == 0 ? number : SubcomponentNumber, offset, length);

    public override string ToString() => Message is null ? "absent" : Location.ToString();
}

/// <summary>Walks over the components of a repetition or the subcomponents of a component.</summary>
public ref struct PartEnumerator
{
    private readonly Element whole;
    private int next;
    private int number;

    internal PartEnumerator(Element whole)
    {
        this.whole = whole;
        Current = default;
        next = whole.IsAbsent ? -1 : 0;
    }

    public Element Current { get; private set; }

    public bool MoveNext()
    {
        if (next < 0) return false;
        int start = next;
        int length = whole.IsSplit ? whole.Raw[start..].IndexOf(whole.PartDelimiter) : -1;
        next = length < 0 ? -1 : start + length + 1;
        if (length < 0) length = whole.Length - start;
        Current = whole.AsPart(++number, whole.Offset + start, length);
        return true;
    }
}
