using EHealthPlus.Endpoints.Hub;

namespace EHealthPlus.Tests.Security.Privacy;

/// <summary>What a hub makes is for its owner's eyes only, in a data directory of its own and in one that somebody made before.</summary>
public sealed class DataFolderTest
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_else_on_the_machine_reads_the_data(bool made)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions");
            return;
        }

        using var parent = new TemporaryFolder();
        var folder = parent.At("data");
        if (made)
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        await using var hub = HubApplication.Build([$"--Hub:DataDirectory={folder}", "--Hub:Http=127.0.0.1:0", "--Hub:Mllp=127.0.0.1:0", "--Hub:Dicom=127.0.0.1:0"]);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        string[] open = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(path => (new FileInfo(path).UnixFileMode & Others) != UnixFileMode.None)];
        foreach (var name in (string[])["credentials.json", "keys", "hub.db", "hub.db-wal", "hub.db-shm", "objects", "uploads"])
            Assert.True(Path.Exists(Path.Combine(folder, name)), $"{name} is not there");
        await hub.StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty(open);
        Assert.Equal(made, (new DirectoryInfo(folder).UnixFileMode & Others) != UnixFileMode.None);
    }
}
