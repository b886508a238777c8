using System.Buffers;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// The resources that one deposit wrote, together: packed as one they take a fifth of their size, alone a half.
/// Content: number of entries, length of each (varints), the entries' JSON one after the other.
/// </summary>
internal sealed class DepositBody
{
    private readonly byte[] content;
    private readonly Range[] entries;

    private DepositBody(byte[] content, Range[] entries)
    {
        this.content = content;
        this.entries = entries;
    }

    public int Count => entries.Length;

    public ReadOnlyMemory<byte> this[int entry] => content.AsMemory(entries[entry]);

    public static byte[] Pack(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var most = (entries.Count + 1) * Varint.MaximumLength;
        foreach (var entry in entries) most += entry.Length;
        var content = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = Varint.Write(content, (ulong)entries.Count);
            foreach (var entry in entries) length += Varint.Write(content.AsSpan(length), (ulong)entry.Length);
            foreach (var entry in entries)
            {
                entry.Span.CopyTo(content.AsSpan(length));
                length += entry.Length;
            }

            return Packed.Pack(content.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
        }
    }

    /// <param name="content">Unpacked.</param>
    /// <exception cref="InvalidDataException">The body is damaged.</exception>
    public static DepositBody Read(byte[] content)
    {
        ReadOnlySpan<byte> rest = content;
        var lengths = new int[(int)Varint.Read(ref rest)];
        for (var at = 0; at < lengths.Length; at++) lengths[at] = (int)Varint.Read(ref rest);
        var start = content.Length - rest.Length;
        var entries = new Range[lengths.Length];
        for (var at = 0; at < lengths.Length; at++)
        {
            entries[at] = start..(start + lengths[at]);
            start += lengths[at];
        }

        return start == content.Length ? new(content, entries) : throw new InvalidDataException("The body of a deposit is damaged");
    }

    /// <summary>The entries of the first body, then those of the second, packed.</summary>
    public static byte[] Join(DepositBody before, DepositBody after)
    {
        return Pack([.. Enumerable.Range(0, before.Count).Select(entry => before[entry]), .. Enumerable.Range(0, after.Count).Select(entry => after[entry])]);
    }
}
