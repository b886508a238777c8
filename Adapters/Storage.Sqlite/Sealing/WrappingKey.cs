using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>
/// A key that wraps data keys (AES-256-GCM; nonces are random, NIST SP 800-38D 8.2.2: it wraps far fewer than 2^32 keys). A wrapped key is its
/// nonce (12 bytes), ciphertext (32) and tag (16), bound to the row that it stands in.
/// </summary>
internal sealed class WrappingKey(ReadOnlySpan<byte> key)
{
    public const int Length = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int WrappedLength = NonceLength + DataKey.Length + TagLength;

    private readonly AesGcm cipher = new(key, TagLength);
    private readonly Lock gate = new();

    /// <summary>8 bytes made from the key: tells keys apart, and tells nothing of them.</summary>
    public byte[] Fingerprint { get; } = SHA256.HashData([.. "eHealth+ store wrapping key"u8, .. key])[..8];

    /// <summary>The fingerprint as 16 lower-case hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(Fingerprint);

    public byte[] Wrap(DataKeyRow row, ReadOnlySpan<byte> dataKey)
    {
        var wrapped = new byte[WrappedLength];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        lock (gate) cipher.Encrypt(nonce, dataKey, wrapped.AsSpan(NonceLength, DataKey.Length), wrapped.AsSpan(NonceLength + DataKey.Length), Associated(row));
        return wrapped;
    }

    /// <returns>False where it was altered, moved, or wrapped with another key.</returns>
    public bool TryUnwrap(DataKeyRow row, ReadOnlySpan<byte> wrapped, Span<byte> dataKey)
    {
        if (wrapped.Length != WrappedLength) return false;
        try
        {
            lock (gate) cipher.Decrypt(wrapped[..NonceLength], wrapped.Slice(NonceLength, DataKey.Length), wrapped[(NonceLength + DataKey.Length)..], dataKey, Associated(row));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static byte[] Associated(DataKeyRow row)
    {
        var provider = Encoding.UTF8.GetByteCount(row.ProviderId);
        var associated = new byte[13 + provider];
        BinaryPrimitives.WriteInt64BigEndian(associated, row.Number);
        associated[8] = (byte)row.Purpose;
        BinaryPrimitives.WriteInt32BigEndian(associated.AsSpan(9), row.Epoch);
        Encoding.UTF8.GetBytes(row.ProviderId, associated.AsSpan(13));
        return associated;
    }
}
