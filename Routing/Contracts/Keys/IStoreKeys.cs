using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Keys;

/// <summary>What a rotation replaces.</summary>
public enum RotationScope
{
    /// <summary>The wrapping key and all data keys.</summary>
    Everything = 1,

    /// <summary>The wrapping key: data keys are wrapped anew, content stays.</summary>
    WrappingKey = 2,

    /// <summary>The data keys of one provider.</summary>
    Provider = 3,
}

/// <summary>The keys that content is encrypted with at rest. Shows no key, only what is known of it.</summary>
public interface IStoreKeys
{
    Task<StoreKeysOverview> GetAsync(CancellationToken cancellationToken);

    /// <summary>New keys for what is written from now on; content under the old ones is encrypted anew in the background, then they are destroyed.</summary>
    /// <param name="providerId">With <see cref="RotationScope.Provider"/>.</param>
    /// <param name="audit">Committed with the rotation.</param>
    /// <returns>RotationRunning while the one before is not finished; StoreUnavailable or StorageFull where nothing was changed.</returns>
    Task<Result<StoreKeysOverview>> RotateAsync(RotationScope scope, string? providerId, AuditEntry audit, CancellationToken cancellationToken);
}
