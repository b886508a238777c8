namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Lists the populated leaves of a message in one pass over its delimiters.</summary>
internal struct LeafWalk(Delimiters delimiters)
{
    [ThreadStatic]
    private static int[]? scratch;

    private int segment;
    private int field;
    private int repetition;
    private int component;
    private int subcomponent;
    private int count;

    /// <returns>How many leaves were written to the buffer, which grows when needed.</returns>
    public int Read(Er7Message message, ref Leaf[] leaves)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        int[] places = scratch ?? new int[1024];
        int total = Positions.Find(
            bytes, delimiters.Field, delimiters.Component, delimiters.Repetition, delimiters.Subcomponent, ref places);
        int at = 0;
        count = 0;
        for (segment = 0; segment < message.SegmentCount; segment++)
        {
            SegmentEntry entry = message.Entry(segment);
            int end = entry.Offset + entry.Length;
            while (at < total && places[at] < entry.Offset) at++;
            while (at < total && places[at] < end && bytes[places[at]] != delimiters.Field) at++;
            if (at == total || places[at] >= end) continue;

            int start = places[at++] + 1;
            Enter(1);
            if (message.IsHeader(segment))
            {
                Add(ref leaves, start - 1, 1);
                Enter(2);
                while (at < total && places[at] < end && bytes[places[at]] != delimiters.Field) at++;
                int close = at < total && places[at] < end ? places[at++] : end;
                if (close > start) Add(ref leaves, start, close - start);
                if (close == end) continue;
                start = close + 1;
                Enter(3);
            }
            start = Fields(bytes, places, ref at, total, start, end, ref leaves);
            if (end > start) Add(ref leaves, start, end - start);
        }
        // A huge message must not leave its huge scratch array behind on the thread.
        scratch = places.Length <= 1 << 16 ? places : null;
        return count;
    }

    private void Enter(int number)
    {
        field = number;
        repetition = component = subcomponent = 1;
    }

    // The hottest loop of all reading: what changes at each delimiter stays in registers.
    private int Fields(ReadOnlySpan<byte> bytes, int[] places, ref int next, int total, int start, int end, ref Leaf[] leaves)
    {
        (byte ofField, byte ofComponent, byte ofSubcomponent) = (delimiters.Field, delimiters.Component, delimiters.Subcomponent);
        (int f, int r, int c, int s) = (field, repetition, component, subcomponent);
        int at = next;
        for (; at < total; at++)
        {
            int place = places[at];
            if (place >= end) break;
            if (place > start)
            {
                if (count == leaves.Length) Array.Resize(ref leaves, Math.Max(leaves.Length * 2, 256));
                leaves[count++] = new Leaf(segment, f, r, c, s, start, place - start);
            }
            start = place + 1;
            byte delimiter = bytes[place];
            if (delimiter == ofField) (f, r, c, s) = (f + 1, 1, 1, 1);
            else if (delimiter == ofComponent) (c, s) = (c + 1, 1);
            else if (delimiter == ofSubcomponent) s++;
            else (r, c, s) = (r + 1, 1, 1);
        }
        (field, repetition, component, subcomponent, next) = (f, r, c, s, at);
        return start;
    }

    private void Add(ref Leaf[] leaves, int offset, int length)
    {
        if (count == leaves.Length) Array.Resize(ref leaves, Math.Max(leaves.Length * 2, 256));
        leaves[count++] = new Leaf(segment, field, repetition, component, subcomponent, offset, length);
    }
}
