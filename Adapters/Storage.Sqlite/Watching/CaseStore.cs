using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Adapters.Storage.Sqlite.Watching;

/// <inheritdoc/>
internal sealed class CaseStore(SqliteStore store) : ICaseStore
{
    private const int RowOverhead = 512;
    private const string Columns = "SELECT num, rule, kind, suspect, provider, first_at, last_at, entries, opened_at, state, assigned_to FROM watch_case";

    public async Task<WatchPosition> PositionAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT judged, remembered FROM watch_position");
        return row.Step() ? new(row.Int64(0), row.Int64(1)) : throw new InvalidDataException("watch_position has no row");
    }

    public async Task<IReadOnlyDictionary<(int Rule, string Suspect), long>> LastEvidenceAsync(long from, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare("SELECT rule, suspect, max(last_entry) FROM watch_case WHERE last_entry >= ?1 GROUP BY rule, suspect").Bind(1, from);
        var last = new Dictionary<(int, string), long>();
        while (rows.Step()) last[(rows.Int32(0), rows.Text(1))] = rows.Int64(2);
        return last;
    }

    public async Task KeepAsync(WatchPosition position, IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var together = Together(suspicions);
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Cases.Move(position);
                foreach (var suspicion in together)
                {
                    if (session.Cases.Raise(suspicion, session.Now) is not { } opened) continue;
                    session.Audit.Append(new(session.Now, "watching", "hub", AuditAction.CaseOpen, null, $"case/{opened}", true, $"rule {suspicion.Rule}", ProviderId: suspicion.ProviderId));
                }

                return true;
            },
            RowOverhead * (together.Count + 1));
        written.OrThrow();
    }

    public async Task<IReadOnlyList<Case>> ListAsync(CaseState? state, long? before, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"{Columns} WHERE {(state is null ? "state <> 3" : "state = ?3")} AND num < ?1 ORDER BY num DESC LIMIT ?2").Bind(1, before ?? long.MaxValue).Bind(2, count);
        if (state is { } asked) rows.Bind(3, (int)asked);
        var cases = new List<Case>();
        while (rows.Step()) cases.Add(Read(rows));
        return cases;
    }

    public async Task<long> CountAsync(CaseState state, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT count(*) FROM watch_case WHERE state = ?1").Bind(1, (int)state);
        row.Step();
        return row.Int64(0);
    }

    public async Task<CaseDetail?> GetAsync(long number, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare(Columns + " WHERE num = ?1").Bind(1, number);
        if (!row.Step()) return null;
        var found = Read(row);
        row.Reset();
        var entries = reader.Prepare("SELECT entry FROM watch_evidence WHERE watch_case = ?1 ORDER BY entry").Bind(1, number);
        var evidence = new List<long>();
        while (entries.Step()) evidence.Add(entries.Int64(0));
        var rows = reader.Prepare("SELECT at, actor, state, assigned_to, reason FROM watch_act WHERE watch_case = ?1 ORDER BY num").Bind(1, number);
        var acts = new List<CaseAct>();
        while (rows.Step()) acts.Add(new(Time.At(rows.Int64(0)), rows.Text(1), (CaseState)rows.Int32(2), rows.TextOrNull(3), rows.Text(4)));
        return new(found, evidence, acts);
    }

    public async Task<Result<bool>> ActAsync(long number, CaseAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Rejection? refusal = null;
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                refusal = session.Cases.StateOf(number) switch
                {
                    null => new(RejectionCode.ResourceNotFound, "No such case"),
                    CaseState.Closed => new(RejectionCode.CaseClosed, $"Case {number} is closed", null, $"個案 {number} 已結案"),
                    _ => null,
                };
                if (refusal is not null) return false;
                session.Cases.Act(number, act);
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead + act.Reason.Length);
        written.OrThrow();
        return refusal is null ? true : refusal;
    }

    // A suspect who goes on breaks a rule some hundred times a second. One after the other these held up every read that waited for its entry.
    private static List<Suspicion> Together(IReadOnlyList<Suspicion> suspicions) =>
    [
        .. suspicions.GroupBy(each => (each.Rule, each.Suspect)).Select(same => same.First() with
        {
            Evidence = [.. same.SelectMany(each => each.Evidence).Order()], From = same.Min(each => each.From), Until = same.Max(each => each.Until),
        }),
    ];

    private static Case Read(Statement row) => new(
        row.Int64(0), row.Int32(1), (SuspectKind)row.Int32(2), row.Text(3), row.TextOrNull(4), Time.At(row.Int64(5)), Time.At(row.Int64(6)), row.Int32(7),
        Time.At(row.Int64(8)), (CaseState)row.Int32(9), row.TextOrNull(10));
}
