using System.Buffers;
using System.IO.Compression;

namespace EHealthPlus.Adapters.Storage.Sqlite.Packing;

/// <summary>
/// Bytes as the store keeps them, or seals them (Sealing/SealedContent.cs): one byte that says how (0 as they are, 1 Brotli), the original length as a varint where it is Brotli, the content.
/// </summary>
internal static class Packed
{
    // Measured on a result's FHIR of 12.5 KB: quality 0 takes 35 microseconds, quality 1 takes 42, both leave 0.21 of the size; quality 2 takes 136 for
    // 0.20. Deflate's fastest takes 22 for 0.25, but its state costs the process 16 MB.
    private const int Quality = 0;

    // A message of 1.4 KB would save 0.7 KB on disk, for 11 microseconds when it is kept and 7 when it is read again: the dearest 3 % of its way.
    private const int WorthPacking = 2048;
    private const byte AsIs = 0;
    private const byte Brotli = 1;

    public static byte[] Pack(ReadOnlySpan<byte> content)
    {
        var rented = ArrayPool<byte>.Shared.Rent(content.Length + 1 + Varint.MaximumLength);
        try
        {
            rented[0] = Brotli;
            var head = 1 + Varint.Write(rented.AsSpan(1), (ulong)content.Length);
            var room = rented.AsSpan(head, content.Length);
            if (content.Length >= WorthPacking && BrotliEncoder.TryCompress(content, room, out var written, Quality, WindowFor(content.Length)) && head + written < content.Length + 1)
                return rented.AsSpan(0, head + written).ToArray();

            rented[0] = AsIs;
            content.CopyTo(rented.AsSpan(1));
            return rented.AsSpan(0, content.Length + 1).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="InvalidDataException">The bytes were not written by <see cref="Pack"/>, or are damaged.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty) throw new InvalidDataException("Packed bytes are empty");
        if (packed[0] == AsIs) return packed[1..].ToArray();
        if (packed[0] != Brotli) throw new InvalidDataException("Packed bytes are of an unknown kind");
        var rest = packed[1..];
        var content = new byte[checked((int)Varint.Read(ref rest))];
        if (!BrotliDecoder.TryDecompress(rest, content, out var written) || written != content.Length)
            throw new InvalidDataException("Packed bytes are damaged");
        return content;
    }

    // A window little larger than the content keeps the encoder's tables small; under 64 KB it becomes slower again.
    private static int WindowFor(int length) => Math.Clamp(32 - System.Numerics.BitOperations.LeadingZeroCount((uint)length), 16, 22);
}
