using System.Buffers.Binary;
using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>A resource made ready on the caller's thread: what its row holds, and not its content, which goes into the deposit's body.</summary>
/// <param name="Hash">First 8 bytes of the content's SHA-256: equal to the current version's where nothing changed.</param>
internal sealed record ResourceRow(
    string Type, string Id, SharingCategory Category, WriteMode Mode, ResourceIndex Index, string? PersonId, long Hash, ClinicalDate? Date)
{
    // Kept by each thread: to set a hash up costs as much as to hash a small resource.
    [ThreadStatic]
    private static IncrementalHash? hasher;

    /// <param name="json">The content as it is kept.</param>
    /// <param name="personId">The deposit's first citizen.</param>
    public static ResourceRow Of(TranslatedResource resource, ReadOnlySpan<byte> json, string? personId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(json);
        hasher.GetHashAndReset(hash);
        return new(
            resource.Type, resource.Id, resource.Category, resource.Mode, resource.Index, resource.AboutPatient ? resource.SubjectId ?? personId : null,
            BinaryPrimitives.ReadInt64BigEndian(hash), ClinicalDate.Read(resource.Index.Date));
    }
}
