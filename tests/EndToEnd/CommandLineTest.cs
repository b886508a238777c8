using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The command line as a shell sees it: files, exit codes, JSON. What needs a hub is tested with the flow.</summary>
public sealed class CommandLineTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Translate_writes_a_bundle_and_a_ledger_whose_counts_add_up()
    {
        File.WriteAllText(Path.Combine(folder, "result.hl7"), Messages.Result(1, "CLI1", "CLI1", enhanced: false));
        var output = Path.Combine(folder, "out");

        var (exitCode, _, fault) = await Cli.RunAsync(null, "translate", folder, "--out", output);

        Assert.True(exitCode == 0, fault);
        var bundle = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "result.json")))!;
        Assert.Equal("Bundle", bundle["resourceType"]!.GetValue<string>());
        var ledger = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "result.ledger.json")))!;
        var rows = ledger["rows"]!.AsArray();
        foreach (var disposition in new[] { "mapped", "carried", "dropped" })
        {
            Assert.Equal(ledger["counts"]![disposition]!.GetValue<int>(), rows.Count(row => row!["disposition"]!.GetValue<string>() == disposition));
        }

        Assert.Equal(ledger["counts"]!["leaves"]!.GetValue<int>(), rows.Count);
        var value = rows.Single(row => row!["location"]!.GetValue<string>().StartsWith("OBX[1]-5", StringComparison.Ordinal))!;
        Assert.Equal("13.50", value["value"]!.GetValue<string>());
        Assert.Contains("valueQuantity.value", value["path"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_keeps_the_subfolders_of_a_folder_and_lets_no_message_overwrite_another()
    {
        var (input, output, back) = (Path.Combine(folder, "in"), Path.Combine(folder, "out"), Path.Combine(folder, "back"));
        foreach (var day in (string[])["monday", "tuesday"])
        {
            Directory.CreateDirectory(Path.Combine(input, day));
            File.WriteAllText(Path.Combine(input, day, "result.hl7"), Messages.Result(1, day, day, enhanced: false));
        }

        Assert.Equal(0, (await Cli.RunAsync(null, "translate", input, "--out", output)).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync(null, "translate", "--to", "hl7v2", output, "--out", back)).ExitCode);

        Assert.Equal(["monday/result.json", "monday/result.ledger.json", "tuesday/result.json", "tuesday/result.ledger.json"], FilesOf(output));
        Assert.Equal(["monday/result.hl7", "monday/result.ledger.json", "tuesday/result.hl7", "tuesday/result.ledger.json"], FilesOf(back));
        Assert.Contains("tuesday", File.ReadAllText(Path.Combine(back, "tuesday", "result.hl7")), StringComparison.Ordinal);

        File.Copy(Path.Combine(input, "monday", "result.hl7"), Path.Combine(input, "monday", "result.txt"));
        var (exitCode, _, fault) = await Cli.RunAsync(null, "translate", input, "--out", Path.Combine(folder, "other"));
        Assert.Equal(2, exitCode);
        Assert.Contains("result.hl7 and ", fault, StringComparison.Ordinal);
        Assert.Empty(FilesOf(Path.Combine(folder, "other")));
    }

    [Fact]
    public async Task Several_messages_of_one_file_are_numbered()
    {
        File.WriteAllText(Path.Combine(folder, "day.hl7"), Messages.Result(1, "CLI2", "CLI2", enhanced: false) + Messages.Admit(1, "CLI3"));

        var (exitCode, output, _) = await Cli.RunAsync(null, "translate", Path.Combine(folder, "day.hl7"), "--out", folder, "--json");

        Assert.Equal(0, exitCode);
        Assert.Equal(2, JsonNode.Parse(output)!["translated"]!.GetValue<int>());
        Assert.True(File.Exists(Path.Combine(folder, "day-1.json")));
        Assert.True(File.Exists(Path.Combine(folder, "day-2.ledger.json")));
    }

    [Fact]
    public async Task Validate_names_the_number_and_place_of_what_is_wrong()
    {
        File.WriteAllText(Path.Combine(folder, "bad.hl7"), Messages.Admit(1, "CLI4").Replace("|2.5.1|", "|9.9|", StringComparison.Ordinal));

        var (exitCode, output, _) = await Cli.RunAsync(null, "validate", folder, "--json");

        Assert.Equal(1, exitCode);
        var row = JsonNode.Parse(output)![0]!;
        Assert.Equal(204, row["code"]!.GetValue<int>());
        Assert.StartsWith("MSH[1]-12", row["location"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_writes_a_bundle_back_for_a_receiver_that_speaks_v2()
    {
        File.WriteAllText(Path.Combine(folder, "result.hl7"), Messages.Result(1, "CLI6", "CLI6", enhanced: false));
        var (translated, back) = (Path.Combine(folder, "fhir"), Path.Combine(folder, "back"));
        await Cli.RunAsync(null, "translate", folder, "--out", translated);

        var (exitCode, output, fault) = await Cli.RunAsync(null, "translate", "--to", "hl7v2", translated, "--out", back, "--receiver", "LIS^CLINIC", "--json");

        Assert.True(exitCode == 0, fault);
        var segments = File.ReadAllText(Path.Combine(back, "result.hl7")).Split('\r');
        Assert.Equal(["LIS", "CLINIC"], segments[0].Split('|')[4..6]);
        Assert.Contains(segments, segment => segment.StartsWith("OBX|", StringComparison.Ordinal) && segment.Split('|')[5] == "13.50");
        var ledger = JsonNode.Parse(File.ReadAllText(Path.Combine(back, "result.ledger.json")))!;
        var rows = ledger["rows"]!.AsArray();
        Assert.Equal(ledger["counts"]!["written"]!.GetValue<int>(), rows.Count(row => row!["disposition"]!.GetValue<string>() == "written"));
        Assert.Equal("written", rows.First(row => row!["value"]!.GetValue<string>() == "13.50")!["disposition"]!.GetValue<string>());
        Assert.Equal(1, JsonNode.Parse(output)!["translated"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("[1,")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}}]}""")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"MessageHeader","eventCoding":{"display":"ADT^A01"}}},{"resource":{"resourceType":"Patient","name":[{"family":"\ud800"}]}}]}""")]
    public async Task What_is_no_canonical_message_is_refused_with_a_number(string bundle)
    {
        File.WriteAllText(Path.Combine(folder, "bad.json"), bundle);

        var (exitCode, output, _) = await Cli.RunAsync(null, "translate", "--to", "hl7v2", Path.Combine(folder, "bad.json"), "--out", folder, "--json");

        Assert.Equal(1, exitCode);
        Assert.Equal(706, JsonNode.Parse(output)!["messages"]![0]!["rejection"]!.GetValue<int>());
        Assert.False(File.Exists(Path.Combine(folder, "bad.hl7")));
    }

    [Fact]
    public async Task A_dicom_file_is_shown_as_a_tree_and_as_json()
    {
        const string Japanese = "/usr/lib/python3/dist-packages/pydicom/data/charset_files/chrH31.dcm";

        var (exitCode, tree, fault) = await Cli.RunAsync(null, "dicom", "dump", Japanese);
        var (_, json, _) = await Cli.RunAsync(null, "dicom", "dump", Japanese, "--json");

        Assert.True(exitCode == 0, fault);
        Assert.Contains("TransferSyntaxUID  1.2.840.10008.1.2.1 (Explicit VR Little Endian)", tree, StringComparison.Ordinal);
        Assert.Contains("PatientName  Yamada^Tarou=山田^太郎=やまだ^たろう", tree, StringComparison.Ordinal);
        Assert.Equal("山田^太郎", JsonNode.Parse(json)!["00100010"]!["Value"]![0]!["Ideographic"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_dicom_file_that_is_cut_off_is_refused_with_a_number()
    {
        var (exitCode, _, fault) = await Cli.RunAsync(null, "dicom", "dump", "/usr/lib/python3/dist-packages/pydicom/data/test_files/MR_truncated.dcm");

        Assert.Equal(1, exitCode);
        Assert.Contains("802 DataSetTruncated", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "dicom", "dump", "/nowhere.dcm")]
    [InlineData(2, "translate", ".", "--to", "morse", "--out", "/tmp")]
    [InlineData(2, "translate", ".", "--to", "hl7v2", "--out", "/tmp", "--receiver", "A^B^C")]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "translate")]
    [InlineData(2, "translate", "/nowhere.hl7", "--out", "/tmp")]
    [InlineData(0, "--help")]
    [InlineData(0, "send", "--help")]
    [InlineData(2, "show", "--data", "/nowhere")]
    public async Task The_exit_code_says_how_it_went(int expected, params string[] arguments)
    {
        var (exitCode, _, _) = await Cli.RunAsync(null, arguments);

        Assert.Equal(expected, exitCode);
    }

    [Theory]
    [InlineData("ADDRESS:PORT", "show", "--hub", "no such host")]
    [InlineData("awaiting-retry", "show", "--state", "awaitingRetry", "--hub", "127.0.0.1:1")]
    [InlineData("medicalLaboratory", "source", "x", "--application", "X", "--facility", "X", "--provider", "x", "--kind", "circus", "--hub", "127.0.0.1:1")]
    public async Task A_word_that_an_option_does_not_know_is_told_without_asking_the_hub(string said, params string[] arguments)
    {
        var (exitCode, _, fault) = await Cli.RunAsync(null, new() { ["EHP_TOKEN"] = "token" }, arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("validate")]
    [InlineData("translate", "--out", "/tmp")]
    public async Task A_folder_without_messages_is_no_success(string command, params string[] options)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(null, [command, folder, .. options]);

        Assert.Equal((2, "No message file there: .hl7, .er7, .v2, .txt and .xml files are read"), (exitCode, fault.Trim()));
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_wrong_command_line_is_told_in_json_to_who_asked_for_json()
    {
        var (exitCode, output, _) = await Cli.RunAsync(null, "send", "--json");

        Assert.Equal(2, exitCode);
        Assert.Equal(2, JsonNode.Parse(output)!["exitCode"]!.GetValue<int>());
        Assert.Contains("'send'", JsonNode.Parse(output)!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_in_a_pipe_is_one_line_without_colours()
    {
        var (exitCode, _, fault) = await Cli.RunAsync(null, "show", "--data", Path.Combine(folder, new string('x', 100)));

        Assert.Equal(2, exitCode);
        Assert.Single(fault.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain('\u001b', fault);
    }

    [Fact]
    public async Task A_list_in_a_pipe_has_a_row_on_a_line_and_a_deposit_is_shown_as_it_came()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        File.WriteAllText(Path.Combine(folder, "enrol.hl7"), Messages.Enrol(1, "CLISHOW"));
        Assert.Equal(0, (await Cli.RunAsync(hub, "send", folder)).ExitCode);

        var (_, list, _) = await Cli.RunAsync(hub, "show");
        Assert.Matches(@"(?m)^ *1 +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +demo-his +ADT\^A28 +CLISHOW +delivered *$", list);

        var (exitCode, shown, _) = await Cli.RunAsync(hub, "show", "1");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Deposit 1: ADT^A28 CLISHOW from demo-his, delivered", shown, StringComparison.Ordinal);
        Assert.Contains("\n  PID|1||", shown, StringComparison.Ordinal);
        Assert.Contains("\n  MSA|AA|CLISHOW", shown, StringComparison.Ordinal);

        var (nobody, _, why) = await Cli.RunAsync(hub, "consent", "list", "G123456A");
        Assert.Equal((1, "No account has that number"), (nobody, why.Trim()));
    }

    [Fact]
    public async Task Sending_to_nobody_says_so()
    {
        File.WriteAllText(Path.Combine(folder, "message.hl7"), Messages.Admit(1, "CLI5"));

        var (exitCode, output, _) = await Cli.RunAsync(null, "send", folder, "--mllp", "127.0.0.1:1");

        Assert.Equal(3, exitCode);
        Assert.Contains("127.0.0.1:1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrolling_opens_an_account_with_the_command_of_the_help()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();

        var (exitCode, output, fault) = await Cli.RunAsync(
            hub, "enrol", "A123456(3)", "--family", "TESTPATIENT", "--given", "Specimen", "--sex", "F", "--born", "1962-03-14", "--assurance", "document-seen", "--hub", $"127.0.0.1:{hub.HttpPort}", "--data", hub.DataDirectory);

        Assert.True(exitCode == 0, output + fault);
        using var registrar = hub.Http("registrar");
        Assert.Contains("\"document-seen\"", await registrar.GetStringAsync("/fhir/Patient?identifier=A1234563"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
}
