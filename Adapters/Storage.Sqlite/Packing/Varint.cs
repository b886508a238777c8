namespace EHealthPlus.Adapters.Storage.Sqlite.Packing;

/// <summary>Whole numbers in 7-bit groups, least group first (LEB128).</summary>
internal static class Varint
{
    public const int MaximumLength = 10;

    /// <returns>Number of bytes written.</returns>
    public static int Write(Span<byte> target, ulong value)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7) target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
        return at;
    }

    /// <summary>Reads one number and moves the span behind it.</summary>
    public static ulong Read(ref ReadOnlySpan<byte> source)
    {
        ulong value = 0;
        for (int at = 0, shift = 0; at < source.Length && at < MaximumLength; at++, shift += 7)
        {
            value |= (ulong)(source[at] & 0x7F) << shift;
            if (source[at] >= 0x80) continue;
            source = source[(at + 1)..];
            return value;
        }

        throw new InvalidDataException("A number is cut off");
    }
}
