using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Peers;
using EHealthPlus.Routing.Contracts.Imaging;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging;

/// <summary>What the store keeps of images: objects, their index, and who sends them.</summary>
internal sealed class ImagingRooms : IDisposable
{
    private readonly ObjectFolder folder;
    private readonly ObjectFlush flush = new();
    private readonly DicomPeers peers;
    private readonly ILogger logger;

    public ImagingRooms(SqliteStore store, string dataDirectory, ILogger logger)
    {
        this.logger = logger;
        folder = new(dataDirectory);
        peers = new(store);
        Instances = new InstanceStore(store, folder, new(store, folder, flush, logger));
    }

    public IInstanceStore Instances { get; }

    public IDicomPeers Peers => peers;

    /// <summary>Makes the folders, removes what a former run left on its way, reads the peers.</summary>
    public void Open(sqlite3 connection)
    {
        folder.Make();
        using var kept = new Statement(connection, "SELECT 1 FROM imaging_instance WHERE digest = ?1 AND in_row = 0");
        var removed = folder.Clean(name =>
        {
            var found = kept.Bind(1, name).Step();
            kept.Reset();
            return found;
        });
        if (removed > 0) StoreLog.ObjectsCleaned(logger, removed);
        peers.Load(connection);
    }

    public void Dispose() => flush.Dispose();
}
