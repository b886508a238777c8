using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Files into a running hub: through its folder and over HTTP, with kills in the middle.</summary>
public sealed class UploadTest
{
    private const int Count = 1_200;
    private const int Citizens = 6;
    private const int Kills = 6;

    [Fact]
    public async Task A_hub_killed_in_the_middle_of_a_file_decides_each_message_once_and_answers_each_once()
    {
        var random = new Random(281);
        await using var hub = new HubProcess();
        await hub.StartAsync();
        await EnrolAsync(hub);
        Drop(hub, "night.hl7", BatchOf(Count));

        var cut = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(30, 400));
            if (!File.Exists(Answer(hub, "night.hl7.json"))) cut++;
            await hub.KillAsync();
            await hub.StartAsync();
        }

        await Wait.UntilAsync(() => Task.FromResult(File.Exists(Answer(hub, "night.hl7.json"))), TimeSpan.FromSeconds(90), () => $"No answer file:\n{hub.ReadLog()}");

        Assert.True(cut >= 2, $"Only {cut} kills fell into the file: it proves nothing");
        var lines = (await File.ReadAllTextAsync(Answer(hub, "night.hl7.ack"))).Split('\r');
        Assert.Equal(
            Enumerable.Range(0, Count).Select(number => $"MSA|AA|N{number}"), lines.Where(line => line.StartsWith("MSA", StringComparison.Ordinal)));
        Assert.Equal($"BTS|{Count}|{Count} answers, 0 of them refusals", lines[^3]);
        // The working folder goes after the answer file has come: a file is put away in steps that each last.
        var working = Path.Combine(hub.DataDirectory, "uploads", "demo-lis", "working");
        await Wait.UntilAsync(() => Task.FromResult(!Directory.EnumerateFileSystemEntries(working).Any()), TimeSpan.FromSeconds(60), () => $"Left in {working}:\n{hub.ReadLog()}");
        await EachReportIsInTheRecordOnceAsync(hub);
    }

    [Fact]
    public async Task A_laboratory_uploads_over_http_and_reads_what_became_of_it()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        await EnrolAsync(hub);
        using var laboratory = hub.Http("source");
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(
            BatchOf(3) + Messages.Result(999, "NOBODY", "NOBODY", enhanced: false) + Messages.Admit(1, "FOREIGN") + Messages.Result(1, "", "NOKEY", enhanced: false)));
        body.Headers.ContentType = new("application/hl7-v2");

        using var taken = await laboratory.PostAsync("/uploads?name=day.hl7", body);

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var status = await FinishedAsync(laboratory, taken.Headers.Location!);
        Assert.Equal(3, status["counts"]!["accepted"]!.GetValue<int>());
        Assert.Equal([403, 311, 216], status["reasons"]!.AsArray().Select(reason => reason!["code"]!.GetValue<int>()));
        var answer = await laboratory.GetStringAsync($"{taken.Headers.Location}/answer");
        Assert.Contains("MSA|AE|NOBODY", answer, StringComparison.Ordinal);
        Assert.Contains("MSA|AR|FOREIGN", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTPATIENT", hub.ReadLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_v2_xml_is_decided_kept_as_it_came_and_answered_in_xml()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        await EnrolAsync(hub);
        var document = XmlResult(1, "XML1");
        using var laboratory = hub.Http("source");
        using var body = new StringContent(document, Encoding.UTF8, "application/hl7-v2+xml");

        using var taken = await laboratory.PostAsync("/uploads?name=result.xml", body);
        var status = await FinishedAsync(laboratory, taken.Headers.Location!);

        Assert.Equal("done", status["state"]!.GetValue<string>());
        var answer = await laboratory.GetStringAsync($"{taken.Headers.Location}/answer");
        Assert.Contains("<MSA.1>AA</MSA.1>", answer, StringComparison.Ordinal);
        var report = Assert.Single(await CitizenRecord.OfAsync(hub, 1, "DiagnosticReport"));
        Assert.Equal("final", report["status"]!.GetValue<string>());
        using var engineer = hub.Http("integration-engineer");
        var newest = (await engineer.DepositsAsync("count=1"))[0]!["id"]!.GetValue<long>();
        Assert.Equal(document, await engineer.GetStringAsync($"/deposits/{newest}/bytes"));

        // The same document over MLLP is the same message: it gets its first answer again.
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        Assert.Contains("<MSA.1>AA</MSA.1>", await socket.AskAsync(document), StringComparison.Ordinal);
        Assert.Equal(newest, (await engineer.DepositsAsync("count=1"))[0]!["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_command_line_uploads_a_file_and_brings_the_answers_back()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        await EnrolAsync(hub);
        var file = Path.Combine(hub.DataDirectory, "day.hl7");
        await File.WriteAllTextAsync(file, BatchOf(3).Replace("BTS|3", "BTS|4", StringComparison.Ordinal));

        var (exitCode, output, fault) = await Cli.RunAsync(hub, "upload", file, "--json", "--out", Path.Combine(hub.DataDirectory, "out"));

        Assert.True(exitCode == 1, output + fault);
        var result = JsonNode.Parse(output)![0]!;
        Assert.Equal(3, result["accepted"]!.GetValue<int>());
        Assert.Contains("BTS-1 of batch 1 says 4 messages; it holds 3", result["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("MSA|AA|N2", await File.ReadAllTextAsync(Path.Combine(hub.DataDirectory, "out", "day.hl7.ack")), StringComparison.Ordinal);
        Assert.Equal(0, (await Cli.RunAsync(hub, "upload", await WrittenAsync(hub, "one.hl7", Messages.Result(2, "ONE", "ONE", enhanced: true)), "--source", "demo-lis")).ExitCode);
        Assert.Equal(3, (await Cli.RunAsync(hub, "upload", file, "--hub", "127.0.0.1:1")).ExitCode);
        Assert.Equal(2, (await Cli.RunAsync(hub, "upload", "/nowhere.hl7")).ExitCode);
    }

    private static async Task<string> WrittenAsync(HubProcess hub, string name, string content)
    {
        var path = Path.Combine(hub.DataDirectory, name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    private static string XmlResult(int citizen, string controlId) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ORU_R01 xmlns="urn:hl7-org:v2xml">
          <MSH><MSH.1>|</MSH.1><MSH.2>^~\&amp;</MSH.2><MSH.3><HD.1>DEMO-LIS</HD.1></MSH.3><MSH.4><HD.1>DEMO-LABORATORY</HD.1></MSH.4><MSH.7><TS.1>20260301120000</TS.1></MSH.7>
            <MSH.9><MSG.1>ORU</MSG.1><MSG.2>R01</MSG.2><MSG.3>ORU_R01</MSG.3></MSH.9><MSH.10>{controlId}</MSH.10><MSH.11><PT.1>P</PT.1></MSH.11><MSH.12><VID.1>2.5.1</VID.1></MSH.12></MSH>
          <ORU_R01.PATIENT_RESULT>
            <ORU_R01.PATIENT><PID>
              <PID.3><CX.1>{Messages.DocumentNumber(citizen)}</CX.1><CX.4><HD.1>HKID</HD.1></CX.4><CX.5>NNHKG</CX.5></PID.3>
              <PID.5><XPN.1><FN.1>TESTPATIENT</FN.1></XPN.1><XPN.2>Number {citizen}</XPN.2></PID.5><PID.7><TS.1>19800229</TS.1></PID.7><PID.8>F</PID.8></PID></ORU_R01.PATIENT>
            <ORU_R01.ORDER_OBSERVATION>
              <OBR><OBR.1>1</OBR.1><OBR.2><EI.1>P1</EI.1><EI.2>DEMO-HIS</EI.2></OBR.2><OBR.3><EI.1>F1</EI.1><EI.2>DEMO-LIS</EI.2></OBR.3><OBR.4><CE.1>58410-2</CE.1><CE.2>CBC panel</CE.2><CE.3>LN</CE.3></OBR.4>
                <OBR.7><TS.1>20260301110000</TS.1></OBR.7><OBR.22><TS.1>20260301113000</TS.1></OBR.22><OBR.24>HM</OBR.24><OBR.25>F</OBR.25></OBR>
              <ORU_R01.OBSERVATION><OBX><OBX.1>1</OBX.1><OBX.2>NM</OBX.2><OBX.3><CE.1>718-7</CE.1><CE.2>Hemoglobin</CE.2><CE.3>LN</CE.3></OBX.3><OBX.5>13.50</OBX.5>
                <OBX.6><CE.1>g/dL</CE.1><CE.2>g/dL</CE.2><CE.3>UCUM</CE.3></OBX.6><OBX.11>F</OBX.11></OBX></ORU_R01.OBSERVATION>
            </ORU_R01.ORDER_OBSERVATION>
          </ORU_R01.PATIENT_RESULT>
        </ORU_R01>
        """;

    internal static async Task<JsonNode> FinishedAsync(HttpClient http, Uri location)
    {
        JsonNode status = null!;
        await Wait.UntilAsync(
            async () => (status = (await http.GetFromJsonAsync<JsonNode>(location))!)["finishedAt"] is not null && status["answer"] is not null,
            TimeSpan.FromSeconds(60), () => status.ToJsonString());
        return status;
    }

    private static string BatchOf(int count)
    {
        var text = new StringBuilder("FHS|^~\\&|DEMO-LIS|DEMO-LABORATORY|EHEALTHPLUS|HUB\rBHS|^~\\&|DEMO-LIS|DEMO-LABORATORY|EHEALTHPLUS|HUB\r");
        for (var number = 0; number < count; number++) text.Append(Messages.Result(number % Citizens, $"N{number}", $"N{number}", enhanced: false));
        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"BTS|{count}\rFTS|1\r").ToString();
    }

    private static void Drop(HubProcess hub, string name, string content)
    {
        var folder = Path.Combine(hub.DataDirectory, "uploads", "demo-lis", "in");
        File.WriteAllText(Path.Combine(folder, name + ".part"), content);
        File.SetLastWriteTimeUtc(Path.Combine(folder, name + ".part"), DateTime.UnixEpoch.AddYears(50));
        File.Move(Path.Combine(folder, name + ".part"), Path.Combine(folder, name));
    }

    private static string Answer(HubProcess hub, string name) => Path.Combine(hub.DataDirectory, "uploads", "demo-lis", "answers", name);

    private static async Task EnrolAsync(HubProcess hub)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        for (var citizen = 0; citizen < Citizens; citizen++)
        {
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(citizen, $"ENROL{citizen}"))));
        }
    }

    private static async Task EachReportIsInTheRecordOnceAsync(HubProcess hub)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var citizen = 0; citizen < Citizens; citizen++)
        {
            foreach (var report in await CitizenRecord.OfAsync(hub, citizen, "DiagnosticReport"))
            {
                Assert.Equal("1", report["meta"]!["versionId"]!.GetValue<string>());
                var order = report["identifier"]!.AsArray().Select(identifier => identifier!["value"]!.GetValue<string>()).First(value => value.StartsWith("FN", StringComparison.Ordinal));
                found[order] = found.GetValueOrDefault(order) + 1;
            }
        }

        Assert.Equal(Count, found.Count);
        Assert.All(found, report => Assert.Equal(1, report.Value));
    }
}
