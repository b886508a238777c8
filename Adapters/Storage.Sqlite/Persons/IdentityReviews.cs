using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <inheritdoc/>
internal sealed class IdentityReviews(SqliteStore store) : IIdentityReviews
{
    private const int RowOverhead = 1024;

    /// <summary>Open ones of one source: more would be a fault of the source, not work for registrars.</summary>
    private const int MostOfSource = 5_000;

    private const string Columns = """
        SELECT r.id, r.cause, r.state, r.opened_at, r.stated, (SELECT value FROM symbol WHERE num = r.person),
          (SELECT value FROM symbol WHERE num = r.decided_by), r.decided_at, r.reason
        FROM identity_review r
        """;

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<bool> OpenAsync(
        ReviewCause cause, StatedIdentity stated, IReadOnlyList<ReviewCandidate> candidates, DepositId? deposit, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var packed = StatedJson.Write(stated);
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.Reviews.Open(cause, stated, packed, candidates, deposit, session.Now, MostOfSource)) return false;
                session.Audit.Append(audit);
                return true;
            },
            packed.Length + RowOverhead);
        return written.OrThrow();
    }

    public async Task<IdentityReview?> FindAsync(string sourceId, string fingerprint, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare(Columns + " WHERE r.source = (SELECT num FROM symbol WHERE value = ?1) AND r.fingerprint = ?2").BindId(1, sourceId).BindId(2, fingerprint);
        return ReadAll(reader, row).SingleOrDefault();
    }

    public async Task<IdentityReview?> GetAsync(long id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadAll(reader, reader.Prepare(Columns + " WHERE r.id = ?1").Bind(1, id)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<IdentityReview>> ListAsync(ReviewState state, long after, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadAll(reader, reader.Prepare(Columns + " WHERE r.state = ?1 AND r.id > ?2 ORDER BY r.id LIMIT ?3").Bind(1, (int)state).Bind(2, after).Bind(3, count));
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<DecidedReview?> DecideAsync(long id, string? personId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is not { } review) return null;
        var written = await store.Writer.WriteAsync<UnfinishedDeposit[]?>(
            session =>
            {
                if (!session.Reviews.Decide(id, personId, review.Stated.LocalNumbers, act)) return (UnfinishedDeposit[]?)null;
                if (personId is not null)
                {
                    foreach (var number in review.Stated.LocalNumbers) session.Persons.Link(personId, number, act);
                }

                session.Audit.Append(audit);
                return session.Reviews.Waiting(id)
                    .Select(deposit => session.Sagas.Reopen(deposit, act.At, "Its review is decided", DepositState.Quarantined, DepositState.Refused)).OfType<UnfinishedDeposit>().ToArray();
            },
            RowOverhead);
        // It is decided: its caller must hear of it, even one that is about to go.
        return written.OrThrow() is { } reopened ? new((await GetAsync(id, CancellationToken.None))!, reopened) : null;
    }

    public async Task<long> CountAsync(ReviewState state, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT count(*) FROM identity_review WHERE state = ?1").Bind(1, (int)state);
        row.Step();
        return row.Int64(0);
    }

    private List<IdentityReview> ReadAll(Reader reader, Statement rows)
    {
        var reviews = new List<IdentityReview>();
        while (rows.Step())
        {
            var decision = rows.IsNull(7) || (ReviewState)rows.Int32(2) == ReviewState.Open ? null
                : new ReviewDecision(rows.IsNull(5) ? null : rows.Id(5), rows.Id(6), Time.At(rows.Int64(7)), rows.Text(8));
            reviews.Add(new(
                rows.Int64(0), (ReviewCause)rows.Int32(1), (ReviewState)rows.Int32(2), Time.At(rows.Int64(3)), StatedJson.Read(store.Keys.Open(reader.Connection.Handle!, new(SealedColumn.ReviewStated, rows.Int64(0)), rows.Blob(4))), [], [], decision));
        }

        for (var at = 0; at < reviews.Count; at++)
        {
            reviews[at] = reviews[at] with { Candidates = Candidates(reader, reviews[at].Id), Deposits = Deposits(reader, reviews[at].Id) };
        }

        return reviews;
    }

    private static List<ReviewCandidate> Candidates(Reader reader, long review)
    {
        var rows = reader.Prepare("SELECT (SELECT value FROM symbol WHERE num = c.person), c.weight FROM identity_review_candidate c WHERE c.review = ?1 ORDER BY c.rank").Bind(1, review);
        var candidates = new List<ReviewCandidate>();
        while (rows.Step()) candidates.Add(new(rows.Id(0), rows.Real(1)));
        return candidates;
    }

    private static List<DepositId> Deposits(Reader reader, long review)
    {
        var rows = reader.Prepare("SELECT deposit FROM identity_review_deposit WHERE review = ?1 ORDER BY deposit").Bind(1, review);
        var deposits = new List<DepositId>();
        while (rows.Step()) deposits.Add(new(rows.Int64(0)));
        return deposits;
    }
}
