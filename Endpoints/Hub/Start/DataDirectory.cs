using EHealthPlus.Monitoring.Audit.Checkpoints;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Endpoints.Hub.Start;

/// <summary>The folder that holds all the hub keeps, before anything in it is opened.</summary>
internal static partial class DataDirectory
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>For its owner's eyes only, as all that is made in it, where it is not there yet; one that is there keeps the mode that somebody gave it.</summary>
    /// <returns>Its whole path.</returns>
    /// <exception cref="IOException">It is a file, or cannot be made.</exception>
    public static string Make(string path)
    {
        OwnerOnly.FromNowOn();
        return File.Exists(path) ? throw new IOException($"{path} is a file: name a folder") : Directory.CreateDirectory(path).FullName;
    }

    /// <summary>A disk that is not mounted, or a database that was lost, would give an empty hub that says it is ready, and refuses nobody.</summary>
    /// <exception cref="IOException">There is no database, though there was one.</exception>
    public static void RefuseLostDatabase(string path, CheckpointFolder checkpoints)
    {
        if (File.Exists(Path.Combine(path, "hub.db"))) return;
        const string Advice = "See whether its disk is mounted, and put the database back from its backup (ehp backup restore)";
        if (checkpoints.Vouched is var entries and > 0)
            throw new IOException($"there is no hub.db in {path}, but {checkpoints.FilePath} vouches for {entries} entries of its audit trail. {Advice}; to begin anew, move that file away");
        var objects = Path.Combine(path, "objects");
        if (Directory.Exists(objects) && Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Any())
            throw new IOException($"there is no hub.db in {path}, but {objects} holds images of it. {Advice}; to begin anew, move that folder away");
    }

    /// <summary>Warns where somebody else on this machine may look in.</summary>
    public static void TellWhoMayRead(string path, ILogger logger)
    {
        if (OperatingSystem.IsWindows() || (new DirectoryInfo(path).UnixFileMode & Others) == UnixFileMode.None) return;
        MayBeRead(logger, path);
    }

    [LoggerMessage(5001, LogLevel.Warning, "Other users of this machine may look into {Path}: chmod 700 it, unless somebody needs that")]
    private static partial void MayBeRead(ILogger logger, string path);
}
