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
    // An order that was discontinued and is put off to another time is to be done again. What was begun before the order had a number for it is its step.
    private readonly Statement note = new(connection, """
        INSERT INTO worklist (resource, step_id, source, study_uid, start, state)
          SELECT ?1, coalesce(?5, ''), source, coalesce(?3, ?4), coalesce(?6, ?7), coalesce((SELECT state FROM worklist WHERE resource = ?1 AND step_id = ''), 1)
            FROM deposit WHERE id = ?2 AND source IS NOT NULL
          ON CONFLICT (resource, step_id) DO UPDATE SET
            study_uid = coalesce(?3, study_uid), start = coalesce(?6, start), state = CASE WHEN state = 4 AND ?6 <> start THEN 1 ELSE state END
        """);
    private readonly Statement known = new(connection, "SELECT step_id, study_uid FROM worklist WHERE resource = ?1");
    private readonly Statement drop = new(connection, "DELETE FROM worklist WHERE resource = ?1 AND step_id = ?2");

    /// <param name="resource">Number of the ServiceRequest.</param>
    /// <param name="id">Its id.</param>
    /// <param name="examinations">All steps of the order as it stands now.</param>
    public void Note(long resource, string id, IReadOnlyList<ScheduledExamination> examinations, DepositId deposit, DateTimeOffset now)
    {
        var (steps, study) = Known(resource);
        foreach (var examination in examinations)
        {
            // A study that came once stays.
            note.Bind(1, resource).Bind(2, deposit.Value).Bind(3, examination.StudyInstanceUid).Bind(4, study ?? DerivedUid.Of(id)).Bind(5, examination.StepId)
                .Bind(6, ClinicalDate.Read(examination.Start)?.From).Bind(7, Time.Of(now)).Run();
        }

        foreach (var step in steps.Where(step => !examinations.Any(each => (each.StepId ?? "") == step))) drop.Bind(1, resource).Bind(2, step).Run();
    }

    private (List<string> Steps, string? Study) Known(long resource)
    {
        var steps = new List<string>();
        string? study = null;
        known.Bind(1, resource);
        while (known.Step())
        {
            steps.Add(known.Text(0));
            study ??= known.Text(1);
        }

        known.Reset();
        return (steps, study);
    }
}
