using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Imaging;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Peers;

/// <summary>Writes and reads the table of application entities.</summary>
internal sealed class DicomPeerTable(sqlite3 connection)
{
    public const string Select = "SELECT ae_title, source_id, host, port, character_set, may_store, may_query, active FROM dicom_peer";

    private readonly Statement save = new(connection, """
        INSERT OR REPLACE INTO dicom_peer (ae_title, source_id, host, port, character_set, may_store, may_query, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    public void Save(DicomPeer peer) =>
        save.Bind(1, peer.AeTitle).Bind(2, peer.SourceId).Bind(3, peer.Host).Bind(4, (long?)peer.Port).Bind(5, peer.CharacterSet)
            .Bind(6, Flag(peer.MayStore)).Bind(7, Flag(peer.MayQuery)).Bind(8, Flag(peer.Active)).Run();

    public static DicomPeer Read(Statement row) => new(
        row.Text(0), row.Text(1), row.TextOrNull(2), (int?)row.Int64OrNull(3), row.TextOrNull(4), row.Int64(5) == 1, row.Int64(6) == 1, row.Int64(7) == 1);

    private static long Flag(bool value) => value ? 1 : 0;
}
