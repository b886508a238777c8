using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;
using EHealthPlus.Transformers.Dicom.Json;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>
/// An order comes by HL7; a modality finds it with DCMTK's findscu, says that it begins, sends its images and says that it is done. The study is announced at
/// once when all are there that the modality made, and the desk says where some are not. The quiet period is longer than the test.
/// </summary>
public sealed class WorklistTest : IAsyncLifetime
{
    private const string Found = "Find Response: 1 (Pending)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date.AddDays(1).AddHours(9.5), TimeSpan.FromHours(8));

    private readonly HubProcess hub = new(extra: new Dictionary<string, string> { ["Hub__StudyQuietSeconds"] = "600" });
    private TemporaryFolder folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Day => Tomorrow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string DayBefore => Tomorrow.AddDays(-1).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string DayAfter => Tomorrow.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

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
    public async Task A_station_reads_a_name_in_the_set_that_it_asks_in_where_that_has_it()
    {
        await OrderAsync(81, study: 6);
        foreach (var (asked, answered) in new[]
        {
            ("GB18030", "GB18030"), (@"\ISO 2022 IR 149", @"\ISO 2022 IR 149"), (@"\ISO 2022 IR 58", "ISO_IR 192"), ("ISO_IR 100", "ISO_IR 192"), ("ISO_IR 6", "ISO_IR 192"),
        })
        {
            var into = Directory.CreateDirectory(folder.At(asked.Replace('\\', '_'))).FullName;
            var (exitCode, output) = await Dcmtk.RunAsync(
                "findscu", ["-W", "-X", "-od", into, "-aet", "DEMO-PACS", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}", "-k", $"0008,0005={asked}", "-k", "PatientName", "-k", "PatientID=R81"]);
            Assert.True(exitCode == 0, output);
            var file = Assert.Single(Directory.GetFiles(into, "*.dcm"));
            Assert.Contains($"[{answered}]", (await Dcmtk.RunAsync("dcmdump", "-q", "+P", "0008,0005", file)).Output, StringComparison.Ordinal);
            // Behind preamble and prefix; the meta group is read with the rest.
            var read = new IdentifierCodec().Read((await File.ReadAllBytesAsync(file, Cancel)).AsMemory(132), PerformedStepUser.AttributeSyntax, null);
            Assert.Contains("測試^病人", Encoding.UTF8.GetString(read.Value.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_order_is_found_in_each_key_until_it_is_cancelled()
    {
        await OrderAsync(80, study: 5);
        foreach (var (key, found) in new[]
        {
            ("S.ScheduledStationAETitle=CT1_AE", true), ("S.ScheduledStationAETitle=CT?_AE", true), ("S.ScheduledStationAETitle=CT2_AE", false),
            ($"S.ScheduledProcedureStepStartDate={Day}", true), ($"S.ScheduledProcedureStepStartDate={DayBefore}", false),
            ($"S.ScheduledProcedureStepStartDate={DayBefore}-{DayAfter}", true), ($"S.ScheduledProcedureStepStartDate={DayAfter}-", false), ($"S.ScheduledProcedureStepStartDate=-{Day}", true),
            ("S.ScheduledProcedureStepStartTime=0900-1000", true), ("S.ScheduledProcedureStepStartTime=1000-1100", false),
            // One period from the day before at ten, and not from ten to eleven of each day.
            ($"S.ScheduledProcedureStepStartDate={DayBefore}-{DayAfter}|S.ScheduledProcedureStepStartTime=1000-1100", true),
            ($"S.ScheduledProcedureStepStartDate={Day}-{DayAfter}|S.ScheduledProcedureStepStartTime=1000-1100", false),
            ("S.Modality=CT", true), ("S.Modality=MR", false),
            ("S.ScheduledPerformingPhysicianName=technician*", true), ("S.ScheduledPerformingPhysicianName=NOBODY*", false),
            ("PatientName=TESTPATIENT^NUM*", true), ("PatientName=*測試*", true), ("PatientName=OTHER*", false),
            ("PatientID=R80", true), ("PatientID=R81", false), ("AccessionNumber=ACC-1", true), ("AccessionNumber=ACC-2", false),
            ("RequestedProcedureID=RP5", true), ("RequestedProcedureID=RP6", false), ($"StudyInstanceUID={SyntheticCt.Study(5)}", true),
        })
        {
            var output = await FindAsync("DEMO-PACS", key.Split('|'));
            Assert.True(output.Contains(Found, StringComparison.Ordinal) == found, $"{key}\n{output}");
        }

        var item = await FindAsync(
            "DEMO-PACS", "PatientName", "PatientBirthDate", "PatientSex", "RequestedProcedureDescription", "StudyInstanceUID", "S.ScheduledProcedureStepID", "S.ScheduledProcedureStepStartTime", "S.ScheduledStationName");
        foreach (var part in (string[])["TESTPATIENT^Number 80=測試^病人", "19800229", "CT Chest", SyntheticCt.Study(5), "SPS5", "093000", "CT1", "ISO_IR 192"]) Assert.Contains(part, item, StringComparison.Ordinal);

        await AskAsync(Order(80, study: 5, control: "CA", status: "CA"));
        Assert.DoesNotContain(Found, await FindAsync("DEMO-PACS"), StringComparison.Ordinal);

        await InTwoStepsAsync(80, study: 9);

        using var auditor = hub.Http("auditor");
        var looks = (await auditor.GetFromJsonAsync<JsonNode>($"/fhir/AuditEvent?patient={await CitizenRecord.PersonAsync(hub, 80)}&_count=200", Cancel))!.ToJsonString();
        Assert.Contains("worklist?00400001", looks, StringComparison.Ordinal);
        Assert.DoesNotContain("CT1_AE", looks, StringComparison.Ordinal);
    }

    /// <summary>An order with two IPC: each its own item, begun and ended for itself, cancelled with the order.</summary>
    private async Task InTwoStepsAsync(int citizen, int study)
    {
        string WithTwo(string control, string status) => Order(citizen, study, control, status) + $"IPC|ACC-1|RP{study}|{SyntheticCt.Study(study)}|SPS{study}B|PT^^DCM||PT1||PT1_AE\r";
        await AskAsync(WithTwo("NW", "SC"));
        string[] asked = ["S.ScheduledProcedureStepID", "S.ScheduledStationAETitle", "S.ScheduledProcedureStepStartTime", $"StudyInstanceUID={SyntheticCt.Study(study)}"];
        var second = await FindAsync("DEMO-PACS", [.. asked, "S.Modality=PT"]);
        foreach (var part in (string[])[$"SPS{study}B", "PT1_AE", "093000"]) Assert.Contains(part, second, StringComparison.Ordinal);
        Assert.DoesNotContain("Find Response: 2", second, StringComparison.Ordinal);
        Assert.Contains("CT1_AE", await FindAsync("DEMO-PACS", [.. asked, "S.Modality=CT"]), StringComparison.Ordinal);

        Assert.Equal(0, (await CreateAsync("2.25.900", Begin(study))).Status);
        Assert.Equal(0, (await SetAsync("2.25.900", Status("DISCONTINUED"))).Status);
        var left = await FindAsync("DEMO-PACS", asked);
        Assert.Contains($"SPS{study}B", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Find Response: 2", left, StringComparison.Ordinal);
        await AskAsync(Order(citizen, study, "CA", "CA"));
        Assert.DoesNotContain(Found, await FindAsync("DEMO-PACS", asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_stations_of_the_orders_own_provider_are_told_of_it()
    {
        await OrderAsync(81, study: 6);
        Assert.Equal(0, (await Cli.RunAsync(hub, "dicom", "peer", "HOSPITAL-CT", "--source", "demo-his", "--may-query")).ExitCode);
        var other = await FindAsync("HOSPITAL-CT", "PatientName");
        Assert.Contains("Requesting Association", other, StringComparison.Ordinal);
        Assert.DoesNotContain(Found, other, StringComparison.Ordinal);
        Assert.DoesNotContain("Association Rejected", other, StringComparison.Ordinal);
        Assert.Contains(Found, await FindAsync("DEMO-PACS", "PatientName"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_takes_the_order_off_the_list_and_its_last_image_announces_the_study()
    {
        await OrderAsync(82, study: 7);
        Assert.Equal(0x0112, (await SetAsync("2.25.700", Status("COMPLETED"))).Status);
        Assert.Equal(0x0120, (await CreateAsync("2.25.700", """{"00400252":{"vr":"CS","Value":["IN PROGRESS"]}}""")).Status);
        Assert.Equal(0, (await CreateAsync("2.25.700", Begin(7))).Status);
        Assert.Equal(0, (await CreateAsync("2.25.700", Begin(7))).Status);
        Assert.Equal(0x0111, (await CreateAsync("2.25.700", Begin(8))).Status);
        Assert.Contains("STARTED", await FindAsync("DEMO-PACS", "S.ScheduledProcedureStepStatus"), StringComparison.Ordinal);

        await StoreAsync(82, study: 7, slice: 1);
        var done = Status("COMPLETED", [SyntheticCt.Key(7, 1, 1).SopInstanceUid, SyntheticCt.Key(7, 1, 2).SopInstanceUid]);
        Assert.Equal(0, (await SetAsync("2.25.700", done)).Status);
        Assert.Equal(0, (await SetAsync("2.25.700", done)).Status);
        var late = await SetAsync("2.25.700", Status("DISCONTINUED"));
        Assert.Equal((0x0110, 0xA710), ((int)late.Status, (int)late.ErrorId!));
        Assert.DoesNotContain(Found, await FindAsync("DEMO-PACS"), StringComparison.Ordinal);

        await StoreAsync(82, study: 7, slice: 2);
        IReadOnlyList<JsonNode> studies = [];
        await Wait.UntilAsync(
            async () => (studies = await CitizenRecord.OfAsync(hub, 82, "ImagingStudy")).Count > 0, Patience, () => $"No ImagingStudy:\n{hub.ReadLog()}");
        Assert.Equal(2, studies.Single()["numberOfInstances"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_command_line_reports_an_examination_as_a_modality_does()
    {
        await OrderAsync(83, study: 8);
        var begun = await StepAsync("begin", "--study", SyntheticCt.Study(8), "--scheduled", "SPS8", "--modality", "CT", "--json");
        var step = JsonNode.Parse(begun.Output)!["step"]!.GetValue<string>();
        Assert.Equal((0, 0), (begun.ExitCode, JsonNode.Parse(begun.Output)!["status"]!.GetValue<int>()));
        Assert.Contains("STARTED", await FindAsync("DEMO-PACS", "S.ScheduledProcedureStepStatus"), StringComparison.Ordinal);

        var key = SyntheticCt.Key(8, 1, 1);
        await File.WriteAllBytesAsync(
            folder.At("slice.dcm"), [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, PerformedStepUser.AttributeSyntax), .. SyntheticCt.DataSet(key, 1, 1)], Cancel);
        var done = await StepAsync("complete", step, folder.Path);
        Assert.Equal((0, $"{step} completed"), (done.ExitCode, done.Output.Trim()));
        Assert.DoesNotContain(Found, await FindAsync("DEMO-PACS"), StringComparison.Ordinal);
        // The image did not come: the desk knows which.
        using var @operator = hub.Http("operator");
        Assert.Contains(SyntheticCt.Study(8), await @operator.GetStringAsync("/imaging?list=missing", Cancel), StringComparison.Ordinal);

        var read = await StepAsync("read", step);
        Assert.True(read.ExitCode == 0, read.Output + read.Fault);
        foreach (var said in (string[])["COMPLETED", SyntheticCt.Study(8)]) Assert.Contains(said, read.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await StepAsync("read", "2.25.404")).ExitCode);

        var late = await StepAsync("discontinue", step);
        Assert.Equal(1, late.ExitCode);
        Assert.Contains("0110H A710H", late.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await StepAsync("complete", "2.25.404", folder.Path)).ExitCode);
        Assert.Equal(2, (await StepAsync("complete", step, "/dev/null")).ExitCode);
        Assert.Equal(2, (await StepAsync("begin")).ExitCode);
    }

    private Task<(int ExitCode, string Output, string Fault)> StepAsync(string what, params string[] arguments) =>
        Cli.RunAsync(null, ["dicom", "step", what, $"127.0.0.1:{hub.DicomPort}", .. arguments, "--ae", "DEMO-PACS"]);

    private async Task OrderAsync(int citizen, int study)
    {
        await AskAsync(Messages.Enrol(citizen, $"ENROL{citizen}"));
        await AskAsync(Order(citizen, study, "NW", "SC"));
    }

    private async Task AskAsync(string message)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        var answer = await socket.AskAsync(message);
        Assert.True(MllpSocket.CodeOf(answer) == "AA", answer);
    }

    private static string Order(int citizen, int study, string control, string status) => string.Join(
        '\r',
        $"MSH|^~\\&|DEMO-RIS|DEMO-IMAGING|EHEALTHPLUS|HUB|20260301120000||OMI^O23^OMI_O23|{control}{study}|P|2.8.2||||||UNICODE UTF-8",
        $"PID|1||R{citizen}^^^DEMO-IMAGING^MR~{Messages.DocumentNumber(citizen)}^^^HKID^NNHKG||TESTPATIENT^Number {citizen}^^^^^L^A~測試^病人^^^^^L^I||19800229|F",
        $"ORC|{control}|P{study}^DEMO-RIS|||{status}",
        $"TQ1|1||||||{Tomorrow:yyyyMMddHHmmss}+0800",
        $"OBR|1|P{study}^DEMO-RIS||24627-2^CT Chest^LN||||||||||||||||||||CT||||||||||T1&TECHNICIAN&SYNTHETIC",
        $"IPC|ACC-1|RP{study}|{SyntheticCt.Study(study)}|SPS{study}|CT^^DCM||CT1||CT1_AE", "");

    /// <param name="keys">S. stands for the item of the scheduled procedure step.</param>
    private async Task<string> FindAsync(string calling, params string[] keys)
    {
        string[] asked = ["S.ScheduledStationAETitle", "0008,0005=ISO_IR 192", .. keys];
        // A key given with a value takes the place of the one that only asks.
        var arguments = asked.Select(key => key.Replace("S.", "(0040,0100)[0].", StringComparison.Ordinal)).SelectMany(key => new[] { "-k", key });
        var (exitCode, output) = await Dcmtk.RunAsync("findscu", ["-v", "-W", "-aet", calling, "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private Task<StepAnswer> CreateAsync(string step, string json) => StepAsync(user => PerformedStepUser.CreateAsync(user, step, Encode(json), Cancel));

    private Task<StepAnswer> SetAsync(string step, string json) => StepAsync(user => PerformedStepUser.SetAsync(user, step, Encode(json), Cancel));

    private async Task<StepAnswer> StepAsync(Func<DicomUser, Task<StepAnswer>> ask)
    {
        await using var user = await PerformedStepUser.OpenAsync(
            new() { Host = "127.0.0.1", Port = hub.DicomPort, CallingAeTitle = "DEMO-PACS", CalledAeTitle = "EHEALTHPLUS" }, TimeProvider.System, Cancel);
        var answer = await ask(user);
        await user.ReleaseAsync(Cancel);
        return answer;
    }

    private static ReadOnlyMemory<byte> Encode(string json) => new IdentifierCodec().Write(Encoding.UTF8.GetBytes(json), PerformedStepUser.AttributeSyntax, null).Value;

    private static string Begin(int study)
    {
        var scheduled = Item(Text("0020000D", "UI", SyntheticCt.Study(study)), Text("00400009", "SH", $"SPS{study}"));
        return Item(
            Text("00080060", "CS", "CT"), Text("00400241", "AE", "CT1_AE"), Text("00400244", "DA", Day), Text("00400245", "TM", "093500"), Text("00400252", "CS", "IN PROGRESS"),
            Text("00400253", "SH", $"PPS{study}"), Sequence("00400270", scheduled));
    }

    private static string Status(string status, params string[] instances)
    {
        var images = Sequence("00081140", [.. instances.Select(instance => Item(Text("00081150", "UI", SyntheticCt.SopClass), Text("00081155", "UI", instance)))]);
        return Item(Text("00400252", "CS", status), Sequence("00400340", Item(Text("0020000E", "UI", "2.25.1"), images)));
    }

    private static string Item(params string[] attributes) => "{" + string.Join(',', attributes) + "}";

    private static string Text(string tag, string vr, string value) => $$"""
        "{{tag}}":{"vr":"{{vr}}","Value":["{{value}}"]}
        """;

    private static string Sequence(string tag, params string[] items) => $"\"{tag}\":" + "{\"vr\":\"SQ\",\"Value\":[" + string.Join(',', items) + "]}";

    private async Task StoreAsync(int citizen, int study, int slice)
    {
        var key = SyntheticCt.Key(study, 1, slice);
        var file = folder.Write($"{study}-{slice}.dcm", CitizenCt.File(key, CitizenCt.DataSet(citizen, key, slice, 2)));
        var (exitCode, output) = await Dcmtk.RunAsync("storescu", "-aet", "DEMO-PACS", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}", file);
        Assert.True(exitCode == 0, $"{output}\n{hub.ReadLog()}");
    }
}
