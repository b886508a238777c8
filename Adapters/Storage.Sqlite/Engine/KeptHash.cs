using System.Security.Cryptography;

namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>A SHA-256 that each thread keeps: to set one up costs as much as to hash a row. Whoever takes it leaves it reset.</summary>
internal static class KeptHash
{
    [ThreadStatic]
    private static IncrementalHash? sha256;

    public static IncrementalHash Sha256 => sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
}
