using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>DCMTK's command line tools against the hub itself.</summary>
[Collection(ImagingPeers.Name)]
public sealed class DcmtkTests(ImagingHub imaging)
{
    private const string Title = "DCMTK";

    [Fact]
    public async Task What_storescu_stores_is_found_got_and_moved_as_it_was()
    {
        var port = await imaging.RegisterAsync(Title);
        using var study = CtStudy.Write(10);
        await RunAsync("echoscu");
        await RunAsync("storescu", "+sd", study.Folder);
        await imaging.FiledAsync(study.Uid);

        foreach (var (root, level, keys, expected) in ((string, string, string[], string)[])
        [
            ("-S", "STUDY", ["0010,0010", "0020,1208"], $"IS [{CtStudy.Slices} ]"),
            ("-S", "SERIES", ["0020,000E", "0008,103E"], "胸部 AXIAL"),
            ("-S", "IMAGE", ["0020,000E", "0008,0018"], $"[{study.DataSets.Keys.Last()}"),
            ("-P", "STUDY", ["0010,0020", "0008,0050"], "[ACC-1"),
        ])
        {
            var found = await RunAsync("findscu", [root, .. Keys(level, study.Uid, keys)]);
            Assert.True(found.Contains("Received Final Find Response (Success)", StringComparison.Ordinal), found);
            Assert.True(found.Contains(expected, StringComparison.Ordinal), found);
        }

        using var got = new TemporaryFolder();
        await RunAsync("getscu", ["-S", "-od", got.Path, .. Keys("STUDY", study.Uid)]);
        study.AssertIn(got.Path);

        using var moved = new TemporaryFolder();
        await RunAsync("movescu", ["-S", "-aem", Title, "+P", $"{port}", "-od", moved.Path, .. Keys("STUDY", study.Uid)]);
        study.AssertIn(moved.Path);
    }

    [Fact]
    public async Task Termscu_ends_nothing()
    {
        await imaging.RegisterAsync(Title);

        var (_, asked) = await PeerProgram.RunAsync("termscu", "-v", "-aet", Title, "-aec", ImagingHub.Title, "127.0.0.1", imaging.Port);

        Assert.Contains("Releasing Association", asked, StringComparison.Ordinal);
        await RunAsync("echoscu");
    }

    [Fact]
    public async Task Dcmqrscp_takes_finds_and_gives_what_the_hub_sends_and_moves_it_to_the_hub()
    {
        using var study = CtStudy.Write(11);
        await using var archive = await DcmqrscpArchive.StartAsync(await imaging.RegisterAsync(DcmqrscpArchive.Title), imaging.Hub.DicomPort);

        await EhpAsync("send", archive.Address, study.Folder, "--to", DcmqrscpArchive.Title);
        var found = await EhpAsync("find", archive.Address, $"StudyInstanceUID={study.Uid}", "--level", "IMAGE", "--to", DcmqrscpArchive.Title);
        Assert.Contains($"{CtStudy.Slices} found", found, StringComparison.Ordinal);
        using var got = new TemporaryFolder();
        await EhpAsync("get", archive.Address, study.Uid, "--into", got.Path, "--to", DcmqrscpArchive.Title);
        study.AssertIn(got.Path);

        var moved = await EhpAsync("move", archive.Address, study.Uid, "--destination", ImagingHub.Title, "--to", DcmqrscpArchive.Title);
        Assert.Contains($"{CtStudy.Slices} sent to {ImagingHub.Title}, 0 failed", moved, StringComparison.Ordinal);
        await imaging.FiledAsync(study.Uid);
        study.AssertAre(await imaging.RetrieveAsync(study.Uid));
    }

    private static string[] Keys(string level, string study, params string[] asked) =>
        [.. new[] { $"0008,0052={level}", $"0020,000D={study}" }.Concat(asked).SelectMany(key => new[] { "-k", key })];

    private async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var (exitCode, output) = await PeerProgram.RunAsync(tool, ["-v", "-aet", Title, "-aec", ImagingHub.Title, "127.0.0.1", imaging.Port, .. arguments]);
        Assert.True(exitCode == 0, $"{tool}: {output}\n{imaging.Hub.ReadLog()}");
        return output;
    }

    private static async Task<string> EhpAsync(params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(null, ["dicom", .. arguments, "--ae", "EHP"]);
        Assert.True(exitCode == 0, output + fault);
        return output;
    }
}
