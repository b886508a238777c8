using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EHealthPlus.Transformers.Fhir.Ids;

/// <summary>
/// Ids that come out the same each time the same thing is sent: the first half of SHA-256 over the key, as 32 lower-case hexadecimal
/// characters (a FHIR R4 id allows 64 letters, digits, hyphens and dots, 2.24.0.1).
/// </summary>
public static class StableId
{
    // Kept by each thread: to set a hash up costs as much as to hash a key.
    [ThreadStatic]
    private static IncrementalHash? hasher;

    /// <summary>Length of an id in characters.</summary>
    public const int Length = 32;

    /// <summary>Length of the id of a part: that of its whole, and 16 characters that tell the parts of one whole apart.</summary>
    public const int PartLength = Length + 16;

    /// <summary>Stands between the parts of a key: no part can hold it, for the codec refuses control characters.</summary>
    public const byte Separator = 0x1F;

    /// <param name="key">Source id, resource type and business key, parted by <see cref="Separator"/>.</param>
    /// <param name="destination">Takes <see cref="Length"/> ASCII characters.</param>
    /// <returns>The id as a number.</returns>
    public static UInt128 Write(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(key);
        hasher.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash[..(Length / 2)], destination, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>
    /// The characters that tell a part from the others of its whole. No attack on these gains anything: whoever can choose a part's key
    /// writes the whole, whose id is made with SHA-256.
    /// </summary>
    /// <param name="destination">Takes <see cref="PartLength"/> - <see cref="Length"/> ASCII characters.</param>
    /// <returns>The same as a number.</returns>
    public static ulong WritePart(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        // FNV-1a, 64 bits: the parts of a whole are few, and their keys short.
        var hash = 14695981039346656037UL;
        foreach (var b in key) hash = (hash ^ b) * 1099511628211UL;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
        Convert.TryToHexStringLower(bytes, destination, out _);
        return hash;
    }
}
