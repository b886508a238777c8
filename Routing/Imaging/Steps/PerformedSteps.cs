using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Steps;

/// <inheritdoc/>
internal sealed class PerformedSteps(IPerformedStepStore store, IAuditTrail audit, TimeProvider clock) : IPerformedSteps
{
    public async Task<Rejection?> CreateAsync(AccessPrincipal principal, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken)
    {
        using var said = JsonDataSet.Parse(attributes);
        if (StepAttributes.FaultOfNew(said.RootElement) is { } fault) return fault;
        var hash = SHA256.HashData(attributes.Span);
        if (await store.FindAsync(sopInstanceUid, cancellationToken).ConfigureAwait(false) is { } known) return IsRepeat(known, principal, hash) ? null : Exists();
        var step = new PerformedStep(
            sopInstanceUid, principal.SourceId!, principal.ProviderId!, StepAttributes.Scheduled(said.RootElement)[0].StudyInstanceUid, StepState.InProgress, attributes, hash, default, 0);
        var refusal = await SaveAsync(step, principal, cancellationToken).ConfigureAwait(false);
        if (refusal is not { Code: RejectionCode.VersionConflict }) return refusal;
        // Another association was first: with the same request, or with another one.
        return await store.FindAsync(sopInstanceUid, cancellationToken).ConfigureAwait(false) is { } first && IsRepeat(first, principal, hash) ? null : Exists();
    }

    public async Task<Rejection?> SetAsync(AccessPrincipal principal, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken)
    {
        using var said = JsonDataSet.Parse(attributes);
        var state = StepAttributes.StateOf(said.RootElement);
        if (state is null && StepAttributes.SaysStatus(said.RootElement))
            return new(RejectionCode.PerformedStepAttributeInvalid, "Performed Procedure Step Status is none that there is");
        var hash = SHA256.HashData(attributes.Span);
        // Of another source's step nobody learns that there is one.
        if (await store.FindAsync(sopInstanceUid, cancellationToken).ConfigureAwait(false) is not { } known || known.SourceId != principal.SourceId)
            return Unknown;
        if (known.Changed.Span.SequenceEqual(hash)) return null;
        if (known.State is StepState.Completed or StepState.Discontinued)
            return new(RejectionCode.PerformedStepFinal, "Performed Procedure Step may no longer be updated");
        using var before = JsonDataSet.Parse(known.Attributes);
        if (StepAttributes.FaultOfChange(before.RootElement, said.RootElement) is { } fault) return fault;
        return await SaveAsync(
            known with { State = state ?? known.State, Attributes = StepAttributes.With(before.RootElement, said.RootElement), Changed = hash }, principal, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(AccessPrincipal principal, string sopInstanceUid, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(sopInstanceUid, cancellationToken).ConfigureAwait(false) is { } found && found.SourceId == principal.SourceId ? found : null;
        // A number that a station makes up stands in the trail only where it is a step's.
        var entry = AuditEntry.By(
            principal, clock.GetUtcNow(), AuditAction.ProcedureStep, null, known is null ? "step" : $"step/{sopInstanceUid}", known is not null,
            known is null ? Unknown.Detail : $"read, study {known.StudyInstanceUid}");
        try
        {
            await audit.RecordAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return new Rejection(RejectionCode.StoreUnavailable, "The audit trail cannot be written: nothing is returned");
        }

        return known is null ? Unknown : known.Attributes;
    }

    private static bool IsRepeat(PerformedStep known, AccessPrincipal principal, ReadOnlySpan<byte> hash) =>
        known.SourceId == principal.SourceId && known.Created.Span.SequenceEqual(hash);

    private static Rejection Unknown => new(RejectionCode.PerformedStepUnknown, "No such performed procedure step");

    private static Rejection Exists() => new(RejectionCode.PerformedStepExists, "Another performed procedure step has this SOP Instance UID");

    private async Task<Rejection?> SaveAsync(PerformedStep step, AccessPrincipal principal, CancellationToken cancellationToken)
    {
        using var attributes = JsonDataSet.Parse(step.Attributes);
        var at = clock.GetUtcNow();
        var entry = AuditEntry.By(principal, at, AuditAction.ProcedureStep, null, $"step/{step.SopInstanceUid}", true, $"{step.State}, study {step.StudyInstanceUid}");
        return await store.SaveAsync(
            step, StepAttributes.Scheduled(attributes.RootElement), StepAttributes.Instances(attributes.RootElement), entry, at, cancellationToken).ConfigureAwait(false);
    }
}
