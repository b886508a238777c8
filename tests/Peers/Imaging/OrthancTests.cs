using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>Orthanc and the hub, each as the other's client and server.</summary>
[Collection(ImagingPeers.Name)]
public sealed class OrthancTests(ImagingHub imaging)
{
    [Fact]
    public async Task Orthanc_stores_into_the_hub_and_queries_and_retrieves_from_it()
    {
        using var study = CtStudy.Write(20);
        await using var orthanc = await OrthancServer.StartAsync(await imaging.RegisterAsync(OrthancServer.Title), imaging.Hub.DicomPort);
        var id = "";
        foreach (var file in study.Files) id = await orthanc.UploadAsync(file);

        await orthanc.PostAsync("/modalities/hub/echo", new { });
        var stored = await orthanc.PostAsync("/modalities/hub/store", new { Resources = new[] { id }, Synchronous = true });
        Assert.Equal((CtStudy.Slices, 0), (stored["InstancesCount"]!.GetValue<int>(), stored["FailedInstancesCount"]!.GetValue<int>()));
        await imaging.FiledAsync(study.Uid);
        study.AssertAre(await imaging.RetrieveAsync(study.Uid));

        await orthanc.DeleteAsync($"/studies/{id}");
        Assert.Empty(await orthanc.FilesAsync(study.Uid));
        var query = await orthanc.PostAsync("/modalities/hub/query", new { Level = "Study", Query = new { StudyInstanceUID = study.Uid, PatientName = "TESTPATIENT*", StudyDescription = "" } });
        var path = query["Path"]!.GetValue<string>();
        Assert.Single((await orthanc.GetAsync($"{path}/answers")).AsArray());
        var match = await orthanc.GetAsync($"{path}/answers/0/content?simplify");
        Assert.Equal((study.Uid, "CT CHEST"), (match["StudyInstanceUID"]!.GetValue<string>(), match["StudyDescription"]!.GetValue<string>()));

        await orthanc.PostAsync($"{path}/retrieve", new { TargetAet = OrthancServer.Title, Synchronous = true });

        study.AssertAre(await orthanc.FilesAsync(study.Uid));
    }

    [Fact]
    public async Task Orthanc_takes_finds_and_gives_what_the_hubs_sender_sends()
    {
        using var study = CtStudy.Write(21);
        await using var orthanc = await OrthancServer.StartAsync(await imaging.RegisterAsync(OrthancServer.Title), imaging.Hub.DicomPort);

        await EhpAsync(orthanc, "send", orthanc.Address, study.Folder);
        study.AssertAre(await orthanc.FilesAsync(study.Uid));

        Assert.Contains($"{CtStudy.Slices} found", await EhpAsync(orthanc, "find", orthanc.Address, $"StudyInstanceUID={study.Uid}", "--level", "IMAGE"), StringComparison.Ordinal);
        using var got = new TemporaryFolder();
        await EhpAsync(orthanc, "get", orthanc.Address, study.Uid, "--into", got.Path);
        study.AssertIn(got.Path);
    }

    private static async Task<string> EhpAsync(OrthancServer orthanc, params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(null, ["dicom", .. arguments, "--ae", ImagingHub.Title, "--to", OrthancServer.Title]);
        Assert.True(exitCode == 0, $"{output}{fault}\n{orthanc.Output}");
        return output;
    }
}
