namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>One segment of the message. The default value is an absent segment.</summary>
public readonly struct SegmentValue
{
    private readonly Mapping? mapping;
    private readonly int starts;
    private readonly int last;

    /// <param name="starts">Where the field starts of this segment begin in <see cref="Mapping.FieldStarts"/>.</param>
    /// <param name="last">Number of its last populated field.</param>
    internal SegmentValue(Mapping mapping, string name, int index, int starts, int last)
    {
        this.mapping = mapping;
        Name = name;
        Index = index;
        this.starts = starts;
        this.last = last;
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
            if (mapping is null || number < 1 || number > last) return default;
            var all = mapping.FieldStarts;
            return new FieldValue(mapping, all[starts + number - 1], all[starts + number]);
        }
    }
}
