namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Where every field of a message begins, found in one vectorised pass, so that any field is then found at once.</summary>
internal sealed class FieldIndex
{
    [ThreadStatic]
    private static int[]? scratch;

    /// <summary>For each segment the place after each of its separators, and last the place after its end.</summary>
    private readonly int[] starts;

    /// <summary>Where in <see cref="starts"/> each segment begins.</summary>
    private readonly int[] firstOf;

    public FieldIndex(Er7Message message)
    {
        byte field = message.Delimiters.Field;
        int[] places = scratch ?? new int[1024];
        int total = Positions.Find(message.Bytes, field, field, field, field, ref places);
        int segments = message.SegmentCount;
        starts = new int[total + segments];
        firstOf = new int[segments + 1];
        int from = 0, to = 0;
        for (int segment = 0; segment < segments; segment++)
        {
            SegmentEntry entry = message.Entry(segment);
            int end = entry.Offset + entry.Length;
            while (from < total && places[from] < entry.Offset) from++;
            firstOf[segment] = to;
            while (from < total && places[from] < end) starts[to++] = places[from++] + 1;
            starts[to++] = end + 1;
        }
        firstOf[segments] = to;
        // A huge message must not leave its huge scratch array behind on the thread.
        scratch = places.Length <= 1 << 16 ? places : null;
    }

    public int SeparatorCount(int segment) => firstOf[segment + 1] - firstOf[segment] - 1;

    /// <param name="part">Which part of the segment, from 1; its name is part 0.</param>
    public bool TryFind(int segment, int part, out int offset, out int length)
    {
        int at = firstOf[segment] + part - 1;
        if (at + 1 >= firstOf[segment + 1])
        {
            offset = length = 0;
            return false;
        }
        offset = starts[at];
        length = starts[at + 1] - 1 - offset;
        return true;
    }
}
