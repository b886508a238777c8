using EHealthPlus.Adapters.Storage.Sqlite.Credentials;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Peers;

/// <inheritdoc/>
internal sealed class DicomPeers(SqliteStore store) : IDicomPeers
{
    private const int LongestTitle = 16;

    private readonly KeptRows<string, DicomPeer> rows = new(row => row.AeTitle);

    public IReadOnlyList<DicomPeer> All => [.. rows.All.OrderBy(peer => peer.AeTitle, StringComparer.Ordinal)];

    public DicomPeer? Find(string aeTitle) => rows.Find(aeTitle.Trim(' '));

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task<Result<DicomPeer>> SaveAsync(DicomPeer peer, CancellationToken cancellationToken)
    {
        peer = peer with { AeTitle = peer.AeTitle.Trim(' ') };
        // PS3.5-2024 table 6.2-1, AE: the default repertoire without backslash and control characters.
        if (peer.AeTitle.Length is 0 or > LongestTitle || peer.AeTitle.Any(c => c is < ' ' or > '~' or '\\'))
            return new Rejection(RejectionCode.AeTitleInvalid, "An application entity title has 1 to 16 printable characters of ASCII and no backslash");
        if (!store.Registered.SourceById.ContainsKey(peer.SourceId)) return new Rejection(RejectionCode.SourceUnknown, "The application entity names a source that is not registered");
        await rows.ChangeAsync(store, peer.AeTitle, _ => peer, (session, row) => session.Peers.Save(row), cancellationToken);
        return peer;
    }

    public void Load(sqlite3 connection) => rows.Load(KeptRows<string, DicomPeer>.Read(connection, DicomPeerTable.Select, DicomPeerTable.Read));
}
