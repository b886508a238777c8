using System.Security.Cryptography;
using System.Text;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>
/// What an object is called in the clear, in its row and as a file: SHA-256 over the store's key of content hashes, the transfer syntax and the
/// SHA-256 of its bytes. Without the key a bare hash would confirm what somebody guesses of a short report (decision 22); the same bytes in the same
/// encoding have the same name all the same.
/// </summary>
internal static class ObjectName
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <param name="key">The store's key of content hashes.</param>
    public static byte[] Of(ReadOnlySpan<byte> key, string transferSyntaxUid, ReadOnlySpan<byte> sha256)
    {
        Span<byte> named = stackalloc byte[key.Length + sha256.Length + Encoding.ASCII.GetMaxByteCount(transferSyntaxUid.Length)];
        key.CopyTo(named);
        sha256.CopyTo(named[key.Length..]);
        var at = key.Length + sha256.Length;
        return SHA256.HashData(named[..(at + Encoding.ASCII.GetBytes(transferSyntaxUid, named[at..]))]);
    }
}
