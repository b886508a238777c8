using EHealthPlus.Adapters.Storage.Sqlite.Packing;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// Sealed content as a column holds it: 2 (packed content begins with 0 or 1, see <see cref="Packed"/>), number of the data key and number of
/// the seal under that key (varints), the ciphertext of the packed content, the tag (16 bytes).
/// </summary>
internal readonly ref struct SealedContent
{
    public const int TagLength = 16;

    /// <summary>Bytes around the content, at most.</summary>
    public const int Overhead = 1 + (2 * Varint.MaximumLength) + TagLength;

    private const byte Kind = 2;

    private SealedContent(long key, ulong seal, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag)
    {
        Key = key;
        Seal = seal;
        Ciphertext = ciphertext;
        Tag = tag;
    }

    public long Key { get; }

    /// <summary>The nonce is made of it.</summary>
    public ulong Seal { get; }

    public ReadOnlySpan<byte> Ciphertext { get; }

    public ReadOnlySpan<byte> Tag { get; }

    public static bool IsSealed(ReadOnlySpan<byte> stored) => !stored.IsEmpty && stored[0] == Kind;

    /// <returns>Length of the head.</returns>
    public static int WriteHead(Span<byte> target, long key, ulong seal)
    {
        target[0] = Kind;
        var at = 1 + Varint.Write(target[1..], (ulong)key);
        return at + Varint.Write(target[at..], seal);
    }

    /// <exception cref="InvalidDataException">It is cut off.</exception>
    public static SealedContent Read(ReadOnlySpan<byte> stored)
    {
        var rest = stored[1..];
        var key = (long)Varint.Read(ref rest);
        var seal = Varint.Read(ref rest);
        return rest.Length >= TagLength ? new(key, seal, rest[..^TagLength], rest[^TagLength..]) : throw new InvalidDataException("Sealed content is cut off");
    }
}
