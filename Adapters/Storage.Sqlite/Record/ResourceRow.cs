using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>A resource made ready on the caller's thread: what its row holds, and not its content, which goes into the deposit's body.</summary>
/// <param name="Hash">Equal to the current version's where nothing changed (<see cref="ContentHash"/>).</param>
/// <param name="BareHash">The same, of versions that were written before hashes were keyed; null where there are none.</param>
internal sealed record ResourceRow(
    string Type, string Id, SharingCategory Category, WriteMode Mode, ResourceIndex Index, string? PersonId, long Hash, long? BareHash, ClinicalDate? Date)
{
    /// <param name="json">The content as it is kept.</param>
    /// <param name="personId">The deposit's first citizen.</param>
    public static ResourceRow Of(TranslatedResource resource, ReadOnlySpan<byte> json, string? personId, KeyRing ring) => new(
        resource.Type, resource.Id, resource.Category, resource.Mode, resource.Index, resource.AboutPatient ? resource.SubjectId ?? personId : null,
        ContentHash.Of(ring.ContentHashKey, json), ring.PlainTaken ? ContentHash.Of([], json) : null, ClinicalDate.Read(resource.Index.Date));
}
