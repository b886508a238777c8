using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>Local maps from a file, or from every .csv file of a folder.</summary>
public static class TerminologyFiles
{
    /// <exception cref="FileNotFoundException">There is neither at that path.</exception>
    public static (Transformers.Terminology.Local.LocalMaps? Maps, IReadOnlyList<LocalMapError> Errors) Read(string path)
    {
        string[] files = File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.GetFiles(path, "*.csv") : throw new FileNotFoundException($"There is no file or folder {path}");
        return Transformers.Terminology.Local.LocalMaps.Read(files.Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), (ReadOnlyMemory<byte>)File.ReadAllBytes(file))));
    }
}
