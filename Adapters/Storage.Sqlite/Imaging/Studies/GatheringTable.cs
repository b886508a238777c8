using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <summary>Notes what was announced of studies, and what became of it. For the writer's thread only.</summary>
internal sealed class GatheringTable(sqlite3 connection, Symbols symbols, ResourceKeyTable keys)
{
    private const string OfStudy = "study = (SELECT num FROM imaging_study WHERE uid = ?1 AND source = ?2)";

    private readonly Statement announce = new(connection, $"UPDATE imaging_gathering SET announced = max(announced, ?3) WHERE {OfStudy}");
    private readonly Statement manifest = new(connection, "SELECT source, control_id FROM deposit WHERE id = ?1 AND message_type = ?2");
    private readonly Statement file = new(connection, $"UPDATE imaging_gathering SET filed_until = ?3, person = ?4, resource = ?5, waiting = NULL WHERE {OfStudy}");
    // An older manifest that somebody replays is refused again: the newest is what waits.
    private readonly Statement wait = new(connection, $"UPDATE imaging_gathering SET waiting = max(coalesce(waiting, 0), ?3) WHERE {OfStudy}");

    public void Announced(GatheringStudy study) =>
        announce.Bind(1, study.StudyInstanceUid).Bind(2, symbols.Of(study.SourceId)).Bind(3, study.Revision).Run();

    /// <summary>
    /// Where the deposit is a manifest: delivered, its instances are filed under its citizen; in quarantine, those that are not filed are kept apart. Any
    /// other decision leaves them as they are.
    /// </summary>
    /// <param name="rows">What the decision wrote.</param>
    public void Decide(DepositCommit decision, IReadOnlyList<ResourceRow> rows)
    {
        var study = rows.FirstOrDefault(row => row.Type == "ImagingStudy");
        if (study is null && decision.Saga.State != DepositState.Quarantined) return;
        if (!manifest.Bind(1, decision.Saga.DepositId.Value).Bind(2, symbols.Of(StudyManifest.MessageType)).Step()) return;
        var (source, control) = (manifest.Int64(0), manifest.TextOrNull(1));
        manifest.Reset();
        if (control is null || !StudyManifest.TryReadControlId(control, out var uid, out var revision)) return;
        if (study is null) wait.Bind(1, uid).Bind(2, source).Bind(3, decision.Saga.DepositId.Value).Run();
        else
        {
            file.Bind(1, uid).Bind(2, source).Bind(3, revision).Bind(4, symbols.OfOptional(study.PersonId))
                .Bind(5, keys.Find(symbols.Of(study.Type), study.Id)).Run();
        }
    }
}
