using System.Xml.Linq;

namespace EHealthPlus.Tests.Architecture;

/// <summary>The project files of the repository, read as text: what is declared, not what the compiler left over.</summary>
internal static class Solution
{
    public static string Root { get; } = FindRoot();

    /// <summary>Folder of each project (with /) and the folders that it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> References { get; } = Directory
        .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
        .ToDictionary(FolderOf, ReferencesOf, StringComparer.Ordinal);

    /// <summary>Source files written by hand, relative to the root.</summary>
    public static IReadOnlyList<string> Sources { get; } = Directory
        .EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            && !file.EndsWith(".Generated.cs", StringComparison.Ordinal) && !file.Contains("node_modules/", StringComparison.Ordinal))
        .ToList();

    private static string FolderOf(string projectFile) =>
        Path.GetRelativePath(Root, Path.GetDirectoryName(projectFile)!).Replace('\\', '/');

    private static IReadOnlyList<string> ReferencesOf(string projectFile) => XDocument.Load(projectFile)
        .Descendants("ProjectReference")
        .Select(reference => FolderOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(projectFile)!, reference.Attribute("Include")!.Value))))
        .ToList();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "eHealthPlus.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository");
    }
}
