using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>An imaging centre sends a CT with DCMTK's storescu; it becomes part of the citizen's record, and only the citizen's readers see it.</summary>
public sealed class ImagingTest : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HubProcess hub = new(extra: new Dictionary<string, string> { ["Hub__StudyQuietSeconds"] = "1", ["Hub__StudyTakeUpSeconds"] = "1" });
    private TemporaryFolder folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await hub.StartAsync();
        folder = new();
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Images_become_a_study_of_the_record_and_come_back_as_they_were_sent()
    {
        await EnrolAsync(70);
        await CitizenRecord.ShareAsync(hub, 70);
        var sent = await StoreAsync(70, study: 1, slices: 3);

        var study = await FiledAsync(70, instances: 3);
        Assert.Equal($"urn:oid:{SyntheticCt.Study(1)}", study["identifier"]![0]!["value"]!.GetValue<string>());

        using var clinician = hub.Http("clinician");
        clinician.DefaultRequestHeaders.Accept.Add(new("application/dicom+json"));
        var found = await clinician.GetFromJsonAsync<JsonArray>($"/dicomweb/studies?StudyInstanceUID={SyntheticCt.Study(1)}", Cancel);
        Assert.Equal("3", found!.Single()!["00201208"]!["Value"]![0]!.ToString());
        foreach (var (path, bytes) in sent)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/dicomweb/{path}");
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/dicom; transfer-syntax=*"));
            using var answer = await clinician.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True((await answer.Content.ReadAsByteArrayAsync(Cancel)).AsSpan().EndsWith(bytes), path);
        }

        await OfAnotherSourceAsync(70, study: 1, slice: 4);

        using var auditor = hub.Http("auditor");
        var looks = await auditor.GetFromJsonAsync<JsonNode>($"/fhir/AuditEvent?patient={await CitizenRecord.PersonAsync(hub, 70)}&_count=200", Cancel);
        Assert.Contains("image-retrieve", looks!.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>What another source sends of the study is found, counted and given with what the first one sent.</summary>
    private async Task OfAnotherSourceAsync(int citizen, int study, int slice)
    {
        Assert.Equal(0, (await Cli.RunAsync(hub, "dicom", "peer", "HOSPITAL-CT", "--source", "demo-his", "--may-query")).ExitCode);
        var key = SyntheticCt.Key(study, 1, slice);
        using var other = new TemporaryFolder();
        other.Write("other.dcm", CitizenCt.File(key, CitizenCt.DataSet(citizen, key, slice, slice)));
        var (exitCode, output) = await Dcmtk.RunAsync("storescu", "-aet", "HOSPITAL-CT", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}", "+sd", other.Path);
        Assert.True(exitCode == 0, output);

        using var clinician = hub.Http("clinician");
        clinician.DefaultRequestHeaders.Accept.Add(new("application/dicom+json"));
        JsonArray? found = null;
        await Wait.UntilAsync(
            async () => (found = await clinician.GetFromJsonAsync<JsonArray>($"/dicomweb/studies?StudyInstanceUID={SyntheticCt.Study(study)}", Cancel))![0]!["00201208"]!["Value"]![0]!.ToString() == $"{slice}",
            Patience, () => $"{found}\n{hub.ReadLog()}");
        Assert.Single(found!);
        Assert.Equal(slice, (await clinician.GetFromJsonAsync<JsonArray>($"/dicomweb/studies/{SyntheticCt.Study(study)}/metadata", Cancel))!.Count);

        await CitizenRecord.ShareAsync(hub, citizen, "demo-hospital");
        // A machine reads only of whom its provider cares for.
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort)) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(citizen, "ARRIVAL"))));
        using var got = new TemporaryFolder();
        string[] asked = ["-aec", "EHEALTHPLUS", "-aet", "HOSPITAL-CT", "127.0.0.1", $"{hub.DicomPort}", "-k", "0008,0052=STUDY", "-k", $"StudyInstanceUID={SyntheticCt.Study(study)}"];
        var matches = await Dcmtk.RunAsync("findscu", ["-v", "-S", .. asked, "-k", "NumberOfStudyRelatedInstances"]);
        Assert.Equal(2, matches.Output.Split("Find Response:").Length);
        Assert.Contains($"[{slice}", matches.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Dcmtk.RunAsync("getscu", ["-S", "-od", got.Path, .. asked])).ExitCode);
        Assert.Equal(slice, Directory.GetFiles(got.Path).Length);

        // What is compressed as few scanners do it is fetched too.
        var (extended, syntax) = (SyntheticCt.Key(study, 1, slice + 1), "1.2.840.10008.1.2.4.51");
        byte[] fragments = [0xE0, 0x7F, 0x10, 0, (byte)'O', (byte)'B', 0, 0, 255, 255, 255, 255, 0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0, 0xE0, 2, 0, 0, 0, 1, 2, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
        const int pixels = 12 + (SyntheticCt.Rows * SyntheticCt.Rows * 2);
        other.Write("extended.dcm", [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, extended.SopInstanceUid, syntax), .. CitizenCt.DataSet(citizen, extended, slice + 1, slice + 1)[..^pixels], .. fragments]);
        string[] to = [$"127.0.0.1:{hub.DicomPort}", "--ae", "HOSPITAL-CT"];
        Assert.Equal(0, (await Cli.RunAsync(hub, ["dicom", "send", .. to, Path.Combine(other.Path, "extended.dcm")])).ExitCode);
        await Wait.UntilAsync(
            async () => (found = await clinician.GetFromJsonAsync<JsonArray>($"/dicomweb/studies/{SyntheticCt.Study(study)}/instances", Cancel))!.Count == slice + 1,
            Patience, () => hub.ReadLog());
        using var all = new TemporaryFolder();
        var (code, said, fault) = await Cli.RunAsync(hub, ["dicom", "get", .. to, SyntheticCt.Study(study), "--into", all.Path]);
        Assert.True(code == 0, said + fault);
        Assert.Equal(slice + 1, Directory.GetFiles(all.Path).Length);
    }

    [Fact]
    public async Task A_reader_without_consent_sees_no_images_and_learns_nothing_of_them()
    {
        await EnrolAsync(71);
        var sent = await StoreAsync(71, study: 2, slices: 1);
        var person = await CitizenRecord.PersonAsync(hub, 71);
        using var clinician = hub.Http("clinician");
        // Until it is filed nobody sees it; a citizen's own credential is bound to another document, so the operator's list tells when it is.
        await DeliveredAsync("DICOM^STUDY");

        Assert.Equal(HttpStatusCode.Forbidden, (await clinician.GetAsync($"/fhir/ImagingStudy?patient={person}", Cancel)).StatusCode);
        var kept = await clinician.GetAsync($"/dicomweb/{sent.Single().Path}", Cancel);
        var none = await clinician.GetAsync($"/dicomweb/studies/{SyntheticCt.Study(99)}/series/1.2.3/instances/1.2.3.4", Cancel);
        Assert.Equal(none.StatusCode, kept.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, kept.StatusCode);
    }

    [Fact]
    public async Task Images_of_somebody_unknown_wait_and_are_filed_once_there_is_an_account()
    {
        await StoreAsync(72, study: 3, slices: 2);
        using var op = hub.Http("operator");
        await Wait.UntilAsync(
            async () => (await op.DepositsAsync("count=5")).Any(deposit => deposit!["state"]!.GetValue<string>().Equals("quarantined", StringComparison.OrdinalIgnoreCase)),
            Patience, () => $"Nothing waits:\n{hub.ReadLog()}");

        await EnrolAsync(72);
        await CitizenRecord.ShareAsync(hub, 72);

        await FiledAsync(72, instances: 2);
    }

    [Fact]
    public async Task A_stranger_gets_no_association()
    {
        var (exitCode, output) = await Dcmtk.RunAsync("echoscu", "-aet", "NOBODY", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Calling AE Title Not Recognized", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, (await Dcmtk.RunAsync("echoscu", "-aet", "DEMO-PACS", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}")).ExitCode);
    }

    [Fact]
    public async Task A_registered_peer_is_let_in_until_it_is_suspended()
    {
        Assert.NotEqual(0, (await Dcmtk.RunAsync("echoscu", "-aet", "CT-ROOM-1", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}")).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync(hub, "dicom", "peer", "CT-ROOM-1", "--source", "demo-ris")).ExitCode);
        var (exitCode, output, fault) = await Cli.RunAsync(hub, "dicom", "echo", $"127.0.0.1:{hub.DicomPort}", "--ae", "CT-ROOM-1");
        Assert.True(exitCode == 0, $"{output}{fault}");
        Assert.Equal(0, (await Cli.RunAsync(hub, "dicom", "peer", "CT-ROOM-1", "--source", "demo-ris", "--suspend")).ExitCode);
        Assert.NotEqual(0, (await Dcmtk.RunAsync("echoscu", "-aet", "CT-ROOM-1", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}")).ExitCode);
        Assert.Equal(1, (await Cli.RunAsync(hub, "dicom", "peer", "CT-ROOM-2", "--source", "nobody")).ExitCode);
    }

    private async Task EnrolAsync(int citizen)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(citizen, $"ENROL{citizen}"))));
    }

    /// <returns>Path of each instance below /dicomweb, and its data set.</returns>
    private async Task<List<(string Path, byte[] Bytes)>> StoreAsync(int citizen, int study, int slices)
    {
        var sent = new List<(string, byte[])>();
        for (var slice = 1; slice <= slices; slice++)
        {
            var key = SyntheticCt.Key(study, 1, slice);
            var dataSet = CitizenCt.DataSet(citizen, key, slice, slices);
            folder.Write($"{study}-{slice}.dcm", CitizenCt.File(key, dataSet));
            sent.Add(($"studies/{key.StudyInstanceUid}/series/{key.SeriesInstanceUid}/instances/{key.SopInstanceUid}", dataSet));
        }

        await Dcmtk.StoreAsync(hub, folder.Path);
        return sent;
    }

    /// <summary>Waits until the study has so many images: a sender that pauses for the quiet time has it announced, and reopened.</summary>
    private async Task<JsonNode> FiledAsync(int citizen, int instances)
    {
        IReadOnlyList<JsonNode> studies = [];
        await Wait.UntilAsync(
            async () => (studies = await CitizenRecord.OfAsync(hub, citizen, "ImagingStudy")).Any(study => study["numberOfInstances"]!.GetValue<int>() == instances),
            Patience, () => $"No ImagingStudy of {instances} images:\n{hub.ReadLog()}");
        return studies.Single();
    }

    private async Task DeliveredAsync(string type)
    {
        using var op = hub.Http("operator");
        await Wait.UntilAsync(
            async () => (await op.DepositsAsync($"type={Uri.EscapeDataString(type)}&count=5")).Any(deposit => deposit!["state"]!.GetValue<string>().Equals("delivered", StringComparison.OrdinalIgnoreCase)),
            Patience, () => $"Not delivered:\n{hub.ReadLog()}");
    }
}
