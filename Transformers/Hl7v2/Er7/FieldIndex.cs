namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Places of all field separators of a message, found in one vectorised pass, so that any field is then found at once.</summary>
internal sealed class FieldIndex
{
    private readonly Er7Message message;
    private readonly int[] separators;
    private readonly int[] firstOf;

    public FieldIndex(Er7Message message)
    {
        this.message = message;
        byte field = message.Delimiters.Field;
        ReadOnlySpan<byte> bytes = message.Bytes;
        int[] places = new int[Math.Max(64, bytes.Length / 4)];
        int total = Positions.Find(bytes, field, field, field, field, ref places);
        firstOf = new int[message.SegmentCount + 1];
        int at = 0;
        for (int segment = 0; segment < message.SegmentCount; segment++)
        {
            SegmentEntry entry = message.Entry(segment);
            while (at < total && places[at] < entry.Offset) at++;
            firstOf[segment] = at;
            while (at < total && places[at] < entry.Offset + entry.Length) at++;
        }
        firstOf[message.SegmentCount] = at;
        separators = places;
    }

    public int SeparatorCount(int segment) => firstOf[segment + 1] - firstOf[segment];

    /// <param name="part">Which part of the segment; its name is part 0.</param>
    public bool TryFind(int segment, int part, out int offset, out int length)
    {
        int at = firstOf[segment] + part - 1;
        if (at >= firstOf[segment + 1])
        {
            offset = length = 0;
            return false;
        }
        offset = separators[at] + 1;
        SegmentEntry entry = message.Entry(segment);
        length = (at + 1 < firstOf[segment + 1] ? separators[at + 1] : entry.Offset + entry.Length) - offset;
        return true;
    }
}
