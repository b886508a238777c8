namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>One segment of the message. The default value is an absent segment.</summary>
public readonly struct SegmentValue
{
    private readonly Mapping? mapping;
    private readonly int from;
    private readonly int until;

    internal SegmentValue(Mapping mapping, string name, int index, int from, int until)
    {
        this.mapping = mapping;
        Name = name;
        Index = index;
        this.from = from;
        this.until = until;
    }

    public bool Exists => mapping is not null;

    public Mapping Mapping => mapping ?? throw new InvalidOperationException("The segment is absent");

    /// <summary>Such as PID.</summary>
    public string Name { get; }

    /// <summary>Place in the message, from 0.</summary>
    public int Index { get; }

    /// <summary>A field, numbered as in the standard.</summary>
    public FieldValue this[int number]
    {
        get
        {
            if (mapping is null) return default;
            var first = from;
            while (first < until && mapping.Leaves[first].Field < number) first++;
            var end = first;
            while (end < until && mapping.Leaves[end].Field == number) end++;
            return new FieldValue(mapping, first, end);
        }
    }
}
