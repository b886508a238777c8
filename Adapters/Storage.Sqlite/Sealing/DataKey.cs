using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// A key that seals content with AES-256-GCM. Only the run of the hub that made a key seals with it, and its seals are counted: the count is the
/// nonce, so none comes twice, whatever happens to the process or the database file (NIST SP 800-38D 8.2.1, deterministic construction with
/// this run as the one device of the key). Other runs only open with it.
/// </summary>
internal sealed class DataKey : IDisposable
{
    public const int Length = 32;

    /// <summary>
    /// Seals of one key at most. The construction would allow 2^64 (SP 800-38D 8.3 limits to 2^32 what has other nonces); this one bounds what one
    /// key protects: at 8 KB each, 2^41 blocks.
    /// </summary>
    public const ulong MaximumSeals = 1UL << 32;

    private const int NonceLength = 12;

    private readonly byte[] key;

    // An instance keeps its nonce in the engine's context: it is for one caller at a time. Sealing has its own, so that the writer waits for no reader.
    private readonly AesGcm sealing;
    private AesGcm? opening;
    private ulong seals;

    public DataKey(long number, string providerId, ReadOnlySpan<byte> key)
    {
        Number = number;
        ProviderId = providerId;
        this.key = key.ToArray();
        sealing = Cipher();
    }

    public long Number { get; }

    public string ProviderId { get; }

    public bool Spent => seals >= MaximumSeals;

    /// <summary>For the writer's thread only.</summary>
    /// <param name="target">Room for the content and <see cref="SealedContent.Overhead"/>.</param>
    /// <returns>Number of bytes written.</returns>
    public int Seal(SealedPlace place, ReadOnlySpan<byte> content, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> associated = stackalloc byte[SealedPlace.Length];
        place.Write(associated);
        var seal = ++seals;
        WriteNonce(nonce, seal);
        var head = SealedContent.WriteHead(target, Number, seal);
        var length = head + content.Length + SealedContent.TagLength;
        sealing.Encrypt(nonce, content, target.Slice(head, content.Length), target[(head + content.Length)..length], associated);
        return length;
    }

    /// <summary>For all threads.</summary>
    /// <param name="content">As long as the ciphertext.</param>
    /// <exception cref="CryptographicException">It was altered, or sealed for another place.</exception>
    public void Open(SealedPlace place, SealedContent stored, Span<byte> content)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> associated = stackalloc byte[SealedPlace.Length];
        WriteNonce(nonce, stored.Seal);
        place.Write(associated);
        // One is kept; who comes while it is out makes another, which costs as much as opening.
        var cipher = Interlocked.Exchange(ref opening, null) ?? Cipher();
        try
        {
            cipher.Decrypt(nonce, stored.Ciphertext, stored.Tag, content, associated);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref opening, cipher, null) is not null) cipher.Dispose();
        }
    }

    public void Dispose()
    {
        sealing.Dispose();
        opening?.Dispose();
    }

    private AesGcm Cipher() => new(key, SealedContent.TagLength);

    // Fixed field (32 bits) zero, invocation field (64 bits): the layout that SP 800-38D 8.2.1 suggests.
    private static void WriteNonce(Span<byte> nonce, ulong seal)
    {
        nonce[..4].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], seal);
    }
}
