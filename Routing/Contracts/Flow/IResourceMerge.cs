using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>Applies an HL7 v2 update to what the record holds. Pure.</summary>
public interface IResourceMerge
{
    /// <param name="current">UTF-8 FHIR R4 of the current version; its meta.versionId and meta.lastUpdated do not survive.</param>
    /// <param name="update">
    /// A resource of <see cref="WriteMode.Merge"/>: elements it has take the place of the current ones, absent ones stay,
    /// those in <see cref="TranslatedResource.DeletedElements"/> go.
    /// </param>
    /// <returns>The whole resource, in mode Replace, with its index.</returns>
    TranslatedResource Merge(ReadOnlyMemory<byte> current, TranslatedResource update);
}
