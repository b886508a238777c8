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
            for (; at < total && places[at] < end; at++)
            {
                int place = places[at];
                if (place > start) Add(ref leaves, start, place - start);
                start = place + 1;
                Pass(bytes[place]);
            }
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

    private void Pass(byte delimiter)
    {
        if (delimiter == delimiters.Field)
        {
            Enter(field + 1);
        }
        else if (delimiter == delimiters.Component)
        {
            component++;
            subcomponent = 1;
        }
        else if (delimiter == delimiters.Subcomponent)
        {
            subcomponent++;
        }
        else
        {
            repetition++;
            component = subcomponent = 1;
        }
    }

    private void Add(ref Leaf[] leaves, int offset, int length)
    {
        if (count == leaves.Length) Array.Resize(ref leaves, Math.Max(leaves.Length * 2, 256));
        leaves[count++] = new Leaf(segment, field, repetition, component, subcomponent, offset, length);
    }
}
