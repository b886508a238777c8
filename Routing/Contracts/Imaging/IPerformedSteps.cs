using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>
/// Performed procedure steps that modalities report (PS3.4-2024 annex F). What is accepted is durable when the call returns; the same request again
/// gives the same answer and changes nothing.
/// </summary>
public interface IPerformedSteps
{
    /// <summary>N-CREATE.</summary>
    /// <param name="attributes">DICOM JSON object.</param>
    /// <returns>PerformedStepExists, PerformedStepAttributeMissing, PerformedStepAttributeInvalid; null when it is kept.</returns>
    Task<Rejection?> CreateAsync(AccessPrincipal principal, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken);

    /// <summary>N-SET.</summary>
    /// <returns>PerformedStepUnknown, also where another source made it; PerformedStepFinal; PerformedStepAttributeInvalid; null when it is kept.</returns>
    Task<Rejection?> SetAsync(AccessPrincipal principal, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken);

    /// <summary>N-GET: what was said of the step, later over earlier. Each read is recorded before anything leaves.</summary>
    /// <returns>DICOM JSON object; PerformedStepUnknown, also where another source made it; StoreUnavailable where the audit trail cannot be written.</returns>
    Task<Result<ReadOnlyMemory<byte>>> ReadAsync(AccessPrincipal principal, string sopInstanceUid, CancellationToken cancellationToken);
}

/// <summary>A performed procedure step.</summary>
/// <param name="StudyInstanceUid">Of the first of its Scheduled Step Attributes (0040,0270).</param>
/// <param name="Attributes">DICOM JSON object: what the station said, later over earlier.</param>
/// <param name="Created">SHA-256 of the N-CREATE's attributes.</param>
/// <param name="Changed">SHA-256 of the last N-SET's; empty before the first.</param>
/// <param name="Version">0 for a step that is not kept yet.</param>
public sealed record PerformedStep(
    string SopInstanceUid, string SourceId, string ProviderId, string StudyInstanceUid, StepState State, ReadOnlyMemory<byte> Attributes, ReadOnlyMemory<byte> Created,
    ReadOnlyMemory<byte> Changed, int Version);

/// <summary>Which scheduled step was performed.</summary>
/// <param name="StepId">(0040,0009); null where the station does not say.</param>
public sealed record ScheduledReference(string StudyInstanceUid, string? StepId);

/// <summary>Keeps performed procedure steps, and what follows from them for worklist and studies.</summary>
public interface IPerformedStepStore
{
    Task<PerformedStep?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken);

    /// <summary>
    /// In one transaction: the step; the state of the provider's orders that it performs; where it is final, the instances that are still to come of its
    /// study. A study of which none is missing any more, and no step in progress, is announced without its quiet period.
    /// </summary>
    /// <param name="step">With the version that it was read with.</param>
    /// <param name="instances">SOP instances that it says were made.</param>
    /// <returns>VersionConflict where another changed it meanwhile; StorageFull or StoreUnavailable.</returns>
    Task<Rejection?> SaveAsync(
        PerformedStep step, IReadOnlyList<ScheduledReference> scheduled, IReadOnlyList<string> instances, AuditEntry audit, DateTimeOffset at, CancellationToken cancellationToken);
}
