using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Tests.Routing.Fakes;

internal sealed class MemoryReviews(MemoryStore store) : IIdentityReviews
{
    public List<IdentityReview> All { get; } = [];

    public Task<bool> OpenAsync(
        ReviewCause cause, StatedIdentity stated, IReadOnlyList<ReviewCandidate> candidates, DepositId? deposit, AuditEntry audit, CancellationToken cancellationToken)
    {
        store.Audit.Add(audit);
        var at = All.FindIndex(review => review.Stated.SourceId == stated.SourceId && review.Stated.Fingerprint == stated.Fingerprint);
        if (at < 0) All.Add(new(All.Count + 1, cause, ReviewState.Open, audit.At, stated, candidates, deposit is { } first ? [first] : [], null));
        else if (deposit is { } next && !All[at].Deposits.Contains(next)) All[at] = All[at] with { Deposits = [.. All[at].Deposits, next] };
        return Task.FromResult(true);
    }

    public Task<IdentityReview?> FindAsync(string sourceId, string fingerprint, CancellationToken cancellationToken) =>
        Task.FromResult(All.Find(review => review.Stated.SourceId == sourceId && review.Stated.Fingerprint == fingerprint));

    public Task<IdentityReview?> GetAsync(long id, CancellationToken cancellationToken) => Task.FromResult(All.Find(review => review.Id == id));

    public Task<IReadOnlyList<IdentityReview>> ListAsync(ReviewState state, long after, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IdentityReview>>([.. All.Where(review => review.State == state && review.Id > after).Take(count)]);

    public async Task<DecidedReview?> DecideAsync(long id, string? personId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        var at = All.FindIndex(review => review.Id == id && review.State == ReviewState.Open);
        if (at < 0) return null;
        All[at] = All[at] with { State = personId is null ? ReviewState.Dismissed : ReviewState.Linked, Decision = new(personId, act.Actor, act.At, act.Reason) };
        var told = store.Audit.Count;
        if (personId is not null)
        {
            foreach (var number in All[at].Stated.LocalNumbers) store.Barred.Remove((number, personId));
            await store.LinkAsync([new(personId, All[at].Stated.LocalNumbers, audit)], act, cancellationToken);
        }

        // The link tells it, unless there is none that is new.
        if (store.Audit.Count == told) store.Audit.Add(audit);
        return new(All[at], [.. All[at].Deposits.Select(store.Reopen).OfType<UnfinishedDeposit>()]);
    }

    public Task<long> CountAsync(ReviewState state, CancellationToken cancellationToken) => Task.FromResult((long)All.Count(review => review.State == state));
}
