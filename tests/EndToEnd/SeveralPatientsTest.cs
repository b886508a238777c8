using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Messages that name two citizens, or change whose a number is, through the whole hub.</summary>
public sealed partial class SeveralPatientsTest(RunningHub running) : IClassFixture<RunningHub>
{
    private HubProcess Hub => running.Hub;

    [Fact]
    public async Task Swapped_beds_are_filed_under_each_citizen()
    {
        await running.EnrolAsync(60);
        await running.EnrolAsync(61);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Admit(60, "SWAP-1"));
        await socket.AskAsync(Messages.Admit(61, "SWAP-2"));
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Message(
            "ADT^A17^ADT_A17", "SWAP-3", Messages.Pid(60), Visit(60, "WARD1^1^2", "WARD1^1^1"), Messages.Pid(61), Visit(61, "WARD1^1^1", "WARD1^1^2")))));

        foreach (var citizen in new[] { 60, 61 })
        {
            var encounter = Assert.Single(await CitizenRecord.OfAsync(Hub, citizen, "Encounter"));
            Assert.Equal($"V{citizen}", encounter["identifier"]![0]!["value"]!.GetValue<string>());
            Assert.Equal(["active", "completed"], encounter["location"]!.AsArray().Select(location => location!["status"]!.GetValue<string>()));
            Assert.Equal($"Patient/{await CitizenRecord.PersonAsync(Hub, citizen)}", encounter["subject"]!["reference"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_second_patient_who_never_enrolled_refuses_the_whole_message()
    {
        await running.EnrolAsync(62);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var answer = await socket.AskAsync(Message("ADT^A17^ADT_A17", "STRANGER", Messages.Pid(62), Visit(62, "A", "B"), Messages.Pid(63), Visit(63, "B", "A")));

        Assert.Equal("AE", MllpSocket.CodeOf(answer));
        Assert.Contains("PID^2^3", answer, StringComparison.Ordinal);
        Assert.Empty(await CitizenRecord.OfAsync(Hub, 62, "Encounter"));
    }

    [Fact]
    public async Task One_A40_merges_the_numbers_of_two_citizens()
    {
        await running.EnrolAsync(64);
        await running.EnrolAsync(65);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Message(
            "ADT^A40^ADT_A39", "MERGE-1", Messages.Pid(64), "MRG|OLD64^^^DEMO-HOSPITAL^MR", Messages.Pid(65), "MRG|OLD65^^^DEMO-HOSPITAL^MR"))));

        // The old number alone now names the citizen, each his own.
        foreach (var citizen in new[] { 64, 65 })
        {
            var byOldNumber = $"PID|1||OLD{citizen}^^^DEMO-HOSPITAL^MR||TESTPATIENT^Number {citizen}||19800229|F";
            Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(citizen, $"MERGED-{citizen}", byOldNumber))));
            Assert.Single(await CitizenRecord.OfAsync(Hub, citizen, "Encounter"));
        }
    }

    [Fact]
    public async Task After_an_A47_the_new_number_names_the_citizen()
    {
        await running.EnrolAsync(66);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var changed = Messages.Pid(66).Replace("M66^", "NEW66^", StringComparison.Ordinal);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Message("ADT^A47^ADT_A30", "CHANGE-1", changed, "MRG|M66^^^DEMO-HOSPITAL^MR"))));
        var byNewNumber = "PID|1||NEW66^^^DEMO-HOSPITAL^MR||TESTPATIENT^Number 66||19800229|F";
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(66, "CHANGE-2", byNewNumber))));

        Assert.Single(await CitizenRecord.OfAsync(Hub, 66, "Encounter"));
    }

    [Fact]
    public async Task An_A24_links_a_number_to_the_citizen_and_an_A37_takes_it_away_again()
    {
        await running.EnrolAsync(67);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        const string Second = "PID|2||SECOND67^^^DEMO-HOSPITAL^MR||TESTPATIENT^Number 67||19800229|F";
        var bySecond = Second.Replace("PID|2|", "PID|1|", StringComparison.Ordinal);
        Assert.Equal("AE", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(67, "LINK-0", bySecond))));

        using var registrar = Hub.Http("registrar");
        var review = Review().Matches(await registrar.GetStringAsync("/identities"))[^1].Groups[1].Value;

        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Message("ADT^A24^ADT_A24", "LINK-1", Messages.Pid(67), "PV1|1|N", Second, "PV1|2|N"))));
        // What waited for a registrar is filed, and the review says by what it was closed.
        await Wait.UntilAsync(async () => (await CitizenRecord.OfAsync(Hub, 67, "Encounter")).Count == 1, TimeSpan.FromSeconds(20), () => $"LINK-0 is not filed:\n{Hub.ReadLog()}");
        Assert.DoesNotContain($"\"/identities/{review}\"", await registrar.GetStringAsync("/identities"), StringComparison.Ordinal);
        Assert.Contains("ADT^A24: the source says", await registrar.GetStringAsync($"/identities/{review}"), StringComparison.Ordinal);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(67, "LINK-2", bySecond))));
        Assert.Single(await CitizenRecord.OfAsync(Hub, 67, "Encounter"));

        // The one with the card number keeps it; what came under the other leaves the record, and is identified anew.
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Message("ADT^A37^ADT_A37", "LINK-3", Messages.Pid(67), "PV1|1|N", Second, "PV1|2|N"))));
        Assert.Equal("AE", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(67, "LINK-4", bySecond))));
        Assert.Empty(await CitizenRecord.OfAsync(Hub, 67, "Encounter"));
        using var auditor = Hub.Http("auditor");
        var acts = JsonNode.Parse(await auditor.GetStringAsync($"/fhir/AuditEvent?subtype=link,unlink&patient={await CitizenRecord.PersonAsync(Hub, 67)}"))!;
        Assert.Equal(["unlink", "link", "link"], acts["entry"]!.AsArray().Select(entry => entry!["resource"]!["subtype"]![0]!["code"]!.GetValue<string>()));
    }

    [GeneratedRegex("href=\"/identities/([0-9]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Review();

    private static string Message(string type, string controlId, params string[] segments) =>
        string.Join('\r', [Messages.Header(type, controlId, hospital: true, enhanced: false), $"EVN|{type[4..7]}|20260301120000", .. segments, ""]);

    private static string Visit(int citizen, string location, string before) =>
        $"PV1|1|I|{location}^DEMO-HOSPITAL|||{before}^DEMO-HOSPITAL|||||||||||||V{citizen}^^^DEMO-HOSPITAL^VN|||||||||||||||||||||||||20260301115500";
}
