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
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(hub.DataDirectory, "uploads", "demo-lis", "working")));
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
