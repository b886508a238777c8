using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Watching;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Watching;

/// <summary>Writes cases, and how far the trail is judged.</summary>
internal sealed class CaseTable(sqlite3 connection)
{
    private readonly Statement position = new(connection, "UPDATE watch_position SET judged = ?1, remembered = ?2 WHERE one = 1 AND judged <= ?1");
    private readonly Statement unclosed = new(connection, "SELECT num, entries FROM watch_case WHERE rule = ?1 AND suspect = ?2 AND state <> 3 ORDER BY num DESC LIMIT 1");
    private readonly Statement open = new(connection, """
        INSERT INTO watch_case (rule, kind, suspect, provider, first_at, last_at, entries, last_entry, opened_at, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)
        """);
    private readonly Statement extend = new(connection, """
        UPDATE watch_case SET first_at = min(first_at, ?2), last_at = max(last_at, ?3), entries = entries + ?4, last_entry = max(last_entry, ?5) WHERE num = ?1
        """);
    private readonly Statement evidence = new(connection, "INSERT OR IGNORE INTO watch_evidence (watch_case, entry) VALUES (?1, ?2)");
    private readonly Statement state = new(connection, "SELECT state FROM watch_case WHERE num = ?1");
    private readonly Statement change = new(connection, "UPDATE watch_case SET state = ?2, assigned_to = ?3 WHERE num = ?1");
    private readonly Statement act = new(connection, "INSERT INTO watch_act (watch_case, at, actor, state, assigned_to, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    public void Move(WatchPosition to) => position.Bind(1, to.Judged).Bind(2, to.Remembered).Run();

    /// <returns>The number of the case where it is a new one.</returns>
    public long? Raise(Suspicion suspicion, DateTimeOffset now)
    {
        var (first, last) = (Time.Of(suspicion.From), Time.Of(suspicion.Until));
        if (unclosed.Bind(1, suspicion.Rule).Bind(2, suspicion.Suspect).Step())
        {
            var (number, known) = (unclosed.Int64(0), unclosed.Int32(1));
            unclosed.Reset();
            extend.Bind(1, number).Bind(2, first).Bind(3, last).Bind(4, suspicion.Evidence.Count).Bind(5, suspicion.Evidence[^1]).Run();
            Add(number, suspicion.Evidence.Take(Math.Max(0, ICaseStore.MostEvidence - known)));
            return null;
        }

        open.Bind(1, suspicion.Rule).Bind(2, (int)suspicion.Kind).Bind(3, suspicion.Suspect).Bind(4, suspicion.ProviderId).Bind(5, first).Bind(6, last)
            .Bind(7, suspicion.Evidence.Count).Bind(8, suspicion.Evidence[^1]).Bind(9, Time.Of(now)).Run();
        var opened = raw.sqlite3_last_insert_rowid(connection);
        Add(opened, suspicion.Evidence.Take(ICaseStore.MostEvidence));
        return opened;
    }

    /// <returns>Null where there is no such case.</returns>
    public CaseState? StateOf(long number)
    {
        if (!state.Bind(1, number).Step()) return null;
        var found = (CaseState)state.Int32(0);
        state.Reset();
        return found;
    }

    public void Act(long number, CaseAct done)
    {
        change.Bind(1, number).Bind(2, (int)done.State).Bind(3, done.AssignedTo).Run();
        act.Bind(1, number).Bind(2, Time.Of(done.At)).Bind(3, done.Actor).Bind(4, (int)done.State).Bind(5, done.AssignedTo).Bind(6, done.Reason).Run();
    }

    private void Add(long number, IEnumerable<long> entries)
    {
        foreach (var entry in entries) evidence.Bind(1, number).Bind(2, entry).Run();
    }
}
