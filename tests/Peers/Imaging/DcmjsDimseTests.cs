using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>dcmjs-dimse (npm) as client and as server of the hub.</summary>
[Collection(ImagingPeers.Name)]
public sealed class DcmjsDimseTests(ImagingHub imaging)
{
    private const string Title = "DCMJS";
    private const int PixelBytes = SyntheticCt.Rows * SyntheticCt.Rows * 2;

    [Fact]
    public async Task Dcmjs_echoes_stores_finds_gets_and_has_moved_to_itself()
    {
        using var study = CtStudy.Write(30);
        using var kept = new TemporaryFolder();
        await using var dcmjs = await StartAsync(await imaging.RegisterAsync(Title), kept);

        await AskAsync(dcmjs, 1, "echo");
        await AskAsync(dcmjs, CtStudy.Slices, "store", [.. study.Files]);
        await imaging.FiledAsync(study.Uid);
        var stored = await imaging.RetrieveAsync(study.Uid);
        // It writes the data sets anew: the pixels stay what they were.
        Assert.All(study.DataSets.Values, dataSet => Assert.Single(stored, file => file.AsSpan().EndsWith(Pixels(dataSet))));

        var match = Assert.Single((await AskAsync(dcmjs, 1, "find", study.Uid))["matches"]!.AsArray())!;
        Assert.Equal((study.Uid, "CT CHEST"), (match["StudyInstanceUID"]!.GetValue<string>(), match["StudyDescription"]!.GetValue<string>()));
        Assert.Equal($"TESTPATIENT^Number {CtStudy.Citizen}", match["PatientName"]![0]!["Alphabetic"]!.GetValue<string>());

        var got = (await AskAsync(dcmjs, 1, "get", study.Uid))["instances"]!.AsArray();
        Assert.Equal(
            study.DataSets.Select(pair => (pair.Key, Convert.ToHexStringLower(SHA256.HashData(Pixels(pair.Value))))).Order(),
            got.Select(instance => (instance!["sopInstanceUid"]!.GetValue<string>(), instance["pixels"]!.GetValue<string>())).Order());

        await AskAsync(dcmjs, 1, "move", study.Uid);
        var moved = Directory.EnumerateFiles(kept.Path).Select(File.ReadAllBytes).ToList();
        Assert.Equal(CtStudy.Slices, moved.Count);
        Assert.All(moved, dataSet => Assert.Single(stored, file => file.AsSpan().EndsWith(dataSet)));
    }

    [Fact]
    public async Task Dcmjs_reads_what_was_said_of_an_examination()
    {
        using var kept = new TemporaryFolder();
        await using var dcmjs = await StartAsync(await imaging.RegisterAsync(Title), kept);
        var begun = await Cli.RunAsync(null, "dicom", "step", "begin", $"127.0.0.1:{imaging.Port}", "--study", "2.25.3300", "--modality", "CT", "--uid", "2.25.3301", "--ae", Title);
        Assert.True(begun.ExitCode == 0, $"{begun.Output}{begun.Fault}");

        var step = Assert.Single((await AskAsync(dcmjs, 1, "step", "2.25.3301"))["matches"]!.AsArray())!;

        Assert.Equal("IN PROGRESS", step["PerformedProcedureStepStatus"]!.GetValue<string>());
        Assert.Contains("2.25.3300", step["ScheduledStepAttributesSequence"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dcmjs_takes_what_the_hubs_sender_sends()
    {
        using var study = CtStudy.Write(31);
        using var kept = new TemporaryFolder();
        var port = await imaging.RegisterAsync(Title);
        await using var dcmjs = await StartAsync(port, kept);

        var (exitCode, output, fault) = await Cli.RunAsync(null, "dicom", "send", $"127.0.0.1:{port}", study.Folder, "--ae", ImagingHub.Title, "--to", Title);

        Assert.True(exitCode == 0, $"{output}{fault}\n{dcmjs.Output}");
        study.AssertIn(kept.Path);
    }

    private static ReadOnlySpan<byte> Pixels(byte[] dataSet) => dataSet.AsSpan(dataSet.Length - PixelBytes);

    private Task<PeerProgram> StartAsync(int port, TemporaryFolder kept) => PeerProgram.ServeAsync(
        port, "node", Path.Combine(Repository.Root, "tests", "Peers", "dcmjs-dimse.mjs"), Title, $"{port}", ImagingHub.Title, imaging.Port, kept.Path);

    /// <returns>What it made of the answers, all of which were successes.</returns>
    private async Task<JsonNode> AskAsync(PeerProgram dcmjs, int answers, string command, params string[] words)
    {
        var answer = JsonNode.Parse(await dcmjs.AskAsync(string.Join('\t', [command, .. words])))!;
        Assert.True(answer["statuses"] is JsonArray statuses && statuses.Count == answers && statuses.All(status => status!.GetValue<int>() == 0), $"{command}: {answer}\n{imaging.Hub.ReadLog()}");
        return answer;
    }
}
