using System.Buffers.Binary;
using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>A resource made ready on the caller's thread.</summary>
/// <param name="Hash">First 8 bytes of the content's SHA-256: equal to the current version's where nothing changed.</param>
internal sealed record ResourceRow(TranslatedResource Resource, string? PersonId, ReadOnlyMemory<byte> Json, long Hash, ClinicalDate? Date)
{
    /// <param name="personId">The deposit's first citizen.</param>
    public static ResourceRow Of(TranslatedResource resource, string? personId)
    {
        var json = ResourceMeta.Strip(resource.Json);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json.Span, hash);
        return new(
            resource, resource.AboutPatient ? resource.SubjectId ?? personId : null, json, BinaryPrimitives.ReadInt64BigEndian(hash), ClinicalDate.Read(resource.Index.Date));
    }
}
