using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>
/// Seals one object, chunk by chunk, with AES-256-GCM and a key that seals nothing else. The nonce is the chunk's number and whether it is the last
/// (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015): a chunk that was altered, moved, taken from another object, or left over
/// where the end was cut off does not open. One that stands in the middle opens alone. For one thread at a time.
/// </summary>
internal sealed class ObjectCipher(ReadOnlySpan<byte> key) : IDisposable
{
    public const int KeyLength = 32;
    public const int TagLength = 16;

    /// <summary>Bytes of a whole chunk on disk: pages of the file system, and little enough that a frame is read without much beside it.</summary>
    public const int SealedLength = 64 << 10;

    /// <summary>Bytes of content in a whole chunk. Only the last is shorter; it is empty in an empty object alone.</summary>
    public const int ChunkLength = SealedLength - TagLength;

    private const int NonceLength = 12;

    private readonly AesGcm cipher = new(key, TagLength);

    /// <summary>Number of the last chunk of an object.</summary>
    public static long LastOf(long length) => length == 0 ? 0 : (length - 1) / ChunkLength;

    /// <summary>Bytes of a whole object on disk.</summary>
    public static long SealedBytes(long length) => length + ((LastOf(length) + 1) * TagLength);

    /// <param name="target">As long as the content and <see cref="TagLength"/>.</param>
    public void Seal(long chunk, bool last, ReadOnlySpan<byte> content, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, chunk, last);
        cipher.Encrypt(nonce, content, target[..content.Length], target[content.Length..]);
    }

    /// <param name="content">As long as what is sealed without <see cref="TagLength"/>.</param>
    /// <exception cref="CryptographicException">It was altered, cut off or moved.</exception>
    public void Open(long chunk, bool last, ReadOnlySpan<byte> stored, Span<byte> content)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, chunk, last);
        cipher.Decrypt(nonce, stored[..^TagLength], stored[^TagLength..], content);
    }

    public void Dispose() => cipher.Dispose();

    private static void WriteNonce(Span<byte> nonce, long chunk, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], chunk);
        nonce[11] = last ? (byte)1 : (byte)0;
    }
}
