using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;

/// <summary>Writes performed steps, and what follows from them. For the writer's thread only.</summary>
internal sealed class PerformedStepTable(sqlite3 connection, Symbols symbols, Sealer sealer)
{
    private readonly Statement find = new(connection, "SELECT num, version FROM performed_step WHERE uid = ?1");
    private readonly Statement next = new(connection, "SELECT coalesce(max(num), 0) + 1 FROM performed_step");
    private readonly Statement save = new(connection, """
        INSERT OR REPLACE INTO performed_step (num, uid, source, provider, study_uid, state, changed_at, version, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    // The order is found by the study that it was given out with, and its step by the number where both say one.
    private readonly Statement perform = new(connection, """
        UPDATE worklist SET state = ?3 WHERE study_uid = ?1 AND (?2 IS NULL OR step_id IN ('', ?2))
          AND source IN (SELECT value FROM json_each(?4))
        """);
    private readonly Statement expect = new(connection, """
        INSERT OR IGNORE INTO imaging_expected (uid, step) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM imaging_instance WHERE uid = ?1)
        """);
    private readonly Statement missing = new(connection, "SELECT 1 FROM imaging_expected WHERE step = ?1 LIMIT 1");
    private readonly Statement whole = new(connection, """
        UPDATE imaging_gathering SET whole_until = newest WHERE newest > announced AND study IN (
          SELECT st.num FROM performed_step p JOIN imaging_study st ON st.uid = p.study_uid AND st.provider = p.provider WHERE p.num = ?1 AND NOT EXISTS (
            SELECT 1 FROM performed_step o WHERE o.study_uid = p.study_uid AND o.provider = p.provider
              AND (o.state = 2 OR EXISTS (SELECT 1 FROM imaging_expected e WHERE e.step = o.num))))
        """);

    /// <param name="content">Packed <see cref="StepContent"/>.</param>
    /// <param name="sourcesOfProvider">Ids of the provider's sources: one places orders, another makes images.</param>
    public Rejection? Save(
        PerformedStep step, byte[] content, IReadOnlyList<ScheduledReference> scheduled, IReadOnlyList<string> instances, IReadOnlyList<string> sourcesOfProvider, DateTimeOffset at)
    {
        var known = find.Bind(1, step.SopInstanceUid).Step();
        var (number, version) = known ? (find.Int64(0), find.Int32(1)) : (0, 0);
        find.Reset();
        if (version != step.Version) return new Rejection(RejectionCode.VersionConflict, "The performed step was changed meanwhile");
        if (!known) number = Next();
        var source = symbols.Of(step.SourceId);
        save.Bind(1, number).Bind(2, step.SopInstanceUid).Bind(3, source).Bind(4, symbols.Of(step.ProviderId)).Bind(5, step.StudyInstanceUid).Bind(6, (long)step.State)
            .Bind(7, Time.Of(at)).Bind(8, version + 1).Bind(9, sealer.Seal(new(SealedColumn.StepContent, number), source, content)).Run();
        var sources = $"[{string.Join(',', sourcesOfProvider.Select(symbols.Of))}]";
        foreach (var reference in scheduled) perform.Bind(1, reference.StudyInstanceUid).Bind(2, reference.StepId).Bind(3, (long)step.State).Bind(4, sources).Run();
        if (step.State is not (StepState.Completed or StepState.Discontinued)) return null;

        foreach (var instance in instances) expect.Bind(1, instance).Bind(2, number).Run();
        var waits = missing.Bind(1, number).Step();
        missing.Reset();
        if (!waits) whole.Bind(1, number).Run();
        return null;
    }

    private long Next()
    {
        next.Step();
        var number = next.Int64(0);
        next.Reset();
        return number;
    }
}
