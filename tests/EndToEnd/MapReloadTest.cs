using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Maps that change under a running hub: the next message follows them, without a restart and without a refused message.</summary>
public sealed class MapReloadTest
{
    private const string Urgency = "https://laboratory.example/fhir/urgency", Priority = "https://laboratory.example/fhir/priority";

    [Fact]
    public async Task A_file_for_z_segments_comes_changes_is_spoiled_and_goes()
    {
        using var maps = new TemporaryFolder();
        await using var hub = new HubProcess(extra: new Dictionary<string, string> { ["Hub__Maps"] = maps.Path });
        await hub.StartAsync();
        await EnrolAsync(hub);
        Assert.Empty(await ExtensionsAsync(hub, "BEFORE"));

        await PutAsync(hub, maps, "lab.json", ZSegment(Urgency), "1 map files read");
        Assert.Equal([Urgency], await ExtensionsAsync(hub, "MAPPED"));

        await PutAsync(hub, maps, "lab.json", ZSegment(Urgency)[..^10], "Map file not taken: lab.json");
        Assert.Equal([Urgency], await ExtensionsAsync(hub, "SPOILED"));

        await PutAsync(hub, maps, "lab.json", ZSegment(Priority), "1 map files read");
        Assert.Equal([Priority], await ExtensionsAsync(hub, "CHANGED"));

        var before = Lines(hub, "0 map files read");
        File.Delete(maps.At("lab.json"));
        await SaidAsync(hub, "0 map files read", before);
        Assert.Empty(await ExtensionsAsync(hub, "GONE"));
    }

    [Fact]
    public async Task A_local_code_means_what_the_folder_says_from_the_next_message_on()
    {
        using var codes = new TemporaryFolder();
        await using var hub = new HubProcess(extra: new Dictionary<string, string> { ["Hub__Terminology"] = codes.Path });
        await hub.StartAsync();
        await EnrolAsync(hub);
        Assert.Equal(["HGB"], await CodesAsync(hub, "BEFORE"));

        await PutAsync(hub, codes, "demo-lis.csv", LocalMap("718-7"), "Local terminology maps: 1 files");
        Assert.Equal(["718-7", "HGB"], await CodesAsync(hub, "MAPPED"));

        // A wrong check digit: the file is not taken, the former stays in force and the readiness page says so.
        await PutAsync(hub, codes, "demo-lis.csv", LocalMap("718-6"), "A local terminology map is wrong");
        Assert.Equal(["718-7", "HGB"], await CodesAsync(hub, "SPOILED"));
        using (var anyone = hub.Anonymous())
        {
            Assert.Contains("what was read before stays in force", await anyone.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        }

        await PutAsync(hub, codes, "demo-lis.csv", LocalMap("20509-6"), "Local terminology maps: 1 files");
        Assert.Equal(["20509-6", "HGB"], await CodesAsync(hub, "CHANGED"));

        // As a disk that was unmounted: the maps stay, and the readiness page says so.
        var away = codes.Path + ".away";
        Directory.Move(codes.Path, away);
        await SaidAsync(hub, "could not be read", 0);
        Assert.Equal(["20509-6", "HGB"], await CodesAsync(hub, "AWAY"));
        using (var anyone = hub.Anonymous())
        {
            Assert.Contains("terminology maps cannot be read", await anyone.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        }

        Directory.Move(away, codes.Path);
    }

    private static string ZSegment(string extension) => $$"""
        { "source": "demo-lis", "segments": [ { "segment": "ZLB", "resource": "DiagnosticReport", "fields": [ { "field": "ZLB-1", "extension": "{{extension}}", "type": "string" } ] } ] }
        """;

    private static string LocalMap(string loinc) => $"""
        source,field,code,system,target_system,target_code,target_display,from,until,comment
        demo-lis,OBX-3,HGB,99LAB,LN,{loinc},Hemoglobin,1900-01-01,,
        """;

    private static async Task EnrolAsync(HubProcess hub)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(1, "ENROL"))));
    }

    /// <summary>Renamed into place, and read by the hub when this returns.</summary>
    private static async Task PutAsync(HubProcess hub, TemporaryFolder folder, string name, string content, string saidThen)
    {
        var before = Lines(hub, saidThen);
        await File.WriteAllTextAsync(folder.At(name + ".new"), content);
        File.Move(folder.At(name + ".new"), folder.At(name), overwrite: true);
        await SaidAsync(hub, saidThen, before);
    }

    private static Task SaidAsync(HubProcess hub, string said, int before) => Wait.UntilAsync(
        () => Task.FromResult(Lines(hub, said) > before), TimeSpan.FromSeconds(30), () => $"The hub does not say '{said}' again:\n{hub.ReadLog()}");

    private static int Lines(HubProcess hub, string said) => hub.ReadLog().Split('\n').Count(line => line.Contains(said, StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> ExtensionsAsync(HubProcess hub, string order)
    {
        var report = await SentAsync(hub, order, "DiagnosticReport", message => message + "ZLB|stat\r");
        return (report["extension"]?.AsArray() ?? []).Select(extension => extension!["url"]!.GetValue<string>()).Where(url => url.StartsWith("https://laboratory.example/", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> CodesAsync(HubProcess hub, string order)
    {
        var observation = await SentAsync(hub, order, "Observation", message => message.Replace("718-7^Hemoglobin^LN", "HGB^Hemoglobin^99LAB", StringComparison.Ordinal));
        return observation["code"]!["coding"]!.AsArray().Select(coding => coding!["code"]!.GetValue<string>());
    }

    /// <summary>Sends one result and reads its resource back from the record.</summary>
    private static async Task<JsonNode> SentAsync(HubProcess hub, string order, string type, Func<string, string> change)
    {
        using var socket = await MllpSocket.OpenAsync(hub.MllpPort);
        var earlier = (await CitizenRecord.OfAsync(hub, 1, type)).Select(Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(change(Messages.Result(1, order, order, enhanced: false)))));
        return (await CitizenRecord.OfAsync(hub, 1, type)).First(resource => !earlier.Contains(Id(resource)) && (type != "Observation" || resource.ToJsonString().Contains("Hemoglobin", StringComparison.Ordinal)));
    }

    private static string Id(JsonNode resource) => resource["id"]!.GetValue<string>();
}
