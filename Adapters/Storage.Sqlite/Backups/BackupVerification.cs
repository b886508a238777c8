using System.Globalization;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>Reads all of a backup again: the database, each object that it names, and whether the key is at hand.</summary>
public static class BackupVerification
{
    /// <param name="keyFolder">Where the wrapping key should be; null where nobody can look from here.</param>
    /// <returns>What is wrong with it, each in a sentence; empty where nothing is.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<string> Run(
        BackupFolder folder, string name, BackupManifest manifest, string? keyFolder, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        NativeEngine.Use();
        if (DatabaseFault(folder, name, manifest) is { } decayed) return [decayed];
        var database = folder.DatabaseOf(name);
        try
        {
            using var snapshot = new Snapshot(folder.At(name));
            return [.. snapshot.Check().Select(fault => $"{database}: {fault}"), .. Objects(folder, snapshot, progress, cancellationToken), .. Key(snapshot, keyFolder)];
        }
        catch (SqliteException fault)
        {
            return [$"{database} cannot be read: {fault.Message}"];
        }
    }

    internal static string? DatabaseFault(BackupFolder folder, string name, BackupManifest manifest)
    {
        var database = folder.DatabaseOf(name);
        if (!File.Exists(database)) return $"{database} is missing";
        return string.Equals(ObjectCopying.HashOf(database), manifest.DatabaseSha256, StringComparison.Ordinal) ? null : $"{database} is not what was written";
    }

    private static IEnumerable<string> Objects(BackupFolder folder, Snapshot snapshot, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var hashed = HashedObjects.Read(folder.HashList);
        foreach (var named in snapshot.NamedObjects(progress, cancellationToken))
            if (FaultOf(named, folder, hashed) is { } fault) yield return fault;
    }

    private static string? FaultOf(NamedObject named, BackupFolder folder, Dictionary<UInt128, UInt128> hashed)
    {
        var path = folder.At(named.Path);
        if (!File.Exists(path)) return $"{named.Path} is missing";
        if (!hashed.TryGetValue(named.Key, out var digest)) return $"{named.Path} is not in {Path.GetFileName(folder.HashList)}";
        return ObjectCopying.HashOf(path).StartsWith(digest.ToString("x32", CultureInfo.InvariantCulture), StringComparison.Ordinal) ? null : $"{named.Path} is not what was written";
    }

    private static IEnumerable<string> Key(Snapshot snapshot, string? keyFolder)
    {
        if (keyFolder is null || snapshot.WrappingKey is not { } fingerprint) yield break;
        string? fault = null;
        try
        {
            new KeyFolder(keyFolder).Find(fingerprint);
        }
        catch (RejectedException refused)
        {
            fault = refused.Rejection.Detail;
        }

        if (fault is not null) yield return fault;
    }
}
