using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>What a registrar does to the index. Each act is audited in its own commit, and the deposits that it touches are identified again.</summary>
public interface IPersonDesk
{
    /// <param name="personId">Null: nobody of the index.</param>
    /// <returns>Rejections ResourceNotFound, VersionConflict where it is decided already, ReasonMissing.</returns>
    Task<Result<IdentityReview>> DecideAsync(long reviewId, string? personId, AccessPrincipal actor, string reason, CancellationToken cancellationToken);

    /// <returns>How many deposits are identified again. Rejections ResourceNotFound, ReasonMissing.</returns>
    Task<Result<int>> UnlinkAsync(string personId, PatientAlias number, AccessPrincipal actor, string reason, CancellationToken cancellationToken);

    /// <returns>The survivor. Rejections ResourceNotFound, MergeConflict, ReasonMissing.</returns>
    Task<Result<Person>> MergeAsync(string survivorId, string mergedId, AccessPrincipal actor, string reason, CancellationToken cancellationToken);

    /// <returns>How many deposits are identified again. Rejections ResourceNotFound, MergeConflict, ReasonMissing.</returns>
    Task<Result<int>> SplitAsync(string mergedId, AccessPrincipal actor, string reason, CancellationToken cancellationToken);
}
