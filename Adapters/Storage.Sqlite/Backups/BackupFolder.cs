using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>
/// The folder of backups: one folder for each, named by the second (UTC) that it began in, with hub.db and backup.json; and objects/, the images' objects, which
/// all of them share since an object never changes. objects.sha256 lists the objects as sha256sum(1) does. backup.json is written last: without it a
/// backup was cut off, and is none.
/// </summary>
public sealed class BackupFolder(string path)
{
    private const string Moment = "yyyyMMdd'T'HHmmss'Z'";
    private const string ManifestName = "backup.json";

    public string Path => path;

    internal string HashList => System.IO.Path.Combine(path, "objects.sha256");

    public string At(string name) => System.IO.Path.Combine(path, name);

    /// <summary>The whole backups, the oldest first.</summary>
    public IReadOnlyList<(string Name, BackupManifest Manifest)> List() =>
        [.. Names().Select(name => (name, Manifest: Read(name))).Where(backup => backup.Manifest is not null).Select(backup => (backup.name, backup.Manifest!))];

    /// <returns>Null where there is no whole backup of that name.</returns>
    public BackupManifest? Read(string name) => BackupManifest.Read(ManifestOf(name));

    internal static string NameOf(DateTimeOffset at) => at.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture);

    internal string DatabaseOf(string name) => new DatabaseFile(At(name)).Path;

    /// <summary>Keeps others from writing into the folder; made where it does not exist.</summary>
    /// <exception cref="IOException">Another backup is being written into it.</exception>
    internal FileStream Take()
    {
        LastingName.MakeFolder(path, ownerOnly: true);
        try
        {
            return new(At("backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new IOException($"Another backup is being written into {path}. Wait for it, or name another folder", fault);
        }
    }

    /// <summary>A backup lost with its store is none, and its objects would stand among those of the store.</summary>
    /// <exception cref="IOException">It is the data directory, in it or around it.</exception>
    internal void RefuseBeside(string dataDirectory)
    {
        if (Holds(dataDirectory, path) || Holds(path, dataDirectory))
            throw new IOException($"{path} is the data directory {dataDirectory}, in it or around it: name a folder on another disk");
    }

    /// <exception cref="IOException">The data directory is this folder or in it: what is put back would take the place of the backup.</exception>
    internal void RefuseAsData(string dataDirectory)
    {
        if (Holds(path, dataDirectory)) throw new IOException($"{dataDirectory} is the folder of the backups, or in it: name another data directory");
    }

    /// <summary>Removes what backups that were cut off have left.</summary>
    internal void RemoveUnfinished()
    {
        foreach (var name in Names().Where(name => !File.Exists(ManifestOf(name)))) Directory.Delete(At(name), recursive: true);
    }

    internal void Finish(string name, BackupManifest manifest) => LastingFile.Write(ManifestOf(name), manifest.ToJson());

    private static bool Holds(string outer, string inner) => (Real(inner) + '/').StartsWith(Real(outer) + '/', StringComparison.Ordinal);

    /// <summary>Without the links that lead to it; what is not there yet is as it is written.</summary>
    private static string Real(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (System.IO.Path.GetDirectoryName(path) is not { } above) return "";
        var real = $"{Real(above)}/{System.IO.Path.GetFileName(path)}";
        return System.IO.Path.Exists(real) && Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Real(target.FullName) : real;
    }

    private IEnumerable<string> Names() => !Directory.Exists(path)
        ? []
        : Directory.GetDirectories(path).Select(folder => System.IO.Path.GetFileName(folder)!)
            .Where(name => DateTime.TryParseExact(name, Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)).Order(StringComparer.Ordinal);

    private string ManifestOf(string name) => System.IO.Path.Combine(At(name), ManifestName);
}
