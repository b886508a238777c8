using EHealthPlus.Endpoints.Hub;

namespace EHealthPlus.Tests.Security.Privacy;

/// <summary>A hub that makes its data directory makes it for its owner's eyes only.</summary>
public sealed class DataFolderTest
{
    [Fact]
    public async Task Nobody_else_on_the_machine_reads_the_data()
    {
        using var parent = new TemporaryFolder();
        var folder = parent.At("data");
        await using var hub = HubApplication.Build([$"--Hub:DataDirectory={folder}", "--Hub:Http=127.0.0.1:0", "--Hub:Mllp=127.0.0.1:0", "--Hub:Dicom=127.0.0.1:0"]);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.StopAsync(TestContext.Current.CancellationToken);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, new DirectoryInfo(folder).UnixFileMode & Others);
        foreach (var name in new[] { "credentials.json", "keys" })
        {
            var path = Path.Combine(folder, name);
            Assert.True(Path.Exists(path), $"{name} is not there");
            Assert.Equal(UnixFileMode.None, new FileInfo(path).UnixFileMode & Others);
        }
    }
}
