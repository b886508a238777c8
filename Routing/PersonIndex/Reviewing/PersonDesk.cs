using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.PersonIndex.Reviewing;

/// <inheritdoc/>
internal sealed class PersonDesk(
    IPersonStore persons, IPersonLinks links, IIdentityReviews reviews, NumberUnlinking unlinking, KnownPersons known, IdentifiedAgain again, TimeProvider time) : IPersonDesk
{
    private const int LongestReason = 500;

    public async Task<Result<IdentityReview>> DecideAsync(long reviewId, string? personId, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        if (Wanting(reason) is { } wanting) return wanting;
        if (await reviews.GetAsync(reviewId, cancellationToken).ConfigureAwait(false) is null) return NotFound("There is no such review");
        if (personId is not null && await persons.GetAsync(personId, cancellationToken).ConfigureAwait(false) is not { MergedInto: null }) return NotFound("There is no such person, or it is merged into another");
        var act = new IndexAct(actor.Name, time.GetUtcNow(), reason.Trim());
        var audit = Entry(actor, act, AuditAction.ReviewDecide, personId, $"IdentityReview/{reviewId}");
        if (await reviews.DecideAsync(reviewId, personId, act, audit, cancellationToken).ConfigureAwait(false) is not { } decided)
        {
            return new Rejection(RejectionCode.VersionConflict, "The review was decided already");
        }

        known.Forget();
        again.Start(decided.Reopened);
        return decided.Review;
    }

    public async Task<Result<int>> UnlinkAsync(string personId, PatientAlias number, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        if (Wanting(reason) is { } wanting) return wanting;
        if (!(await links.AliasesAsync(personId, cancellationToken).ConfigureAwait(false)).Contains(number)) return NotFound("The number is not linked to this person");
        var act = new IndexAct(actor.Name, time.GetUtcNow(), reason.Trim());
        return await unlinking.UnlinkAsync(personId, [number], act, Entry(actor, act, AuditAction.Unlink, personId, $"Patient/{personId}"), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Result<Person>> MergeAsync(string survivorId, string mergedId, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        if (Wanting(reason) is { } wanting) return wanting;
        if (await persons.GetAsync(survivorId, cancellationToken).ConfigureAwait(false) is not { } survivor || await persons.GetAsync(mergedId, cancellationToken).ConfigureAwait(false) is null)
        {
            return NotFound("There is no such person");
        }

        var act = new IndexAct(actor.Name, time.GetUtcNow(), reason.Trim());
        if (!await links.MergeAsync(survivorId, mergedId, act, Entry(actor, act, AuditAction.Merge, survivorId, $"Patient/{mergedId}"), cancellationToken).ConfigureAwait(false))
        {
            return new Rejection(RejectionCode.MergeConflict, "One of the two is merged already, others were merged into the one that goes, or both are the same person");
        }

        known.Forget();
        return survivor;
    }

    public async Task<Result<int>> SplitAsync(string mergedId, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        if (Wanting(reason) is { } wanting) return wanting;
        if (await persons.GetAsync(mergedId, cancellationToken).ConfigureAwait(false) is not { } merged) return NotFound("There is no such person");
        var act = new IndexAct(actor.Name, time.GetUtcNow(), reason.Trim());
        var deposits = await links.SplitAsync(mergedId, act, Entry(actor, act, AuditAction.Split, merged.MergedInto, $"Patient/{mergedId}"), cancellationToken).ConfigureAwait(false);
        if (deposits is null) return new Rejection(RejectionCode.MergeConflict, "This person is not merged");
        known.Forget();
        again.Start(deposits);
        return deposits.Count;
    }

    private static Rejection? Wanting(string reason) =>
        reason.Trim().Length is 0 or > LongestReason ? new(RejectionCode.ReasonMissing, $"Say why, in at most {LongestReason} characters") : null;

    private static Rejection NotFound(string detail) => new(RejectionCode.ResourceNotFound, detail);

    // The reason is in the history: the audit trail holds no free text about a patient.
    private static AuditEntry Entry(AccessPrincipal actor, IndexAct act, string action, string? personId, string target) =>
        AuditEntry.By(actor, act.At, action, personId, target, true, "A registrar decided; the reason is in the history of the index");
}
