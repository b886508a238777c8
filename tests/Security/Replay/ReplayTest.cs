using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Replay;

/// <summary>What was recorded on the wire, or taken from a disk, does nothing a second time.</summary>
public sealed class ReplayTest(AttackedHub attacked)
{
    [Fact]
    public async Task A_message_sent_again_gets_its_first_answer_and_one_changed_under_its_number_is_refused()
    {
        var person = await attacked.EnrolAsync(130);
        await CitizenRecord.ShareAsync(attacked.Hub, 130);
        var message = Messages.Result(130, "REPLAYED130", "REPLAYED130", enhanced: false);
        Assert.Contains("MSA|AA|REPLAYED130", await attacked.SendAsync(message), StringComparison.Ordinal);
        var before = await CountAsync(person);

        Assert.Contains("MSA|AA|REPLAYED130", await attacked.SendAsync(message), StringComparison.Ordinal);
        var changed = await attacked.SendAsync(message.Replace("13.50", "99.99", StringComparison.Ordinal));

        Assert.Contains("|304", changed, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(person));
    }

    [Fact]
    public async Task A_page_link_is_good_for_who_got_it_and_for_the_search_it_came_from()
    {
        var (mine, other) = (await attacked.EnrolAsync(131), await attacked.EnrolAsync(132));
        foreach (var citizen in new[] { 131, 132 })
        {
            await CitizenRecord.ShareAsync(attacked.Hub, citizen);
            await attacked.SendAsync(Messages.Result(citizen, $"PAGE{citizen}", $"PAGE{citizen}", enhanced: false));
        }

        using var clinician = attacked.Program(attacked.Hub.Token("clinician"));
        using var citizen1 = attacked.Program(attacked.Hub.Token("citizen"));
        var page = (await clinician.GetFromJsonAsync<JsonNode>($"/fhir/Observation?patient={mine}&_count=1", TestContext.Current.CancellationToken))!;
        var next = page["link"]!.AsArray().Single(link => link!["relation"]!.GetValue<string>() == "next")!["url"]!.GetValue<string>();
        var cursor = next.Split("_cursor=")[1].Split('&')[0];

        Assert.Equal(200, (await Judged.AskAsync(clinician, "GET", $"/fhir/Observation?patient={mine}&_count=1&_cursor={cursor}")).Status);
        Assert.Equal(400, (await Judged.AskAsync(clinician, "GET", $"/fhir/Observation?patient={other}&_count=1&_cursor={cursor}")).Status);
        Assert.Equal(400, (await Judged.AskAsync(clinician, "GET", $"/fhir/DiagnosticReport?patient={mine}&_count=1&_cursor={cursor}")).Status);
        Assert.Equal(400, (await Judged.AskAsync(clinician, "GET", $"/fhir/Observation?patient={mine}&_count=1&_cursor={(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}")).Status);
        Assert.Equal(400, (await Judged.AskAsync(citizen1, "GET", $"/fhir/Observation?patient={mine}&_count=1&_cursor={cursor}")).Status);
    }

    [Fact]
    public async Task A_checkpoint_of_the_audit_trail_that_is_put_in_again_is_named()
    {
        await attacked.RunAsync("audit", "verify");
        var folder = Directory.CreateDirectory(Path.Combine(attacked.Folder, "checkpoints")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(attacked.Hub.DataDirectory, "audit-checkpoints"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var lines = Path.Combine(folder, "audit.checkpoints");
        await File.AppendAllLinesAsync(lines, [(await File.ReadAllLinesAsync(lines, TestContext.Current.CancellationToken))[0]], TestContext.Current.CancellationToken);

        var (exitCode, said, fault) = await Cli.RunAsync(attacked.Hub, new Dictionary<string, string>(StringComparer.Ordinal) { ["Hub__AuditCheckpoints"] = folder }, ["audit", "verify"]);

        Assert.True(exitCode == 1, said + fault);
        Assert.Contains("line", said + fault, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<int> CountAsync(string person)
    {
        using var clinician = attacked.Hub.Http("clinician");
        return (await clinician.GetFromJsonAsync<JsonNode>($"/fhir/Observation?patient={person}&_summary=count", TestContext.Current.CancellationToken))!["total"]!.GetValue<int>();
    }
}
