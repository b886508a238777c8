using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>
/// Seals the store's cursor for a next link: whoever changes it, or takes it to another query or another bearer, is refused.
/// The key lives as long as the process: after a restart a client starts its search again.
/// </summary>
internal sealed class PageCursor
{
    private const int SealLength = 16;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <param name="query">Who asks, for what: all that the cursor is bound to.</param>
    public string Seal(string query, string cursor)
    {
        var text = Encoding.UTF8.GetBytes(cursor);
        return Base64Url.EncodeToString([.. SealOf(query, text), .. text]);
    }

    /// <returns>Null where the cursor was not sealed for this query.</returns>
    public string? Open(string query, string sealedCursor)
    {
        if (!Base64Url.IsValid(sealedCursor)) return null;
        var bytes = Base64Url.DecodeFromChars(sealedCursor);
        if (bytes.Length < SealLength) return null;
        var text = bytes.AsSpan(SealLength);
        return CryptographicOperations.FixedTimeEquals(SealOf(query, text), bytes.AsSpan(0, SealLength)) ? Encoding.UTF8.GetString(text) : null;
    }

    private ReadOnlySpan<byte> SealOf(string query, ReadOnlySpan<byte> cursor)
    {
        // The digest of the query has a fixed length: no query and cursor run into each other.
        byte[] sealedBytes = [.. SHA256.HashData(Encoding.UTF8.GetBytes(query)), .. cursor];
        return HMACSHA256.HashData(key, sealedBytes).AsSpan(0, SealLength);
    }
}
