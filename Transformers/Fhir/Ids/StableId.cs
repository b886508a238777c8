using System.Security.Cryptography;

namespace EHealthPlus.Transformers.Fhir.Ids;

/// <summary>
/// Ids that come out the same each time the same thing is sent: the first half of SHA-256 over the key, as 32 lower-case hexadecimal
/// characters (a FHIR R4 id allows 64 letters, digits, hyphens and dots, 2.24.0.1).
/// </summary>
public static class StableId
{
    /// <summary>Length of an id in characters.</summary>
    public const int Length = 32;

    /// <summary>Stands between the parts of a key: no part can hold it, for the codec refuses control characters.</summary>
    public const byte Separator = 0x1F;

    /// <param name="key">Source id, resource type and business key, parted by <see cref="Separator"/>.</param>
    /// <param name="destination">Takes <see cref="Length"/> ASCII characters.</param>
    public static void Write(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        Convert.TryToHexStringLower(hash[..(Length / 2)], destination, out _);
    }
}
