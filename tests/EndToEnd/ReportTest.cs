using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Order, images and report of one examination meet in the record, whichever comes first, and a reader sees them side by side.</summary>
public sealed class ReportTest : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HubProcess hub = new(extra: new Dictionary<string, string> { ["Hub__StudyQuietSeconds"] = "4", ["Hub__StudyTakeUpSeconds"] = "1" });
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
    public async Task A_message_first_then_images_with_their_reports_then_a_correction_and_late_images()
    {
        await SendAsync(Messages.Enrol(80, "ENROL80"));
        await SendAsync(RadiologyResult(80, "ORU80", "DEMO-RIS|DEMO-IMAGING"));
        var images = WriteImage(80, study: 5, slice: 1);
        await SyntheticReport.WriteAsync(folder.Path, 80, study: 5, number: 1, "Benign nodule, follow-up in 12 months.");
        var pdf = await SyntheticReport.WritePdfAsync(folder.Path, study: 5, images);
        await Dcmtk.StoreAsync(hub, folder.Path);

        var study = (await UntilAsync(80, "ImagingStudy", studies => studies.Count == 1))[0];
        var reports = await UntilAsync(80, "DiagnosticReport", found => found.Count == 3);
        Assert.All(reports, report => Assert.Contains($"ImagingStudy/{study["id"]}", report["imagingStudy"]!.AsArray().Select(link => link!["reference"]?.ToString())));
        var order = (await CitizenRecord.OfAsync(hub, 80, "ServiceRequest")).Single();
        Assert.All(reports.Append(study), each => Assert.Contains($"ServiceRequest/{order["id"]}", each["basedOn"]!.AsArray().Select(link => link!["reference"]?.ToString())));

        var structured = ReportOf(reports, ".9.1");
        Assert.Equal(("final", "Benign nodule, follow-up in 12 months."), (structured["status"]!.ToString(), structured["conclusion"]!.ToString()));
        Assert.Contains("A nodule &lt;8 mm in the left upper lobe. 左上肺結節", structured["text"]!["div"]!.ToString(), StringComparison.Ordinal);
        var axis = (await CitizenRecord.OfAsync(hub, 80, "Observation")).Single(observation => observation["code"]!["coding"]![0]!["code"]!.ToString() == "103339001");
        Assert.Equal("""{"value":7.50,"unit":"mm","system":"http://unitsofmeasure.org","code":"mm"}""", axis["valueQuantity"]!.ToJsonString());

        using var clinician = hub.Http("clinician");
        var form = reports.Single(report => report["presentedForm"]?[0]?["contentType"]?.ToString() == "application/pdf")["presentedForm"]![0]!;
        Assert.Null(form["data"]);
        var address = new Uri(form["url"]!.ToString()).AbsolutePath;
        Assert.Equal(pdf, await clinician.GetByteArrayAsync(address, Cancel));
        Assert.Equal("current", (await CitizenRecord.OfAsync(hub, 80, "DocumentReference")).Single()["status"]!.ToString());

        var page = await clinician.GetStringAsync($"/images/{SyntheticCt.Study(5)}", Cancel);
        Assert.Contains("A nodule &lt;8 mm in the left upper lobe.", page, StringComparison.Ordinal);
        Assert.Contains("No consolidation, says the message.", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{address}\"", page, StringComparison.Ordinal);
        using var auditor = hub.Http("auditor");
        var looks = await auditor.GetFromJsonAsync<JsonNode>($"/fhir/AuditEvent?patient={await CitizenRecord.PersonAsync(hub, 80)}&_count=200", Cancel);
        Assert.Contains($"studies/{SyntheticCt.Study(5)} DiagnosticReport", looks!.ToJsonString(), StringComparison.Ordinal);

        Empty();
        WriteImage(80, study: 5, slice: 2);
        await SyntheticReport.WriteAsync(folder.Path, 80, study: 5, number: 2, "Benign nodule, follow-up in 6 months.");
        await Dcmtk.StoreAsync(hub, folder.Path);
        var reopened = (await UntilAsync(80, "ImagingStudy", studies => studies[0]["meta"]!["versionId"]!.ToString() == "2"))[0];
        Assert.Equal((study["id"]!.ToString(), 5), (reopened["id"]!.ToString(), reopened["numberOfInstances"]!.GetValue<int>()));
        reports = await UntilAsync(80, "DiagnosticReport", found => found.Any(report => report["status"]!.ToString() == "corrected"));
        Assert.Equal(3, reports.Count);
        Assert.All(reports, report => Assert.Contains($"ImagingStudy/{study["id"]}", report["imagingStudy"]!.AsArray().Select(link => link!["reference"]?.ToString())));
        var corrected = ReportOf(reports, ".9.2");
        Assert.Equal((structured["id"]!.ToString(), "2", "Benign nodule, follow-up in 6 months."), (corrected["id"]!.ToString(), corrected["meta"]!["versionId"]!.ToString(), corrected["conclusion"]!.ToString()));
    }

    [Fact]
    public async Task Images_first_and_the_same_number_of_another_provider_or_citizen_is_not_theirs()
    {
        foreach (var citizen in (int[])[82, 83]) await SendAsync(Messages.Enrol(citizen, $"ENROL{citizen}"));
        WriteImage(82, study: 6, slice: 1);
        await Dcmtk.StoreAsync(hub, folder.Path);
        var study = (await UntilAsync(82, "ImagingStudy", studies => studies.Count == 1))[0];
        Assert.Null(study["basedOn"]![0]!["reference"]);

        await SendAsync(RadiologyResult(83, "ORU83", "DEMO-RIS|DEMO-IMAGING"));
        await SendAsync(RadiologyResult(82, "ORU82X", "DEMO-LIS|DEMO-LABORATORY"));
        Assert.Null((await CitizenRecord.OfAsync(hub, 83, "DiagnosticReport")).Single()["imagingStudy"]);
        Assert.Null((await CitizenRecord.OfAsync(hub, 82, "DiagnosticReport")).Single()["imagingStudy"]);
        Assert.Null((await CitizenRecord.OfAsync(hub, 82, "ImagingStudy")).Single()["basedOn"]![0]!["reference"]);

        await SendAsync(RadiologyResult(82, "ORU82", "DEMO-RIS|DEMO-IMAGING"));
        var joined = Assert.Single(await CitizenRecord.OfAsync(hub, 82, "DiagnosticReport"), report => report["imagingStudy"] is not null);
        Assert.Equal($"ImagingStudy/{study["id"]}", joined["imagingStudy"]![0]!["reference"]!.ToString());
        Assert.Equal("1", joined["meta"]!["versionId"]!.ToString());
        Assert.StartsWith("ServiceRequest/", (await CitizenRecord.OfAsync(hub, 82, "ImagingStudy")).Single()["basedOn"]![0]!["reference"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>pydicom's structured reports: one of DCMTK's, with each type of content, and a radiologist's letter, of which DCMTK reads only a part.</summary>
    [Fact]
    public async Task Real_reports_become_reports_of_the_record()
    {
        await SendAsync(Messages.Enrol(84, "ENROL84"));
        var card = Messages.DocumentNumber(84);
        foreach (var name in (string[])["test-SR.dcm", "reportsi.dcm"])
        {
            var copy = folder.At(name);
            File.Copy($"/usr/lib/python3/dist-packages/pydicom/data/test_files/{name}", copy);
            var (exitCode, output) = await Dcmtk.RunAsync(
                "dcmodify", "-nb", "-i", $"PatientID={card[..^1]}({card[^1]})", "-i", "PatientName=TESTPATIENT^Number 84", "-i", "PatientBirthDate=19800229", "-i", "PatientSex=F", copy);
            Assert.True(exitCode == 0, output);
        }

        await Dcmtk.StoreAsync(hub, folder.Path);
        var reports = await UntilAsync(84, "DiagnosticReport", found => found.Count == 2);
        foreach (var report in reports) Assert.NotEmpty(System.Xml.Linq.XElement.Parse(report["text"]!["div"]!.ToString()).Value);
        var diagnosis = reports.Single(report => report["status"]!.ToString() == "corrected");
        Assert.Contains("<b>Diameter</b> 3 Length Unit", diagnosis["text"]!["div"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Riesmeier Jörg, OFFIS e.V.", diagnosis["resultsInterpreter"]![0]!["display"]!.ToString());
        Assert.Equal(2, diagnosis["result"]!.AsArray().Count);
    }

    /// <summary>Accession number, requested procedure and step as IHE RAD TF-2 4.4 places them.</summary>
    private static string RadiologyResult(int citizen, string controlId, string sender) => string.Join(
        '\r', $"MSH|^~\\&|{sender}|EHEALTHPLUS|HUB|20260110121500||ORU^R01^ORU_R01|{controlId}|P|2.5.1||||||UNICODE UTF-8", Messages.Pid(citizen),
        $"OBR|1|P{citizen}^DEMO-HIS|F{citizen}^DEMO-RIS|24627-2^CT Chest^LN|||20260110101500|||||||||||ACC-1|RP1|SPS1||20260110121000||RAD|F",
        "OBX|1|TX|24627-2^CT Chest^LN||No consolidation, says the message.||||||F|||20260110121000", "");

    private async Task SendAsync(string message)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(message)));
    }

    private string WriteImage(int citizen, int study, int slice)
    {
        var key = SyntheticCt.Key(study, 1, slice);
        return folder.Write($"{study}-{slice}.dcm", CitizenCt.File(key, CitizenCt.DataSet(citizen, key, slice, 2)));
    }

    private async Task<IReadOnlyList<JsonNode>> UntilAsync(int citizen, string type, Func<IReadOnlyList<JsonNode>, bool> so)
    {
        IReadOnlyList<JsonNode> found = [];
        await Wait.UntilAsync(
            async () => (found = await CitizenRecord.OfAsync(hub, citizen, type)).Count > 0 && so(found), Patience,
            () => $"{type}: {string.Join('\n', found.Select(each => each.ToJsonString()))}\n{hub.ReadLog()}");
        return found;
    }

    private static JsonNode ReportOf(IEnumerable<JsonNode> reports, string instance) =>
        reports.Single(report => report["identifier"]!.AsArray().Any(identifier => identifier!["value"]!.ToString().EndsWith(instance, StringComparison.Ordinal)));

    private void Empty()
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path)) File.Delete(file);
    }
}
