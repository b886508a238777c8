namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>Finds FHIR bundles in files and folders: .json, but not the ledgers that lie beside them.</summary>
public static class BundleFiles
{
    /// <summary>A file, or every bundle of a folder and its subfolders, in name order.</summary>
    /// <exception cref="FileNotFoundException">There is neither at that path.</exception>
    public static IEnumerable<NamedMessage> Read(string path)
    {
        if (File.Exists(path)) return [new(Path.GetFileNameWithoutExtension(path), path, File.ReadAllBytes(path))];
        if (!Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder {path}");
        return Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".ledger.json", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(file => new NamedMessage(OutputFiles.NameOf(file, path), file, File.ReadAllBytes(file)));
    }
}
