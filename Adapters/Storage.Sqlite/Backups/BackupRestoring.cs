using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Files;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <param name="Aside">The folder that the former database was set aside in; null where there was none.</param>
/// <param name="Faults">Objects that the database names and that neither the backup nor the data directory has; they are damage in the store.</param>
public sealed record RestoreReport(string? Aside, IReadOnlyList<string> Faults);

/// <summary>Puts a backup back into a data directory that no hub works in. The database comes last: cut off, it can be done again.</summary>
public static class BackupRestoring
{
    // The log of another database, if it stayed, would be taken for this one's; the position in the trail is that of another trail.
    private static readonly string[] OfTheDatabase = [DatabaseFile.Name, "hub.db-wal", "hub.db-shm", "syslog.position"];

    /// <param name="replace">Whether a database that is there is set aside. Its objects stay: the backup may name them.</param>
    /// <exception cref="IOException">The database of the backup has decayed, a hub works there, a database is there, it is the backup's own folder, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">One of the folders is somebody else's.</exception>
    public static RestoreReport Run(
        BackupFolder folder, string name, BackupManifest manifest, string dataDirectory, bool replace, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        NativeEngine.Use();
        folder.RefuseAsData(dataDirectory);
        if (BackupVerification.DatabaseFault(folder, name, manifest) is { } decayed) throw new IOException($"{decayed}: take another backup");
        LastingName.MakeFolder(dataDirectory, ownerOnly: true);
        using var hold = StoreLock.Take(dataDirectory);
        if (!replace && File.Exists(Path.Combine(dataDirectory, DatabaseFile.Name)))
            throw new IOException($"There is a {DatabaseFile.Name} in {dataDirectory}. With --replace it is set aside, and kept");
        var faults = ObjectsBack(folder, name, dataDirectory, progress, cancellationToken);
        var aside = SetAside(dataDirectory, name);
        var draft = Path.Combine(dataDirectory, "hub.db.new");
        // Not File.Copy: the mode of the backup's file would come with it.
        File.Delete(draft);
        using (var source = File.OpenRead(folder.DatabaseOf(name)))
        using (var target = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }

        LastingName.Move(draft, Path.Combine(dataDirectory, DatabaseFile.Name));
        return new(aside, faults);
    }

    private static List<string> ObjectsBack(BackupFolder folder, string name, string dataDirectory, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return CopyObjects(folder, name, dataDirectory, progress, cancellationToken);
        }
        catch (SqliteException fault)
        {
            // It was damaged when it was backed up: its hash is right.
            throw new IOException($"{folder.DatabaseOf(name)} cannot be read ({fault.Message}): take another backup", fault);
        }
    }

    private static List<string> CopyObjects(BackupFolder folder, string name, string dataDirectory, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var snapshot = new Snapshot(folder.At(name));
        var faults = new List<string>();
        foreach (var named in snapshot.NamedObjects(progress, cancellationToken))
        {
            if (named.IsIn(dataDirectory)) continue;
            // One that is lost must not keep all the others from their readers.
            if (ObjectCopying.Fault(named, folder.Path) is { } fault) faults.Add(fault);
            else ObjectCopying.Copy(named, folder.Path, dataDirectory);
        }

        ObjectCopying.FlushNames(dataDirectory);
        return faults;
    }

    private static string? SetAside(string dataDirectory, string name)
    {
        var files = OfTheDatabase.Select(file => Path.Combine(dataDirectory, file)).Where(File.Exists).ToList();
        if (files.Count == 0) return null;
        var aside = Enumerable.Range(1, int.MaxValue).Select(number => Path.Combine(dataDirectory, $"before-{name}-{number}")).First(path => !Directory.Exists(path));
        LastingName.MakeFolder(aside, ownerOnly: true);
        foreach (var file in files) LastingName.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        return aside;
    }
}
