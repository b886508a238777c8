namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Finds the segments of a message: lines that end with CR, LF or CRLF. Empty lines are passed over.</summary>
internal static class SegmentIndex
{
    private const uint Msh = ('M' << 16) | ('S' << 8) | 'H';
    private const uint Bhs = ('B' << 16) | ('H' << 8) | 'S';
    private const uint Fhs = ('F' << 16) | ('H' << 8) | 'S';

    [ThreadStatic]
    private static SegmentEntry[]? scratch;

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static SegmentEntry[] Read(ReadOnlySpan<byte> content)
    {
        SegmentEntry[] found = scratch ??= new SegmentEntry[256];
        int count = 0;
        int start = content.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        while (start < content.Length)
        {
            int end = content[start..].IndexOfAny((byte)'\r', (byte)'\n');
            int length = end < 0 ? content.Length - start : end;
            if (length > 0)
            {
                if (count == found.Length) Array.Resize(ref found, found.Length * 2);
                ReadOnlySpan<byte> line = content.Slice(start, length);
                found[count++] = new SegmentEntry(start, length, SegmentName.Pack(line[..Math.Min(3, length)]));
            }
            start += length + 1;
        }
        return found[..count];
    }

    public static bool HoldsDelimiters(uint name) => name == Msh || name == Bhs || name == Fhs;

    /// <summary>For each segment, which one of its name it is, from 1.</summary>
    public static int[] Occurrences(SegmentEntry[] entries)
    {
        var seen = new Dictionary<uint, int>();
        int[] occurrences = new int[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            occurrences[i] = seen[entries[i].Name] = seen.GetValueOrDefault(entries[i].Name) + 1;
        }
        return occurrences;
    }
}
