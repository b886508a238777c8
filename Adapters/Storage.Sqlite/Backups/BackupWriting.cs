using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Files;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>How many of the objects have been looked at.</summary>
public readonly record struct BackupProgress(long Done, long All);

/// <param name="Name">Of its folder.</param>
/// <param name="NewObjects">Of the manifest's objects, those that the folder of backups did not have yet.</param>
/// <param name="Faults">Objects that the database names and that could not be copied; they are damage in the store.</param>
public sealed record BackupReport(string Name, BackupManifest Manifest, long NewObjects, long NewObjectBytes, IReadOnlyList<string> Faults);

/// <summary>
/// Backs up a store that may be in use: first the database as it is at one moment, then the objects that it names. Objects that come meanwhile are
/// none of its; objects never change and never go.
/// </summary>
public static class BackupWriting
{
    /// <param name="first">Called with the new folder before the database is copied: what the database must be at least as new as.</param>
    /// <exception cref="IOException">There is no store, the folder is part of it, or the backup cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">One of the folders is somebody else's.</exception>
    public static BackupReport Run(
        string dataDirectory, BackupFolder folder, DateTimeOffset at, Action<string> first, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        NativeEngine.Use();
        if (!File.Exists(Path.Combine(dataDirectory, DatabaseFile.Name))) throw new IOException($"There is no {DatabaseFile.Name} in {dataDirectory}");
        folder.RefuseBeside(dataDirectory);
        using var hold = folder.Take();
        folder.RemoveUnfinished();
        var name = BackupFolder.NameOf(at);
        if (Directory.Exists(folder.At(name))) throw new IOException($"{folder.At(name)} is there already: it was made in this second");
        foreach (var made in new[] { "objects", name }) LastingName.MakeFolder(folder.At(made), ownerOnly: true);
        try
        {
            first(folder.At(name));
            return Write(dataDirectory, folder, name, at, progress, cancellationToken);
        }
        catch (Exception fault)
        {
            Directory.Delete(folder.At(name), recursive: true);
            if (fault is SqliteException engine) throw new IOException($"The database cannot be copied: {SqliteFault.AsRejection(engine)?.Detail ?? engine.Message}", engine);
            throw;
        }
    }

    private static BackupReport Write(
        string dataDirectory, BackupFolder folder, string name, DateTimeOffset at, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var database = folder.DatabaseOf(name);
        Snapshot.Write(dataDirectory, database);
        using var snapshot = new Snapshot(folder.At(name));
        var objects = new Copied(dataDirectory, folder);
        objects.Run(snapshot, progress, cancellationToken);
        var manifest = new BackupManifest(
            BackupManifest.Current, at, snapshot.Schema, new FileInfo(database).Length, ObjectCopying.HashOf(database), snapshot.Objects, objects.Bytes,
            snapshot.WrappingKey is { } key ? Convert.ToHexStringLower(key) : null, snapshot.AuditEntries, snapshot.Sources());
        folder.Finish(name, manifest);
        return new(name, manifest, objects.New, objects.NewBytes, objects.Faults);
    }

    /// <summary>The objects of one backup.</summary>
    private sealed class Copied(string dataDirectory, BackupFolder folder)
    {
        public long Bytes { get; private set; }

        public long New { get; private set; }

        public long NewBytes { get; private set; }

        public List<string> Faults { get; } = [];

        public void Run(Snapshot snapshot, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
        {
            var hashed = HashedObjects.Read(folder.HashList);
            using (var list = new FileStream(folder.HashList, FileMode.Append, FileAccess.Write))
            {
                foreach (var named in snapshot.NamedObjects(progress, cancellationToken)) Take(named, hashed, list);
                list.Flush(flushToDisk: true);
            }

            if (New > 0) ObjectCopying.FlushNames(folder.Path);
        }

        private void Take(NamedObject named, Dictionary<UInt128, UInt128> hashed, FileStream list)
        {
            Bytes += named.Length;
            // Without a line its bytes may not all have reached the disk.
            if (hashed.ContainsKey(named.Key) && named.IsIn(folder.Path)) return;
            if (ObjectCopying.Fault(named, dataDirectory) is { } fault)
            {
                Faults.Add(fault);
                return;
            }

            list.Write(Encoding.ASCII.GetBytes(HashedObjects.Line(ObjectCopying.Copy(named, dataDirectory, folder.Path), named.Path)));
            New++;
            NewBytes += named.Length;
        }
    }
}
