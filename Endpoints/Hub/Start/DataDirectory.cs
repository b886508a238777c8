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

    /// <summary>Warns where somebody else on this machine may look in.</summary>
    public static void TellWhoMayRead(string path, ILogger logger)
    {
        if (OperatingSystem.IsWindows() || (new DirectoryInfo(path).UnixFileMode & Others) == UnixFileMode.None) return;
        MayBeRead(logger, path);
    }

    [LoggerMessage(5001, LogLevel.Warning, "Other users of this machine may look into {Path}: chmod 700 it, unless somebody needs that")]
    private static partial void MayBeRead(ILogger logger, string path);
}
