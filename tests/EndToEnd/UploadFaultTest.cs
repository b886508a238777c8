using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The disk of the files is full, or their folder may not be read: it is said with a number, nothing is lost, and it goes on by itself.</summary>
public sealed class UploadFaultTest
{
    private const string Laboratory = "demo-lis";

    [Fact]
    public async Task A_full_disk_holds_files_up_until_there_is_room()
    {
        var mount = Directory.CreateTempSubdirectory("ehealthplus-files-full-").FullName;
        Assert.True(await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount), "A small file system is needed for this test: run it as root");
        try
        {
            await using var hub = new HubProcess(extra: new Dictionary<string, string> { ["Hub__Uploads"] = mount });
            await hub.StartAsync();
            await EnrolAsync(hub);
            var arriving = Path.Combine(mount, Laboratory, "in", "night.hl7");
            await File.WriteAllTextAsync(arriving + ".part", Messages.Result(1, "NIGHT", "NIGHT", enhanced: false));
            var filler = Path.Combine(mount, "filler");
            Fill(filler);
            using var laboratory = hub.Http("source");

            using (var refused = await laboratory.PostAsync("/uploads?name=day.hl7", Body(Messages.Result(1, "DAY", "DAY", enhanced: false))))
            {
                Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
                Assert.Equal(603, (await refused.Content.ReadFromJsonAsync<JsonNode>())!["rejection"]!.GetValue<int>());
            }

            File.SetLastWriteTimeUtc(arriving + ".part", DateTime.UnixEpoch.AddYears(50));
            File.Move(arriving + ".part", arriving);
            await SaidAsync(hub, "demo-lis: 603 No room is left on the disk");
            Assert.True(File.Exists(arriving), "The file waits where it was put");
            // Each try makes a folder of work, and takes it away.
            await Wait.UntilAsync(() => Task.FromResult(!Directory.EnumerateFileSystemEntries(Path.Combine(mount, Laboratory, "working")).Any()), TimeSpan.FromSeconds(60), () => "Work is left");
            await hub.LoggedAsync("603 No room is left on the disk");

            File.Delete(filler);
            await AnsweredAsync(hub, mount, "night.hl7");
            using (var taken = await laboratory.PostAsync("/uploads?name=day.hl7", Body(Messages.Result(1, "DAY", "DAY", enhanced: false))))
            {
                Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
            }

            await AnsweredAsync(hub, mount, "day.hl7");
            Assert.Equal(2, (await CitizenRecord.OfAsync(hub, 1, "DiagnosticReport")).Count);
            await NothingSaidAsync(hub);
            Assert.DoesNotContain("   at ", hub.ReadLog(), StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync("umount", "-l", mount);
            Directory.Delete(mount, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_that_the_hub_may_not_read_is_said_and_read_when_it_may()
    {
        var data = Directory.CreateTempSubdirectory("ehealthplus-files-forbidden-").FullName;
        await using var hub = new HubProcess(data) { HeldByPermissions = true };
        await hub.StartAsync();
        await EnrolAsync(hub);
        var uploads = Path.Combine(data, "uploads");
        var folder = Path.Combine(uploads, Laboratory, "in");
        using var laboratory = hub.Http("source");

        Assert.True(await RunAsync("chmod", "000", folder));
        await SaidAsync(hub, "demo-lis: 611 The hub may not read or write in the folder");
        Assert.True(await RunAsync("chmod", "000", Path.Combine(uploads, Laboratory, "working")));
        using (var refused = await laboratory.PostAsync("/uploads?name=day.hl7", Body(Messages.Result(1, "DAY", "DAY", enhanced: false))))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(611, (await refused.Content.ReadFromJsonAsync<JsonNode>())!["rejection"]!.GetValue<int>());
        }

        // Nothing else is held up by it.
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort))
        {
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Result(1, "LIVE", "LIVE", enhanced: false))));
        }

        Assert.True(await RunAsync("chmod", "700", folder));
        Assert.True(await RunAsync("chmod", "700", Path.Combine(uploads, Laboratory, "working")));
        var dropped = Path.Combine(folder, "night.hl7");
        await File.WriteAllTextAsync(dropped + ".part", Messages.Result(1, "NIGHT", "NIGHT", enhanced: false));
        File.SetLastWriteTimeUtc(dropped + ".part", DateTime.UnixEpoch.AddYears(50));
        File.Move(dropped + ".part", dropped);

        await AnsweredAsync(hub, uploads, "night.hl7");
        await NothingSaidAsync(hub);
        await hub.LoggedAsync("611 The hub may not read or write in the folder");
        Assert.DoesNotContain("   at ", hub.ReadLog(), StringComparison.Ordinal);
    }

    private static async Task EnrolAsync(HubProcess hub)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(1, "ENROL"))));
    }

    /// <summary>On the readiness page, which stays ready: other traffic is taken.</summary>
    private static Task SaidAsync(HubProcess hub, string said) => UntilAsync(hub, state => state?.StartsWith(said, StringComparison.Ordinal) == true, $"'{said}'");

    private static Task NothingSaidAsync(HubProcess hub) => UntilAsync(hub, state => state is null, "that all is well again");

    private static async Task UntilAsync(HubProcess hub, Func<string?, bool> holds, string what)
    {
        using var anyone = hub.Anonymous();
        var page = "";
        await Wait.UntilAsync(
            async () =>
            {
                using var answer = await anyone.GetAsync("/health/ready");
                page = await answer.Content.ReadAsStringAsync();
                // A check that took too long has failed: it is asked again.
                if (page.Contains("No answer in", StringComparison.Ordinal)) return false;
                var uploads = JsonNode.Parse(page)!["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == "uploads")!;
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return holds(uploads["problem"]?.GetValue<string>());
            },
            TimeSpan.FromSeconds(60), () => $"The readiness page does not say {what}: {page}\n{hub.ReadLog()}");
    }

    private static async Task AnsweredAsync(HubProcess hub, string uploads, string name)
    {
        var answer = Path.Combine(uploads, Laboratory, "answers", name);
        await Wait.UntilAsync(() => Task.FromResult(File.Exists(answer + ".json")), TimeSpan.FromSeconds(90), () => $"{name} is not answered:\n{hub.ReadLog()}");
        Assert.Contains("MSA|AA|", await File.ReadAllTextAsync(answer + ".ack"), StringComparison.Ordinal);
    }

    private static ByteArrayContent Body(string message)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(message));
        body.Headers.ContentType = new("application/hl7-v2");
        return body;
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full: as wanted.
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
