using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>One field with all its repetitions: a view, not a copy. The default value is an absent field.</summary>
public readonly struct Field
{
    internal Field(Er7Message message, int segment, int number, int offset, int length)
    {
        Message = message;
        SegmentIndex = segment;
        Number = number;
        Offset = offset;
        Length = length;
    }

    internal Er7Message? Message { get; }

    public int SegmentIndex { get; }

    /// <summary>From 1, as in the standard.</summary>
    public int Number { get; }

    /// <summary>In <see cref="Er7Message.Content"/>.</summary>
    public int Offset { get; }

    public int Length { get; }

    public ReadOnlySpan<byte> Raw => Message is null ? default : Message.Bytes.Slice(Offset, Length);

    /// <summary>Nothing is said: what the receiver knows stays as it is (HL7 v2.8.2 2.5.3.3).</summary>
    public bool IsAbsent => Length == 0;

    /// <summary>Two quotation marks: what the receiver knows is to be deleted.</summary>
    public bool IsNull => Length == 2 && Raw.SequenceEqual("\"\""u8);

    public bool HasValue => Length > 0 && !IsNull;

    /// <summary>The first repetition.</summary>
    public Element First => Repetition(1);

    /// <summary>Text of the first leaf of the first repetition; empty where absent or null.</summary>
    public string Text => First.Text;

    /// <summary>Number of repetitions, at least 1 where the field is not absent.</summary>
    public int RepetitionCount => IsAbsent ? 0 : IsVerbatim ? 1 : Raw.Count(Message!.Delimiters.Repetition) + 1;

    public FieldLocation Location => Message is null ? default : Message.Location(SegmentIndex, Number);

    internal bool IsVerbatim => Message is not null && Message.IsDelimiterField(SegmentIndex, Number);

    /// <summary>One repetition, from 1. Counts from the start of the field: walk over many with foreach.</summary>
    public Element Repetition(int number)
    {
        if (Message is null || Length == 0) return default;
        if (IsVerbatim) return number == 1 ? new Element(Message, SegmentIndex, Number, 1, 0, 0, Offset, Length) : default;
        return Splitting.Find(Raw, Message.Delimiters.Repetition, number, out int start, out int length)
            ? new Element(Message, SegmentIndex, Number, number, 0, 0, Offset + start, length)
            : default;
    }

    public RepetitionEnumerator GetEnumerator() => new(this);

    public override string ToString() => Message is null ? "absent" : Location.ToString();
}

/// <summary>Walks over the repetitions of a field, each byte once.</summary>
public ref struct RepetitionEnumerator
{
    private readonly Field field;
    private int next;
    private int number;

    internal RepetitionEnumerator(Field field)
    {
        this.field = field;
        Current = default;
        next = field.IsAbsent ? -1 : 0;
    }

    public Element Current { get; private set; }

    public bool MoveNext()
    {
        if (next < 0) return false;
        Er7Message message = field.Message!;
        int start = next;
        int length = field.IsVerbatim ? -1 : field.Raw[start..].IndexOf(message.Delimiters.Repetition);
        next = length < 0 ? -1 : start + length + 1;
        if (length < 0) length = field.Length - start;
        Current = new Element(message, field.SegmentIndex, field.Number, ++number, 0, 0, field.Offset + start, length);
        return true;
    }
}
