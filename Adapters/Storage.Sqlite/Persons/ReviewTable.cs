using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Identity;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>Writes the review queue.</summary>
internal sealed class ReviewTable(sqlite3 connection, Symbols symbols, Sealer sealer)
{
    private readonly Statement find = new(connection, "SELECT id, state FROM identity_review WHERE source = ?1 AND fingerprint = ?2");
    private readonly Statement open = new(connection, "SELECT count(*) FROM identity_review WHERE source = ?1 AND state = 1");
    private readonly Statement insert = new(connection, "INSERT INTO identity_review (source, fingerprint, cause, state, opened_at, stated, id) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)");
    private readonly Statement newest = new(connection, "SELECT coalesce(max(id), 0) FROM identity_review");
    private readonly Statement reopen = new(connection, "UPDATE identity_review SET state = 1, cause = ?2, person = NULL WHERE id = ?1");
    private readonly Statement clear = new(connection, "DELETE FROM identity_review_candidate WHERE review = ?1");
    private readonly Statement candidate = new(connection, "INSERT INTO identity_review_candidate (review, rank, person, weight) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement wait = new(connection, "INSERT INTO identity_review_deposit (review, deposit) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    private readonly Statement state = new(connection, "SELECT state FROM identity_review WHERE id = ?1");
    private readonly Statement decide = new(connection, "UPDATE identity_review SET state = ?2, person = ?3, decided_by = ?4, decided_at = ?5, reason = ?6 WHERE id = ?1");
    private readonly Statement waiting = new(connection, "SELECT deposit FROM identity_review_deposit WHERE review = ?1 ORDER BY deposit");
    // The newest first: a deposit nearly always waits for the one that it has just opened.
    private readonly Statement awaited = new(connection, """
        SELECT 1 FROM identity_review r WHERE r.state = 1 AND EXISTS (SELECT 1 FROM identity_review_deposit d WHERE d.review = r.id AND d.deposit = ?1) ORDER BY r.id DESC LIMIT 1
        """);
    private readonly Statement unbar = new(connection, """
        DELETE FROM patient_alias_barred WHERE source = ?1 AND authority = ?2 AND value = ?3 AND person = ?4
        """);

    /// <param name="most">Open ones that are kept of a source.</param>
    /// <returns>False, and nothing is written, where so many are open.</returns>
    public bool Open(ReviewCause cause, StatedIdentity stated, byte[] packed, IReadOnlyList<ReviewCandidate> candidates, DepositId? deposit, DateTimeOffset now, int most)
    {
        var source = symbols.Of(stated.SourceId);
        long? id = null;
        var isOpen = false;
        if (find.Bind(1, source).BindId(2, stated.Fingerprint).Step()) (id, isOpen) = (find.Int64(0), find.Int32(1) == (int)ReviewState.Open);
        find.Reset();
        if (!isOpen)
        {
            open.Bind(1, source).Step();
            var full = open.Int64(0) >= most;
            open.Reset();
            if (full) return false;
            if (id is { } known) reopen.Bind(1, known).Bind(2, (int)cause).Run();
            else id = Insert(source, cause, stated, packed, now);
            clear.Bind(1, id!.Value).Run();
            for (var rank = 0; rank < candidates.Count; rank++)
            {
                candidate.Bind(1, id!.Value).Bind(2, rank).Bind(3, symbols.Of(candidates[rank].PersonId)).BindReal(4, candidates[rank].Weight).Run();
            }
        }

        if (deposit is { } waiting) wait.Bind(1, id!.Value).Bind(2, waiting.Value).Run();
        return true;
    }

    private long Insert(long source, ReviewCause cause, StatedIdentity stated, byte[] packed, DateTimeOffset now)
    {
        newest.Step();
        var id = newest.Int64(0) + 1;
        newest.Reset();
        insert.Bind(1, source).BindId(2, stated.Fingerprint).Bind(3, (int)cause).Bind(4, Time.Of(now)).Bind(6, id)
            .Bind(5, sealer.Seal(new(SealedColumn.ReviewStated, id), source, packed)).Run();
        return id;
    }

    /// <summary>The deposits that wait for a review, oldest first.</summary>
    public List<DepositId> Waiting(long id)
    {
        var deposits = new List<DepositId>();
        for (waiting.Bind(1, id); waiting.Step();) deposits.Add(new(waiting.Int64(0)));
        return deposits;
    }

    /// <returns>False where no review that the deposit waits for is open.</returns>
    public bool IsAwaitedBy(DepositId deposit)
    {
        var found = awaited.Bind(1, deposit.Value).Step();
        awaited.Reset();
        return found;
    }

    /// <returns>False where it is not open.</returns>
    public bool Decide(long id, string? personId, IReadOnlyList<PatientAlias> numbers, IndexAct act)
    {
        var isOpen = state.Bind(1, id).Step() && state.Int32(0) == (int)ReviewState.Open;
        state.Reset();
        if (!isOpen) return false;
        decide.Bind(1, id).Bind(2, (int)(personId is null ? ReviewState.Dismissed : ReviewState.Linked)).Bind(3, symbols.OfOptional(personId))
            .Bind(4, symbols.Of(act.Actor)).Bind(5, Time.Of(act.At)).Bind(6, act.Reason).Run();
        if (personId is null) return true;
        foreach (var number in numbers)
        {
            unbar.Bind(1, symbols.Of(number.SourceId)).Bind(2, symbols.Of(number.AssigningAuthority)).Bind(3, number.Value).Bind(4, symbols.Of(personId)).Run();
        }

        return true;
    }
}
