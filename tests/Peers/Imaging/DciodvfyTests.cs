using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>dciodvfy (dicom3tools) and DCMTK's dcmftest judge each file that leaves the hub: no more is wrong with it than was with what came in.</summary>
[Collection(ImagingPeers.Name)]
public sealed class DciodvfyTests(ImagingHub imaging)
{
    private const string Title = "JUDGED";

    [Fact]
    public async Task What_leaves_the_hub_is_as_right_as_what_came_in()
    {
        await imaging.RegisterAsync(Title);
        using var study = CtStudy.Write(40);
        var (exitCode, output) = await PeerProgram.RunAsync("storescu", "-aet", Title, "-aec", ImagingHub.Title, "127.0.0.1", imaging.Port, "+sd", study.Folder);
        Assert.True(exitCode == 0, output);
        await imaging.FiledAsync(study.Uid);
        var before = await FaultsAsync(study.Files.First());
        using var written = new TemporaryFolder();

        var (code, said, fault) = await Cli.RunAsync(null, "dicom", "get", imaging.Address, study.Uid, "--into", written.Path, "--ae", Title, "--to", ImagingHub.Title);
        Assert.True(code == 0, said + fault);
        foreach (var syntax in (string[])["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"])
        {
            var number = 0;
            foreach (var file in await imaging.RetrieveAsync(study.Uid, syntax)) await File.WriteAllBytesAsync(Path.Combine(written.Path, $"{syntax}-{++number}"), file, TestContext.Current.CancellationToken);
        }

        var files = Directory.GetFiles(written.Path);
        Assert.Equal(3 * CtStudy.Slices, files.Length);
        foreach (var file in files)
        {
            Assert.Empty((await FaultsAsync(file)).Except(before));
            Assert.StartsWith("yes", (await PeerProgram.RunAsync("dcmftest", file)).Output, StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(string file)
    {
        var judged = (await PeerProgram.RunAsync("dciodvfy", file)).Output;
        Assert.Contains("CTImage", judged, StringComparison.Ordinal);
        return [.. judged.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal))];
    }
}
