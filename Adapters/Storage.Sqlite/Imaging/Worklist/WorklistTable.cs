using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Record;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;

/// <summary>Notes orders for images as they are committed. For the writer's thread only.</summary>
internal sealed class WorklistTable(sqlite3 connection)
{
    // An order that was discontinued and is put off to another time is to be done again.
    private readonly Statement note = new(connection, """
        INSERT INTO worklist (resource, source, study_uid, step_id, start, state)
          SELECT ?1, source, coalesce(?3, ?4), ?5, coalesce(?6, ?7), 1 FROM deposit WHERE id = ?2 AND source IS NOT NULL
          ON CONFLICT (resource) DO UPDATE SET
            study_uid = coalesce(?3, study_uid), step_id = coalesce(?5, step_id), start = coalesce(?6, start),
            state = CASE WHEN state = 4 AND ?6 <> start THEN 1 ELSE state END
        """);

    /// <param name="resource">Number of the ServiceRequest.</param>
    /// <param name="id">Its id.</param>
    public void Note(long resource, string id, ScheduledExamination examination, DepositId deposit, DateTimeOffset now) =>
        note.Bind(1, resource).Bind(2, deposit.Value).Bind(3, examination.StudyInstanceUid).Bind(4, DerivedUid.Of(id)).Bind(5, examination.StepId)
            .Bind(6, ClinicalDate.Read(examination.Start)?.From).Bind(7, Time.Of(now)).Run();
}
