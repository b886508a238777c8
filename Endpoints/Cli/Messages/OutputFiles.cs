namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>Where what becomes of a message is written: under its name, in the subfolder of the output that it has in the input.</summary>
internal static class OutputFiles
{
    /// <returns>Path below the folder, without the extension.</returns>
    public static string NameOf(string file, string folder) => Path.ChangeExtension(Path.GetRelativePath(folder, file), null);

    /// <summary>The path of a file below the folder; the folders to it are made.</summary>
    /// <exception cref="IOException">They cannot be made.</exception>
    public static string Place(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <returns>What is wrong where two messages have one name, so that one would overwrite the other; null where none do.</returns>
    public static string? Clash(IEnumerable<NamedMessage> messages) => messages
        .GroupBy(message => message.Name, StringComparer.Ordinal)
        .Where(group => group.Skip(1).Any())
        .Select(group => $"{group.First().File} and {group.Last().File} would both be written as {group.Key}: rename one, or translate them one at a time")
        .FirstOrDefault();
}
