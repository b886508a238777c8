using System.Buffers.Binary;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>Texts of symbols as the chain writes them (length and UTF-8), read a thousand at a time: a join a column would cost more than all else.</summary>
internal sealed class SymbolTexts(sqlite3 connection) : IDisposable
{
    private const int BlockBits = 10;
    private const int BlockSize = 1 << BlockBits;

    // Four million symbols, some 200 MB; emptied when full.
    private const int Capacity = 4096;

    private readonly Statement select = new(connection, "SELECT num, value FROM symbol WHERE num >= ?1 AND num < ?2");
    private readonly Dictionary<long, (byte[] Texts, int[] Ends)> blocks = [];
    private (long Number, (byte[] Texts, int[] Ends) Block) last = (-1, default);

    /// <returns>Empty where there is no such symbol.</returns>
    public ReadOnlySpan<byte> Of(long symbol)
    {
        var number = symbol >> BlockBits;
        if (number != last.Number) last = (number, Block(number));
        var at = (int)(symbol & (BlockSize - 1));
        var start = at == 0 ? 0 : last.Block.Ends[at - 1];
        return last.Block.Texts.AsSpan(start, last.Block.Ends[at] - start);
    }

    public void Dispose() => select.Dispose();

    private (byte[] Texts, int[] Ends) Block(long number)
    {
        if (blocks.TryGetValue(number, out var known)) return known;
        if (blocks.Count >= Capacity) blocks.Clear();
        return blocks[number] = Read(number << BlockBits);
    }

    private (byte[] Texts, int[] Ends) Read(long first)
    {
        var texts = new byte[BlockSize * 32];
        var ends = new int[BlockSize];
        var length = 0;
        var next = 0;
        select.Bind(1, first).Bind(2, first + BlockSize);
        while (select.Step())
        {
            var at = (int)(select.Int64(0) - first);
            while (next < at) ends[next++] = length;
            var value = select.Blob(1);
            var written = select.IsBlob(1) ? value.Length * 2 : value.Length;
            if (texts.Length < length + 4 + written) Array.Resize(ref texts, Math.Max(length + 4 + written, texts.Length * 2));
            BinaryPrimitives.WriteInt32BigEndian(texts.AsSpan(length), written);
            if (select.IsBlob(1)) Encoding.ASCII.GetBytes(Convert.ToHexStringLower(value), texts.AsSpan(length + 4));
            else value.CopyTo(texts.AsSpan(length + 4));
            ends[next++] = length += 4 + written;
        }

        while (next < BlockSize) ends[next++] = length;
        return (texts, ends);
    }
}
