namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>One segment of a message: a view, not a copy. The default value is an absent segment, all of whose fields are absent.</summary>
public readonly struct Segment
{
    internal Segment(Er7Message message, int index)
    {
        Message = message;
        Index = index;
    }

    internal Er7Message? Message { get; }

    /// <summary>Place in the message, from 0.</summary>
    public int Index { get; }

    public bool IsAbsent => Message is null;

    /// <summary>The segment id, such as PID; empty where the segment is absent.</summary>
    public string Name => Message is null ? string.Empty : SegmentName.Text(Message.Entry(Index).Name);

    /// <summary>Which segment of this name it is in the message, from 1.</summary>
    public int Occurrence => Message is null ? 0 : Message.OccurrenceOf(Index);

    /// <summary>Offset of the first byte of the name in <see cref="Er7Message.Content"/>.</summary>
    public int Offset => Message is null ? 0 : Message.Entry(Index).Offset;

    /// <summary>Bytes, without the terminator.</summary>
    public int Length => Message is null ? 0 : Message.Entry(Index).Length;

    /// <summary>The bytes of the segment, without its terminator.</summary>
    public ReadOnlySpan<byte> Raw => Message is null ? default : Message.Bytes.Slice(Offset, Length);

    /// <summary>What stands between this segment and the next: CR, LF or CRLF, and blank lines; empty where a last terminator is missing.</summary>
    public ReadOnlySpan<byte> Terminator => Message is null ? default : Message.TerminatorOf(Index);

    /// <summary>Number of the last field that the segment has room for; 0 for a bare name.</summary>
    public int FieldCount => Message is null ? 0 : Message.FieldCount(Index);

    /// <summary>The field with that number, from 1 as in the standard (MSH-1 is the field separator itself); absent where there is none.</summary>
    public Field this[int number] => Message is null ? default : Message.Field(Index, number);

    public bool Is(string name) => Message is not null && Message.Entry(Index).Name == SegmentName.Pack(name);

    /// <summary>Text of the first leaf of a field's first repetition; empty where absent or null.</summary>
    public string Text(int field) => this[field].Text;

    /// <summary>Text of a component of a field's first repetition.</summary>
    public string Text(int field, int component) => this[field].First[component].Text;

    public override string ToString() => IsAbsent ? "absent" : $"{Name}[{Occurrence}]";
}
