using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex.Reviewing;

/// <summary>What becomes of a statement that no rule could match: what a registrar decided of it before, or a question to a registrar.</summary>
internal sealed class ReviewQueue(IIdentityReviews reviews, IPersonStore persons, CandidateSearch candidates, IdentifiedAgain again, TimeProvider time)
{
    /// <summary>Candidates that a registrar is shown.</summary>
    private const int MostCandidates = 10;

    public static bool Takes(RejectionCode code) => code is RejectionCode.IdentityMissing or RejectionCode.PersonUnknown or RejectionCode.IdentityConflict;

    /// <param name="rejection">Why no rule could.</param>
    /// <returns>Whom a registrar chose for this statement; rejection 409 where one will, 410; else the rejection given.</returns>
    public async Task<Result<Person>> AnswerAsync(string sourceId, PatientAsStated stated, Rejection rejection, DepositId? deposit, CancellationToken cancellationToken)
    {
        var identity = Fingerprint.Identify(sourceId, stated);
        var review = await reviews.FindAsync(sourceId, identity.Fingerprint, cancellationToken).ConfigureAwait(false);
        switch (review)
        {
            case { State: ReviewState.Linked, Decision.PersonId: { } id }:
                return await SurvivorAsync(id, cancellationToken).ConfigureAwait(false);
            case { State: ReviewState.Dismissed }:
                return rejection;
            case { State: ReviewState.Open } when deposit is not null:
                return await OpenAsync(review.Cause, identity, review.Candidates, rejection, deposit, cancellationToken).ConfigureAwait(false);
        }

        if (deposit is null) return rejection;
        var (cause, found) = await AskAsync(sourceId, stated, rejection, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? rejection : await OpenAsync(cause, identity, found, rejection, deposit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the question about a statement that its source has answered by itself; what waited for it is processed.</summary>
    /// <param name="act">By what it is answered: the numbers are linked already.</param>
    public async Task SettleAsync(string sourceId, PatientAsStated stated, Person person, IndexAct act, CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint.Identify(sourceId, stated).Fingerprint;
        if (await reviews.FindAsync(sourceId, fingerprint, cancellationToken).ConfigureAwait(false) is not { State: ReviewState.Open } review) return;
        var audit = new AuditEntry(act.At, act.Actor, "source", AuditAction.ReviewDecide, person.Id, $"IdentityReview/{review.Id}", true, act.Reason);
        if (await reviews.DecideAsync(review.Id, person.Id, act, audit, cancellationToken).ConfigureAwait(false) is { } decided) again.Start(decided.Reopened);
    }

    /// <summary>Asks about numbers that a source says are two patients' (ADT^A37), where the index cannot tell which keeps them.</summary>
    /// <returns>True: they stay the person's. False: they go. Null: a registrar is asked, or <paramref name="rejection"/> says why not.</returns>
    public async Task<(bool? Stays, Rejection? Rejection)> AskWhetherAsync(string sourceId, PatientAsStated stated, Person person, DepositId deposit, CancellationToken cancellationToken)
    {
        var identity = Fingerprint.Identify(sourceId, stated);
        identity = identity with { Fingerprint = Fingerprint.OfDispute(identity) };
        var review = await reviews.FindAsync(sourceId, identity.Fingerprint, cancellationToken).ConfigureAwait(false);
        if (review is { State: ReviewState.Linked or ReviewState.Dismissed }) return (review.State == ReviewState.Linked, null);
        var candidate = Comparison.Of(StatedClaim.Of(stated, time.GetUtcNow()), person);
        var opened = await OpenAsync(
            ReviewCause.DisputedNumbers, identity, [new(person.Id, candidate.Weight)],
            new(RejectionCode.IdentityUnderReview, "The source says that two of its numbers are not one patient's: a registrar decides"), deposit, cancellationToken).ConfigureAwait(false);
        return (null, opened.Rejection);
    }

    private async Task<Person> SurvivorAsync(string id, CancellationToken cancellationToken)
    {
        var person = await persons.GetAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A review was decided for a person who is not in the index.");
        return person.MergedInto is { } survivor ? await persons.GetAsync(survivor, cancellationToken).ConfigureAwait(false) ?? person : person;
    }

    private async Task<(ReviewCause Cause, IReadOnlyList<ReviewCandidate> Found)> AskAsync(
        string sourceId, PatientAsStated stated, Rejection rejection, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claim = StatedClaim.Of(stated, now);
        switch (rejection.Code)
        {
            case RejectionCode.IdentityMissing:
                return (ReviewCause.NoNumber, Chosen(await candidates.FindAsync(claim, MostCandidates, cancellationToken).ConfigureAwait(false)));
            case RejectionCode.PersonUnknown:
                // Nearly all of these have no account: only the one block that a slip in the number leaves is looked at.
                var near = await persons.FindByBlocksAsync([.. Blocks.OfNumber(claim.Number!)], MostCandidates, cancellationToken).ConfigureAwait(false);
                return (ReviewCause.NearNumber, Chosen(near.Where(person => Comparison.IsOtherLetter(claim.Number!, person.DocumentNumber) && IndexFields.Conflict(stated, claim.BirthDate!.Value, person) is null).Select(person => Comparison.Of(claim, person))));
            default:
                List<Person> named = [];
                if (claim.Number is { } number && await persons.FindByDocumentAsync(number, cancellationToken).ConfigureAwait(false) is { } holder) named.Add(holder);
                foreach (var alias in LocalNumbers.Of(sourceId, stated.Identifiers))
                {
                    if (await persons.FindByAliasAsync(alias, cancellationToken).ConfigureAwait(false) is { } linked) named.Add(linked);
                }

                return (ReviewCause.Conflict, Chosen(named.DistinctBy(person => person.Id).Select(person => Comparison.Of(claim, person))));
        }
    }

    private static IReadOnlyList<ReviewCandidate> Chosen(IEnumerable<Candidate> found) =>
        [.. found.OrderByDescending(candidate => candidate.Weight).Select(candidate => new ReviewCandidate(candidate.Person.Id, candidate.Weight))];

    private async Task<Result<Person>> OpenAsync(
        ReviewCause cause, StatedIdentity identity, IReadOnlyList<ReviewCandidate> found, Rejection rejection, DepositId? deposit, CancellationToken cancellationToken)
    {
        var audit = new AuditEntry(
            time.GetUtcNow(), $"source:{identity.SourceId}", "source", AuditAction.ReviewOpen, null, $"deposit:{deposit}", true, $"{(int)rejection.Code} {rejection.Code}: {cause}, {found.Count} candidates");
        if (!await reviews.OpenAsync(cause, identity, found, deposit, audit, cancellationToken).ConfigureAwait(false))
        {
            // A refusal stays one; what would have waited has to come again.
            return cause == ReviewCause.Conflict ? rejection : new Rejection(RejectionCode.ReviewQueueFull, "Identities of this source wait for registrars", rejection.Location);
        }

        return cause == ReviewCause.Conflict
            ? rejection
            : new Rejection(RejectionCode.IdentityUnderReview, $"A registrar decides, and the message is processed then: {rejection.Detail}", rejection.Location);
    }
}
