using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The main job, from outside: a hospital's and a laboratory's messages become a citizen's record, readable with consent only.</summary>
public sealed partial class FlowTest(RunningHub running) : IClassFixture<RunningHub>
{
    private HubProcess Hub => running.Hub;

    [Fact]
    public async Task An_admission_and_a_result_are_read_back_as_fhir()
    {
        await running.EnrolAsync(10);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Admit(10, "FLOW-ADT"))));
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Result(10, "FLOW-ORU", "FLOW1", enhanced: false))));

        var encounter = Assert.Single(await CitizenRecord.OfAsync(Hub, 10, "Encounter"));
        var report = Assert.Single(await CitizenRecord.OfAsync(Hub, 10, "DiagnosticReport"));
        var observations = await CitizenRecord.OfAsync(Hub, 10, "Observation");

        Assert.Equal("in-progress", encounter["status"]!.GetValue<string>());
        Assert.Equal("final", report["status"]!.GetValue<string>());
        Assert.Equal(2, observations.Count);
        var haemoglobin = observations.Single(observation => observation["code"]!.ToJsonString().Contains("718-7", StringComparison.Ordinal));
        Assert.Equal("13.50", haemoglobin["valueQuantity"]!["value"]!.ToJsonString());
        Assert.Equal($"Patient/{await CitizenRecord.PersonAsync(Hub, 10)}", haemoglobin["subject"]!["reference"]!.GetValue<string>());
    }

    [Fact]
    public async Task Each_metric_of_the_alerting_rules_is_there()
    {
        using var http = Hub.Anonymous();
        var metrics = await http.GetStringAsync("/metrics");
        var named = Metric().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "alerts.yml"))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 10, $"Only {named.Count} metrics found in the rules");
        Assert.All(named, name => Assert.Contains($"# TYPE {name} ", metrics, StringComparison.Ordinal));
    }

    // Whatever has an underscore and is no function, so that a prefix with a slip is found too. What ends in _bucket is a part of its histogram.
    [GeneratedRegex(@"\b([a-z]+_[a-z0-9_]+?)(?:_bucket)?\b(?=[\[{) ])")]
    private static partial Regex Metric();

    [Fact]
    public async Task A_correction_updates_the_same_report()
    {
        await running.EnrolAsync(11);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Result(11, "CORRECT-1", "CORRECT", enhanced: false));
        await socket.AskAsync(Messages.Result(11, "CORRECT-2", "CORRECT", enhanced: false, value: "9.10").Replace("||HM|F", "||HM|C", StringComparison.Ordinal).Replace("|||F|||", "|||C|||", StringComparison.Ordinal));

        var report = Assert.Single(await CitizenRecord.OfAsync(Hub, 11, "DiagnosticReport"));
        var observation = (await CitizenRecord.OfAsync(Hub, 11, "Observation")).Single(found => found["code"]!.ToJsonString().Contains("718-7", StringComparison.Ordinal));

        Assert.Equal("corrected", report["status"]!.GetValue<string>());
        Assert.Equal("9.10", observation["valueQuantity"]!["value"]!.ToJsonString());
        Assert.Equal("2", observation["meta"]!["versionId"]!.GetValue<string>());
        using var clinician = Hub.Http("clinician");
        var history = JsonNode.Parse(await clinician.GetStringAsync($"/fhir/Observation/{observation["id"]}/_history"))!;
        Assert.Equal(2, history["entry"]!.AsArray().Count);
    }

    [Fact]
    public async Task Enhanced_mode_answers_CA_and_then_AA()
    {
        await running.EnrolAsync(12);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.SendAsync(Messages.Result(12, "ENHANCED", "ENHANCED", enhanced: true));

        Assert.Equal("CA", MllpSocket.CodeOf((await socket.ReadAsync())!));
        Assert.Equal("AA", MllpSocket.CodeOf((await socket.ReadAsync())!));
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_changes_nothing()
    {
        await running.EnrolAsync(13);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var message = Messages.Result(13, "REPEAT", "REPEAT", enhanced: false);
        var first = await socket.AskAsync(message);
        var newest = await running.NewestDepositAsync();

        Assert.Equal(first, await socket.AskAsync(message));
        Assert.Equal(newest, await running.NewestDepositAsync());
        Assert.Equal("1", Assert.Single(await CitizenRecord.OfAsync(Hub, 13, "DiagnosticReport"))["meta"]!["versionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_message_twice_at_once_is_one_deposit()
    {
        await running.EnrolAsync(14);
        var message = Messages.Result(14, "TWICE", "TWICE", enhanced: false);
        using var one = await MllpSocket.OpenAsync(Hub.MllpPort);
        using var other = await MllpSocket.OpenAsync(Hub.MllpPort);

        var answers = await Task.WhenAll(one.AskAsync(message), other.AskAsync(message));

        Assert.Equal(answers[0], answers[1]);
        using var http = Hub.Http("operator");
        Assert.Single(await http.DepositsAsync("q=TWICE"));
    }

    [Fact]
    public async Task The_same_control_id_with_other_content_is_refused()
    {
        await running.EnrolAsync(15);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Result(15, "REUSED", "REUSED1", enhanced: false));

        var answer = await socket.AskAsync(Messages.Result(15, "REUSED", "REUSED2", enhanced: false));

        Assert.Equal("AE", MllpSocket.CodeOf(answer));
        Assert.Contains("304", MllpSocket.FieldOf(answer, "ERR", 5), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_sharing_consent_nothing_is_shown_and_revocation_holds_at_the_next_read()
    {
        await running.EnrolAsync(16);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Result(16, "CONSENT", "CONSENT", enhanced: false));
        var person = await CitizenRecord.PersonAsync(Hub, 16);
        using var clinician = Hub.Http("clinician");

        using var before = await clinician.GetAsync($"/fhir/Observation?patient={person}");
        Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        Assert.Contains("511", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await CitizenRecord.ShareAsync(Hub, 16);
        using var shared = await clinician.GetAsync($"/fhir/Observation?patient={person}");
        Assert.Equal(HttpStatusCode.OK, shared.StatusCode);

        var (exitCode, _, fault) = await Cli.RunAsync(Hub, "consent", "revoke", Messages.DocumentNumber(16), "--provider", "demo-clinic");
        Assert.True(exitCode == 0, fault);
        using var revoked = await clinician.GetAsync($"/fhir/Observation?patient={person}");
        Assert.Equal(HttpStatusCode.Forbidden, revoked.StatusCode);
        Assert.Contains("512", await revoked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_can_be_replayed_once_its_cause_is_mended()
    {
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        Assert.Equal("AE", MllpSocket.CodeOf(await socket.AskAsync(Messages.Result(17, "EARLY", "EARLY", enhanced: false))));
        var deposit = await running.NewestDepositAsync();
        await running.EnrolAsync(17);

        var (exitCode, _, fault) = await Cli.RunAsync(Hub, "replay", deposit.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.True(exitCode == 0, fault);
        await Wait.UntilAsync(async () => (await CitizenRecord.OfAsync(Hub, 17, "DiagnosticReport")).Count == 1, TimeSpan.FromSeconds(20), () => "The replay did not arrive");
    }

    [Fact]
    public async Task Everything_holds_the_whole_record()
    {
        await running.EnrolAsync(18);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Admit(18, "ALL-ADT"));
        await socket.AskAsync(Messages.Result(18, "ALL-ORU", "ALL", enhanced: false));
        await CitizenRecord.ShareAsync(Hub, 18);
        using var clinician = Hub.Http("clinician");

        var bundle = JsonNode.Parse(await clinician.GetStringAsync($"/fhir/Patient/{await CitizenRecord.PersonAsync(Hub, 18)}/$everything?_count=200"))!;

        var types = bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!["resourceType"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "Patient", "Encounter", "DiagnosticReport", "Observation", "Provenance" }, types);
    }
}
