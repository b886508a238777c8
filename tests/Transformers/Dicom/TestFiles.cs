namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>The test files of pydicom, as Debian's python3-pydicom has them.</summary>
internal static class TestFiles
{
    public const string Folder = "/usr/lib/python3/dist-packages/pydicom/data";

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    /// <summary>Paths under <see cref="Folder"/>, without the notes that lie between.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".txt" or ".md" or ".dump" or ".json" or ".gz" or ".py" or ".pyc") && Path.GetFileName(file) != "README")
            .Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal),
    ];

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
