namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program of a project, built in the same configuration as this test.</summary>
    public static string Program(string project)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var assembly = project == "Endpoints/Cli" ? "ehp" : $"EHealthPlus.{project.Replace('/', '.')}";
        return Path.Combine(Root, project, "bin", configuration, "net10.0", $"{assembly}.dll");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "eHealthPlus.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository");
    }
}
